// G: the output goes nowhere, or not where a terminal is.
#include <thread>

#include "tests/faults/traffic.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;
using testing::Not;

using FaultG1 = Capturing;
using FaultG3 = Capturing;

/// The exit status of the program whose reader takes one line and goes. Standard error has that line alone.
std::string into_head(const std::vector<std::string>& words) {
  return "{ " + shell_line(words) + "; echo \"status $?\" >&2; } | head -n 1";
}

TEST_F(FaultG1, AFileIsReadNoFurtherThanItsReaderReads) {
  const std::vector<std::string> words = command("capture", {"-r", sample_file(), "--format", "json"});
  std::string often;  // more than a pipe holds
  for (int i = 0; i < 20; ++i) often += "cat " + sample_file() + (i == 0 ? "" : " | tail -c +25") + "; ";
  const auto reading = command("capture", {"-r", "-", "--format", "json"});
  const Ended ended = Process({"sh", "-c", "{ " + often + "} | " + into_head(reading)}).wait();
  EXPECT_THAT(ended.err, testing::EndsWith("status 1\n"));
  EXPECT_THAT(ended.err, Not(HasSubstr("error")));
  EXPECT_EQ(std::count(ended.out.begin(), ended.out.end(), '\n'), 1);
}

TEST_F(FaultG1, ALiveCaptureStopsWhenItsReaderHasGone) {
  Process capture({"sh", "-c", into_head(watching({"--format", "json"}))});
  capture.wait_for("watching lo");
  std::jthread sender([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      traffic.send(1);
      ::poll(nullptr, 0, 2);
    }
  });
  EXPECT_THAT(capture.wait_for("status "), Not(HasSubstr("error")));
  sender.request_stop();
  sender.join();
  EXPECT_THAT(capture.wait().err, testing::EndsWith("status 1\n"));
}

TEST_F(FaultG1, TheEchoProgramsEndQuietlyToo) {
  for (const std::string protocol : {"tcp", "udp"}) {
    Server server(protocol + "_server");
    const auto client = server.client(protocol + "_client", quiet({"--count", "2000", "--size", "1000"}));
    EXPECT_EQ(Process({"sh", "-c", into_head(client)}).wait().err, "status 1\n");
  }
}

TEST_F(FaultG1, AServerWhoseReaderHasGoneServesOnAndEndsWithOne) {
  for (const std::string protocol : {"tcp", "udp"}) {
    Process server({"sh", "-c", into_head(command(protocol + "_server", quiet({"--port", "0", "--once"})))});
    std::string port = server.wait_for("listening on ");
    port = port.substr(port.rfind(':') + 1, port.find('\n') - port.rfind(':') - 1);
    EXPECT_EQ(run(protocol + "_client", quiet({"--port", port, "-m", "hello"})).out, "hello");
    EXPECT_EQ(server.wait().err, "status 1\n");
  }
}

TEST(FaultG2, AFullOutputIsAFailureOfEveryProgram) {
  Server tcp("tcp_server"), udp("udp_server");
  for (const auto& words :
       {command("capture", {"-r", sample_file()}), command("capture", {"-D"}), command("capture", {"--help"}),
        tcp.client("tcp_client", quiet({"-m", "hello"})), udp.client("udp_client", quiet({"-m", "hello"}))}) {
    const Ended ended = Process(in_shell("exec ", words, ">/dev/full")).wait();
    EXPECT_EQ(ended.status, 1) << words[0];
    EXPECT_THAT(ended.err, testing::EndsWith("error: cannot write output: No space left on device\n"));
  }
}

TEST(FaultG2, AServerThatCannotSayItsAddressEndsToo) {
  for (const std::string name : {"tcp_server", "udp_server"}) {
    Process server(in_shell("exec ", command(name, quiet({"--port", "0"})), ">/dev/full"));
    server.wait_for("cannot write output: No space left on device");
    EXPECT_EQ(server.wait().status, 1);
  }
}

TEST_F(FaultG3, WithoutATerminalEachPacketIsOutAtOnceAndWithoutColour) {
  Process capture(watching({}));
  capture.wait_for("watching lo");
  traffic.send(1);
  EXPECT_THAT(capture.wait_for("UDP 8"), Not(HasSubstr("\x1b"))) << "long before the capture ends";
  const Ended ended = capture.end(SIGINT);
  EXPECT_THAT(ended.out + ended.err, Not(HasSubstr("\x1b")));
}

TEST_F(FaultG3, TheEchoProgramsWriteNoEscapeCodesEither) {
  for (const std::string protocol : {"tcp", "udp"}) {
    Server server(protocol + "_server", {});
    const Ended client = Process(server.client(protocol + "_client", {"-m", "hello"})).wait();
    const Ended served = server.process().end(SIGTERM);
    EXPECT_THAT(client.out + client.err + served.out + served.err, Not(HasSubstr("\x1b")));
  }
}

TEST(FaultG5, ClosedStandardDescriptorsAreNoPlaceForOtherFiles) {
  const TemporaryFolder folder;
  const std::string copy = folder.file("copy.pcap");
  for (const char* closed : {"<&- >&- 2>&-", ">&-", "<&-", "2>&-"}) {
    const auto words = command("capture", {"-r", sample_file(), "-w", copy});
    EXPECT_EQ(Process(in_shell("exec ", words, closed)).wait().status, 0) << closed;
    EXPECT_EQ(run("capture", {"-r", copy}).out, run("capture", {"-r", sample_file()}).out) << closed;
  }
}

TEST(FaultG5, TheEchoProgramsLiveWithClosedDescriptors) {
  for (const std::string protocol : {"tcp", "udp"}) {
    Server server(protocol + "_server");
    const auto client = server.client(protocol + "_client", {"-m", "hello"});
    EXPECT_EQ(Process(in_shell("exec ", client, "<&- >&- 2>&-")).wait().status, 0);
    EXPECT_THAT(server.process().end(SIGTERM).out, HasSubstr("5"));
  }
}

}  // namespace
}  // namespace echolab::test
