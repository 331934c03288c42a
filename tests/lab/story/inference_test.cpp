// What is inferred on a wire that tells a packet's two events apart: it has left, and it has arrived.
#include "tools/lab/story/inference.hpp"

#include <gtest/gtest.h>

#include "tests/lab/frames.hpp"

namespace echolab::lab {
namespace {

using namespace echolab::test;

/// Two hosts and the wire between them: `client` and `server` send, `arrives` is what the wire passes on.
class Line {
 public:
  std::size_t client(std::string_view packet) { return send(Host::client, packet); }
  std::size_t server(std::string_view packet) { return send(Host::server, packet); }
  Line& arrives(std::size_t number) {
    inference_.delivered(frames_.at(number - 1), now_);
    return *this;
  }
  Line& loses(std::size_t number) {
    inference_.lost(frames_.at(number - 1));
    return *this;
  }
  Line& wait(std::chrono::milliseconds time) {
    now_ += time;
    return *this;
  }
  bool last_says(capture::Note note) { return inference_.seen(frames_.back()).notes.has(note); }
  /// The packet, delivered at once.
  Line& client_passes(std::string_view packet) { return arrives(client(packet)); }
  Line& server_passes(std::string_view packet) { return arrives(server(packet)); }

  capture::State client_state() { return inference_.seen(frames_.back()).tcp->client.after; }
  capture::State server_state() { return inference_.seen(frames_.back()).tcp->server.after; }

 private:
  std::size_t send(Host from, std::string_view packet) {
    now_ += std::chrono::milliseconds(1);
    frames_.push_back(frame(frames_.size() + 1, from, packet, now_));
    inference_.sent(frames_.back());
    return frames_.size();
  }

