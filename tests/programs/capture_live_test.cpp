// The capture program on loopback: the same lines live as from the file that it wrote, and Ctrl-C.
#include "tests/programs/sniffed.hpp"
#include "tests/support/private_network.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {
namespace {

class LiveCapture : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
    std::filesystem::permissions(folder.file(""), std::filesystem::perms::all);
  }
  const TemporaryFolder folder;
};

/// A connection on loopback: accepted, spoken to, closed.
void talk() {
  const auto listener = bound_socket(SOCK_STREAM);
  ::listen(listener.get(), 1);
  const auto client = connected_to(port_of(listener));
  const net::FileDescriptor server(::accept(listener.get(), nullptr, nullptr));
  ::send(client.get(), "hello", 5, 0);
  char room[5];
  ::recv(server.get(), room, sizeof room, MSG_WAITALL);
}

std::string without_summary(const std::string& out) { return out.substr(0, out.find("{\"v\":1,\"kind\":\"summary\"")); }

TEST_F(LiveCapture, SaysTheSameLiveAsFromTheFileThatItWrote) {
  const auto file = folder.file("live.pcap");
  Process capture(command("capture", {"--format", "json", "-w", file, "tcp"}));
  capture.wait_for("Ctrl-C");
  talk();
  capture.wait_for("\"flags\":\"F.\"");
  const Ended live = capture.end(SIGINT);
  EXPECT_EQ(live.status, 0) << live.err;
  const auto summary = summary_of(live);
  EXPECT_EQ(summary["dropped"], 0);
  EXPECT_EQ(summary["received"], summary["packets"]);
  const Ended again = run("capture", {"--format", "json", "-r", file});
  EXPECT_EQ(without_summary(again.out), without_summary(live.out));
  EXPECT_GE(of_kind(again.out, "packet").size(), 6u);
}

TEST_F(LiveCapture, EndsByItselfAfterSoManyPackets) {
  Process capture(command("capture", {"--format", "json", "-c", "3", "tcp"}));
  capture.wait_for("Ctrl-C");
  talk();
  const Ended ended = capture.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(summary_of(ended)["packets"], 3);
}

TEST_F(LiveCapture, KeepsNoMoreOfAPacketThanItWasAskedFor) {
  Process capture(command("capture", {"--format", "json", "-s", "60", "-c", "4", "tcp"}));
  capture.wait_for("Ctrl-C");
  talk();
  const Ended ended = capture.wait();
  for (const auto& packet : of_kind(ended.out, "packet")) {
    EXPECT_EQ(packet["captured"], 60);
    EXPECT_THAT(packet["notes"], testing::Contains("truncated"));
  }
}

}  // namespace
}  // namespace echolab::test
