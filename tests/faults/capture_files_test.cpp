// D: what goes wrong with the file that is written, and with the clock.
#include <filesystem>
#include <regex>

#include "tests/faults/traffic.hpp"
#include "tests/source/pcap_bytes.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;
using testing::Not;

using FaultD7 = Capturing;
using FaultD8 = Capturing;

TEST_F(FaultD7, AFullDiskEndsALiveCaptureWithExitOne) {
  const Ended ended = Process(watching({"-w", "/dev/full"})).wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("cannot write /dev/full: No space left on device"));
}

TEST_F(FaultD7, AFullDiskIsAFailureWhereAFileIsCopiedToo) {
  const Ended ended = run("capture", {"-r", sample_file(), "-w", "/dev/full"});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("cannot write /dev/full: No space left on device"));
}

/// `capture -w PATH` must give up before it watches.
void expect_refused(const std::string& path, const std::string& why) {
  const Ended ended = Process(command("capture", {"-w", path})).wait();
  EXPECT_EQ(ended.status, 1) << path;
  EXPECT_THAT(ended.err, HasSubstr("cannot write " + path + ": " + why));
  EXPECT_THAT(ended.err, Not(HasSubstr("watching"))) << "before the capture starts";
  EXPECT_EQ(ended.out, "");
}

TEST_F(FaultD8, AMissingFolderIsToldBeforeTheCaptureStarts) {
  expect_refused(folder.file("no/such.pcap"), "No such file or directory");
}

TEST_F(FaultD8, AFolderIsNoFile) {
  expect_refused(std::filesystem::path(folder.file("x")).parent_path(), "Is a directory");
}

TEST_F(FaultD8, AReadOnlyFileStaysAsItIs) {
  const std::string file = folder.file("kept", bytes("01 02 03"));
  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  expect_refused(file, "Permission denied");
  EXPECT_EQ(std::filesystem::file_size(file), 3U);
}

TEST_F(FaultD8, RootFollowsNoSymbolicLink) {
  if (!net::is_root_outside()) GTEST_SKIP() << "not root of this machine";
  std::filesystem::create_symlink(folder.file("elsewhere"), folder.file("link"));
  expect_refused(folder.file("link"), "a symbolic link is not followed as root");
  EXPECT_FALSE(std::filesystem::exists(folder.file("elsewhere")));
}

TEST(FaultD13, AClockThatStepsBackGivesNoNegativeDuration) {
  // UDP 127.0.0.1:4000 > 127.0.0.1:4001, "x", raw IP: each one ten seconds before the last.
  const Bytes datagram =
      bytes("45 00 00 1d 00 00 40 00 40 11 00 00 7f 00 00 01 7f 00 00 01") + bytes("0f a0 0f a1 00 09 00 00 78");
  Bytes file = file_header({.link_type = 101});
  for (const std::uint32_t second : {1000, 990, 980, 1010}) file = file + record(datagram, second);
  const TemporaryFolder folder;
  const std::string path = folder.file("stepped.pcap", file);
  const Ended text = run("capture", {"-r", path}), json = run("capture", {"-r", path, "--format", "json"});
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_FALSE(std::regex_search(text.out, std::regex("-[0-9]+\\.[0-9]"))) << text.out;
  EXPECT_THAT(text.out, HasSubstr("4 packets"));
  EXPECT_THAT(json.out, HasSubstr("\"time\":\"980.000000000\"")) << "the stamps themselves are left alone";
}

}  // namespace
}  // namespace echolab::test
