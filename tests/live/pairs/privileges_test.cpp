// Every privilege is gone before the first foreign byte is read, whether or not the sniffer runs.
#include <filesystem>
#include <fstream>

#include "tests/live/pairs/in_order.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/private_network.hpp"

namespace echolab::test {
namespace {

/// The five capability sets of every thread of a process, as /proc has them.
std::vector<std::string> capabilities(const std::string& pid) {
  std::vector<std::string> sets;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/" + pid + "/task")) {
    std::ifstream status(thread.path() / "status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("Cap")) sets.push_back(line);
  }
  return sets;
}

class Privileges : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
    ASSERT_THAT(capabilities("self"), testing::Not(testing::Contains(none("CapEff"))))
        << "there is something to give up";
  }
  static std::string none(const std::string& name) { return name + ":\t0000000000000000"; }
  static void expect_none(const Process& process) {
    const auto sets = capabilities(std::to_string(process.pid()));
    ASSERT_GE(sets.size(), 5U);
    for (const std::string& set : sets) EXPECT_EQ(set, none(set.substr(0, 6)));
  }
  static std::vector<std::string> loud() { return {"--states", GetParam()}; }
};

TEST_P(Privileges, OfTheServersAreGone) {
  for (const char* name : {"tcp_server", "udp_server"}) {
    Server server(name, loud());
    expect_none(server.process());
  }
}

TEST_P(Privileges, OfTheClientsAreGoneWhenTheFirstEchoIsBack) {
  for (const std::string protocol : {"tcp", "udp"}) {
    Server server(protocol + "_server");
    Process client(server.client(protocol + "_client", loud()), std::nullopt);
    client.say("hello\n");
    client.wait_for("hello\n");
    expect_none(client);
  }
}

INSTANTIATE_TEST_SUITE_P(WithStates, Privileges, testing::Values("on", "auto", "off"));

}  // namespace
}  // namespace echolab::test
