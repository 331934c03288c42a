// S5, S6: compare in root's hands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/privileges.hpp"
#include "tests/faults/trouble.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/private_network.hpp"

namespace echolab::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class FaultS5 : public testing::TestWithParam<std::vector<std::string>> {};
TEST_P(FaultS5, RootWritesThroughNoSymbolicLink) {
  if (!net::is_root_of_the_machine()) GTEST_SKIP() << "not root of this machine";
  const TemporaryFolder folder;
  std::ofstream(folder.file("precious")) << "precious";
  std::filesystem::create_symlink("precious", folder.file("link"));
  auto arguments = GetParam();
  arguments.push_back(folder.file("link"));
  const Ended ended = run("compare", arguments);
  if (ended.status == 3) GTEST_SKIP() << "no namespace for a lab here";
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, AllOf(HasSubstr(folder.file("link")), HasSubstr("root follows none")));
  EXPECT_EQ(text_of(folder.file("precious")), "precious");
}
INSTANTIATE_TEST_SUITE_P(Files, FaultS5,
                         testing::Values(std::vector<std::string>{"--sweep", "delay=0", "--messages", "1", "--svg"},
                                         std::vector<std::string>{"--messages", "1", "-w"}));

/// Once it has given up what it needs no more; fails where it never does.
void expect_no_capability(const Process& compare) {
  ASSERT_TRUE(until([&] { return status_of(compare.pid(), "NoNewPrivs") != "0"; }));
  for (const char* set : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"})
    EXPECT_EQ(status_of(compare.pid(), set), "0000000000000000") << set;
  EXPECT_EQ(status_of(compare.pid(), "NoNewPrivs"), "1");
}

TEST(FaultS6, OnLoopbackPacketsAreReadWithoutACapability) {
  if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
  for (const char* name : {"SUDO_UID", "SUDO_GID"}) ::unsetenv(name);
  Process compare(command("compare", {"--on", "lo", "--format", "json"}));
  expect_no_capability(compare);
  const Ended ended = compare.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("\"packets_seen\":true"));
}

TEST(FaultS6, UnderSudoItIsTheCallerWhoTalksAndWrites) {
  if (!net::is_root_of_the_machine()) GTEST_SKIP() << "not root of this machine";
  if (::unshare(CLONE_NEWNET) != 0 || !set_up("lo", true)) GTEST_SKIP() << "no private network, even for root";
  ::setenv("SUDO_UID", "12345", 1);
  ::setenv("SUDO_GID", "12345", 1);
  ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);  // whom LeakSanitizer may not trace
  const TemporaryFolder folder;                   // open to all, as the checkout need not be
  std::filesystem::permissions(folder.file(""), std::filesystem::perms::all);
  for (const char* name : {"compare", "tcp_server", "udp_server"})
    std::filesystem::copy_file(program(name), folder.file(name));
  const std::string written = folder.file("lo.pcapng");
  Process compare({folder.file("compare"), "--on", "lo", "-w", written});
  expect_no_capability(compare);
  EXPECT_EQ(status_of(compare.pid(), "Uid"), "12345\t12345\t12345\t12345");
  const Ended ended = compare.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  struct stat file {};
  ASSERT_EQ(::stat(written.c_str(), &file), 0);
  EXPECT_EQ(file.st_uid, 12345U);
}

}  // namespace
}  // namespace echolab::test