  capture::Time now_{std::chrono::seconds(1'700'000'000)};
  std::vector<Frame> frames_;
  Inference inference_;
};

/// Both states, as a failure prints them.
std::string states(Line& line) {
  return std::string(to_string(line.client_state())) + ", " + std::string(to_string(line.server_state()));
}

Line connected() {
  Line line;
  line.client_passes("S 0:0(0)").server_passes("S. 0:0(0) ack 1").client_passes(". 1:1(0) ack 1");
  return line;
}

TEST(Inference, ASentPacketMovesItsSenderAlone) {
  Line line;
  const auto syn = line.client("S 0:0(0)");
  EXPECT_EQ(states(line), "SYN_SENT, LISTEN");
  line.arrives(syn).server("S. 0:0(0) ack 1");
  EXPECT_EQ(states(line), "SYN_SENT, SYN_RECEIVED");
  line.arrives(2);
  EXPECT_EQ(states(line), "ESTABLISHED, SYN_RECEIVED");
}

TEST(Inference, ALostAckLeavesTheServerInSynReceived) {
  Line line;
  line.client_passes("S 0:0(0)").server_passes("S. 0:0(0) ack 1");
  line.client(". 1:1(0) ack 1");
  EXPECT_EQ(states(line), "ESTABLISHED, SYN_RECEIVED");
  line.server_passes("S. 0:0(0) ack 1");
  EXPECT_EQ(states(line), "ESTABLISHED, SYN_RECEIVED");
  line.client_passes(". 1:1(0) ack 1");
  EXPECT_EQ(states(line), "ESTABLISHED, ESTABLISHED");
}

TEST(Inference, DataStandsInForALostAck) {
  Line line;
  line.client_passes("S 0:0(0)").server_passes("S. 0:0(0) ack 1");
  line.client(". 1:1(0) ack 1");
  line.client_passes("P. 1:6(5) ack 1");
  EXPECT_EQ(states(line), "ESTABLISHED, ESTABLISHED");
}

TEST(Inference, AFinThatOvertakesLostDataMovesItsReceiverWithThatData) {
  Line line = connected();
  line.client("P. 1:6(5) ack 1");
  line.client_passes("F. 6:6(0) ack 1");
  EXPECT_EQ(states(line), "FIN_WAIT_1, ESTABLISHED");
  line.client_passes("P. 1:6(5) ack 1");
  EXPECT_EQ(states(line), "FIN_WAIT_1, CLOSE_WAIT");
}

TEST(Inference, DoubledFramesMoveNothingTwice) {
  Line line = connected();
  line.arrives(3).client_passes("P. 1:6(5) ack 1").arrives(4);
  EXPECT_EQ(states(line), "ESTABLISHED, ESTABLISHED");
  line.client_passes("F. 6:6(0) ack 1").arrives(5);
  EXPECT_EQ(states(line), "FIN_WAIT_1, CLOSE_WAIT");
  line.server_passes("F. 1:1(0) ack 7").arrives(6);
  EXPECT_EQ(states(line), "TIME_WAIT, LAST_ACK");
  line.client_passes(". 7:7(0) ack 2").arrives(7);
  EXPECT_EQ(states(line), "TIME_WAIT, CLOSED");
}

TEST(Inference, ASecondSynOfTheSameConnectionChangesNothing) {
  Line line;
  const auto first = line.client("S 0:0(0)");
  const auto second = line.client("S 0:0(0)");
  line.arrives(first).server_passes("S. 0:0(0) ack 1").arrives(second).client_passes(". 1:1(0) ack 1");
  EXPECT_EQ(states(line), "ESTABLISHED, ESTABLISHED");
}

TEST(Inference, ASecondSynWithAnotherNumberIsAnotherConnection) {
  Line line = connected();
  line.client_passes("P. 1:6(5) ack 1").client_passes("R. 6:6(0) ack 1").client_passes("S 7000:7000(0)");
  line.server_passes("S. 9000:9000(0) ack 7001").client_passes(". 7001:7001(0) ack 9001");
  EXPECT_EQ(states(line), "ESTABLISHED, ESTABLISHED");
  line.client_passes("F. 7006:7006(0) ack 9001");
  EXPECT_EQ(states(line), "FIN_WAIT_1, ESTABLISHED") << "what had arrived of the first does not count";
}

TEST(Inference, FinsThatCrossMakeBothClosing) {
  Line line = connected();
  const auto fin = line.client("F. 1:1(0) ack 1"), its = line.server("F. 1:1(0) ack 1");
  EXPECT_EQ(states(line), "FIN_WAIT_1, FIN_WAIT_1");
  line.arrives(fin).arrives(its);
  EXPECT_EQ(states(line), "CLOSING, CLOSING");
  line.client_passes(". 2:2(0) ack 2").server_passes(". 2:2(0) ack 2");
  EXPECT_EQ(states(line), "TIME_WAIT, TIME_WAIT");
}

TEST(Inference, AResetOnTheWireHasEndedItsSenderOnly) {
  Line line = connected();
  const auto reset = line.client("R. 1:1(0) ack 1");
  EXPECT_EQ(states(line), "CLOSED, ESTABLISHED");
  line.arrives(reset);
  EXPECT_EQ(states(line), "CLOSED, CLOSED");
}

TEST(Inference, AResetBeyondAHoleIsIgnored) {
  Line line = connected();
  const auto data = line.client("P. 1:6(5) ack 1");
  line.client_passes("R. 6:6(0) ack 1");
  EXPECT_EQ(states(line), "CLOSED, ESTABLISHED") << "RFC 5961: a challenge ACK is the answer";
  line.arrives(data).client_passes("R. 6:6(0) ack 1");
  EXPECT_EQ(states(line), "CLOSED, CLOSED");
}

TEST(Inference, AResetBehindAFinIsInOrder) {
  Line line = connected();
  line.client_passes("F. 1:1(0) ack 1").client_passes("R. 2:2(0) ack 1");
  EXPECT_EQ(states(line), "CLOSED, CLOSED");
}

TEST(Inference, OnlyALostPacketWasNeverDelivered) {
  Line line = connected();
  const auto data = line.client("P. 1:6(5) ack 1");
  line.client("P. 1:6(5) ack 1");
  EXPECT_TRUE(line.last_says(capture::Note::retransmission));
  EXPECT_FALSE(line.last_says(capture::Note::never_delivered)) << "the wire still holds it";
  line.loses(data).loses(data + 1).wait(std::chrono::milliseconds(200)).client("P. 1:6(5) ack 1");
  EXPECT_TRUE(line.last_says(capture::Note::never_delivered));
}

}  // namespace
}  // namespace echolab::lab
