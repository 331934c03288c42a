// D: what goes wrong while an interface is watched.
#include <sys/wait.h>

#include "tests/faults/traffic.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;
using testing::Not;

using FaultD2 = Capturing;
using FaultD3 = Capturing;
using FaultD4 = Capturing;
using FaultD5 = Capturing;
using FaultD6 = Capturing;
using FaultD11 = Capturing;

TEST_F(FaultD2, AnUnknownInterfaceIsNamedWithThoseThatThereAre) {
  const Ended ended = run("capture", {"-i", "nosuch0"});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("there is no interface nosuch0 here. Available: lo, any"));
}

TEST_F(FaultD2, AnInterfaceThatIsDownSaysHowToSwitchItOn) {
  ASSERT_TRUE(add_veth_pair("down0", "down1"));
  const Ended ended = run("capture", {"-i", "down0"});
  EXPECT_TRUE(remove_interface("down0"));
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("That device is not up"));
  EXPECT_THAT(ended.err, HasSubstr("ip link set down0 up"));
}

TEST_F(FaultD3, AnInterfaceThatVanishesEndsWithTheSummaryAndExitOne) {
  ASSERT_TRUE(add_veth_pair("gone0", "gone1") && set_up("gone0", true) && set_up("gone1", true));
  Process capture(command("capture", {"-i", "gone0", "--format", "json"}));
  capture.wait_for("watching gone0");
  ASSERT_TRUE(remove_interface("gone0"));
  const Ended ended = capture.wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("the interface gone0 disappeared while capturing"));
  EXPECT_THAT(ended.out, HasSubstr("\"kind\":\"summary\""));
}

TEST_F(FaultD4, CtrlCShowsAndWritesWhatTheKernelStillHeld) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const std::string file = folder.file("drained.pcap");
    Process capture(watching({"--format", "json", "-w", file}));
    capture.wait_for("watching lo");
    traffic.send(50);
    const Ended ended = capture.end(signal);
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr(packets(50)));
    EXPECT_THAT(run("capture", {"-r", file, "--format", "json"}).out, HasSubstr(packets(50)));
  }
}

TEST_F(FaultD4, TheSecondCtrlCLeavesAtOnceEvenWhereTheOutputIsStuck) {
  const SleepyReader reader;
  Process capture(
      in_shell("exec ", command("capture", {"-r", sample_file(), "--format", "json"}), ">" + reader.path()));
  ASSERT_TRUE(until([&] { return reader.is_full(); }));
  capture.send_signal(SIGINT);
  ASSERT_TRUE(until([&] { return first_signal_taken(capture.pid(), SIGINT); }));
  EXPECT_EQ(::waitpid(capture.pid(), nullptr, WNOHANG), 0) << "the first one waits for the reader";
  EXPECT_EQ(capture.end(SIGINT).status, -SIGINT);
}

TEST_F(FaultD4, OneCtrlCLosesNothingOnTheWayToASlowReader) {
  SleepyReader reader;
  Process capture(
      in_shell("exec ", command("capture", {"-r", sample_file(), "--format", "json"}), ">" + reader.path()));
  ASSERT_TRUE(until([&] { return reader.is_full(); }));
  capture.send_signal(SIGINT);
  ASSERT_TRUE(until([&] { return first_signal_taken(capture.pid(), SIGINT); }));
  const std::string shown = reader.rest();
  EXPECT_EQ(capture.wait().status, 0);
  EXPECT_THAT(shown, HasSubstr("\"kind\":\"summary\""));
  EXPECT_EQ(shown.back(), '\n');
}

TEST_F(FaultD5, ABurstIsKeptWholeAndItsCountsAreTold) {
  Process capture(watching({"--format", "json"}));
  capture.wait_for("watching lo");
  traffic.send(3000);
  const Ended ended = capture.end(SIGINT);
  EXPECT_THAT(ended.out, HasSubstr(packets(3000)));
  EXPECT_THAT(ended.out, HasSubstr("\"received\":3000,\"dropped\":0"));
}

TEST_F(FaultD6, OnLoopbackEveryPacketIsShownOnce) {
  Process capture(watching({"--format", "json"}));
  capture.wait_for("watching lo");
  traffic.send(12);
  const Ended ended = capture.end(SIGINT);
  EXPECT_THAT(ended.out, HasSubstr(packets(12)));
  EXPECT_THAT(ended.out, HasSubstr("\"received\":12,"));
}

TEST_F(FaultD11, CtrlCEndsAQuietCaptureAtOnce) {
  Process capture(watching({}));
  capture.wait_for("watching lo");
  const auto start = std::chrono::steady_clock::now();
  const Ended ended = capture.end(SIGINT);
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.out, HasSubstr("0 packets captured"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
}

TEST(FaultD10, ABadFilterIsExitTwoWithLibpcapsWords) {
  const Ended ended = run("capture", {"-r", sample_file(), "port", "80", "and", "("});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("syntax error"));
  EXPECT_EQ(ended.out, "");
}

TEST(FaultD10, AHugeFilterIsRefusedBeforeItCostsAnything) {
  std::string filter = "tcp port 1";
  for (int port = 2; port < 6000; ++port) filter += " or tcp port " + std::to_string(port);
  const Ended ended = Process(command("capture", {"-r", sample_file(), filter})).wait(std::chrono::seconds(10));
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("at most 4096"));
  EXPECT_LT(ended.err.size(), 300U) << "it is not repeated whole";
}

TEST(FaultD12, ASnaplenOutOfRangeIsAUsageError) {
  for (const char* snaplen : {"0", "-1", "262145", "all"}) {
    const Ended ended = run("capture", {"-s", snaplen});
    EXPECT_EQ(ended.status, 2) << snaplen;
    EXPECT_THAT(ended.err, HasSubstr("from 1 to 262144"));
  }
}

TEST(FaultD14, TheHelpHasAFilterForThoseWhoWatchOverSsh) {
  for (const char* language : {"en", "ko"})
    EXPECT_THAT(run("capture", {"--help", "--lang", language}).out, HasSubstr("capture -i eth0 not port 22"));
}

TEST(FaultD14, TheReadmeHasItToo) {
  for (const char* page : {"/README.md", "/README.ko.md"}) {
    std::ifstream file(std::string(ECHOLAB_SOURCE_DIR) + page);
    EXPECT_THAT(std::string(std::istreambuf_iterator<char>(file), {}), HasSubstr("not port 22")) << page;
  }
}

}  // namespace
}  // namespace echolab::test
