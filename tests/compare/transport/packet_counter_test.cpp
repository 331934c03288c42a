// What is counted of a conversation, written as packets.
#include "tools/compare/transport/packet_counter.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "capture/track/observer.hpp"
#include "tests/lab/frames.hpp"

namespace echolab::compare {
namespace {

using lab::Host;

/// A wire: `client` and `server` send what arrives, `..._loses` what is dropped.
class Conversation {
 public:
  void client(std::string_view packet) { pass(Host::client, packet, true); }
  void server(std::string_view packet) { pass(Host::server, packet, true); }
  void client_loses(std::string_view packet) { pass(Host::client, packet, false); }
  void server_loses(std::string_view packet) { pass(Host::server, packet, false); }
  void handshake() {
    client("S 0:0(0)");
    server("S. 0:0(0) ack 1");
    client(". 1:1(0) ack 1");
  }
  const Counts& counts() const { return counter_.counts(); }
  std::uint64_t bytes() const { return bytes_; }

 private:
  void pass(Host from, std::string_view packet, bool arrives) {
    now_ += std::chrono::milliseconds(1);
    frames_.push_back(test::frame(frames_.size() + 1, from, packet, now_));
    const auto& frame = frames_.back();
    bytes_ += frame.bytes.size();
    counter_.sent(observer_.observe(frame.packet(), frame.decoded));
    if (arrives)
      counter_.delivered(frame.number);
    else
      counter_.dropped(frame.number);
  }

  capture::Time now_{std::chrono::seconds(1)};
  std::deque<lab::Frame> frames_;
  capture::Observer observer_;
  PacketCounter counter_;
  std::uint64_t bytes_ = 0;
};

TEST(PacketCounterOfTcp, CountsTheHandshakeAndTwoRoundTripsBeforeTheFirstAnswer) {
  Conversation talk;
  talk.handshake();
  talk.client("P. 1:6(5) ack 1");
  talk.server(". 1:1(0) ack 6");
  talk.server("P. 1:6(5) ack 6");
  talk.client(". 6:6(0) ack 6");
  const Counts& counts = talk.counts();
  EXPECT_EQ(counts.packets, 7U);
  EXPECT_EQ(counts.handshake_packets, 3U);
  EXPECT_EQ(counts.packets_before_answer, 5U);
  EXPECT_EQ(counts.round_trips_before_answer, 2U);
  EXPECT_EQ(counts.payload, 10U);
  EXPECT_EQ(counts.bytes, talk.bytes());
  EXPECT_EQ(counts.answer_bytes_delivered, 5U);
  EXPECT_EQ(counts.retransmissions, 0U);
}

TEST(PacketCounterOfUdp, CountsNoHandshakeAndOneRoundTrip) {
  Conversation talk;
  talk.client("UDP 5");
  talk.server("UDP 5");
  const Counts& counts = talk.counts();
  EXPECT_EQ(counts.packets, 2U);
  EXPECT_EQ(counts.handshake_packets, 0U);
  EXPECT_EQ(counts.packets_before_answer, 1U);
  EXPECT_EQ(counts.round_trips_before_answer, 1U);
  EXPECT_EQ(counts.payload, 10U);
  EXPECT_EQ(counts.answer_bytes_delivered, 5U);
}

TEST(PacketCounterOfTcp, CountsRepeatedBytesOnceAndSaysWhenTheLossWasNoticed) {
  Conversation talk;
  talk.handshake();
  talk.client_loses("P. 1:6(5) ack 1");
  talk.client("P. 1:6(5) ack 1");
  talk.server("P. 1:6(5) ack 6");
  const Counts& counts = talk.counts();
  EXPECT_EQ(counts.dropped, 1U);
  EXPECT_EQ(counts.retransmissions, 1U);
  EXPECT_EQ(counts.payload, 10U);
  EXPECT_EQ(*counts.noticed - *counts.first_dropped, std::chrono::milliseconds(1));
}

TEST(PacketCounterOfTcp, AnAnswerThatWasDroppedIsDeliveredByItsCopy) {
  Conversation talk;
  talk.handshake();
  talk.client("P. 1:6(5) ack 1");
  talk.server_loses("P. 1:6(5) ack 6");
  EXPECT_EQ(talk.counts().answer_bytes_delivered, 0U);
  talk.server("P. 1:6(5) ack 6");
  EXPECT_EQ(talk.counts().answer_bytes_delivered, 5U);
  talk.server("P. 1:6(5) ack 6");  // a second copy delivers nothing new
  EXPECT_EQ(talk.counts().answer_bytes_delivered, 5U);
}

TEST(PacketCounterOfUdp, ADroppedDatagramStaysUndelivered) {
  Conversation talk;
  talk.client_loses("UDP 5");
  talk.client("UDP 6");
  talk.server_loses("UDP 6");
  talk.client("UDP 7");
  talk.server("UDP 7");
  EXPECT_EQ(talk.counts().dropped, 2U);
  EXPECT_EQ(talk.counts().answer_bytes_delivered, 7U);
  EXPECT_FALSE(talk.counts().noticed);
}

TEST(PacketCounterOfUdp, TheSameBytesFromTheClientAreSentAgain) {
  Conversation talk;
  talk.client_loses("UDP 5");
  talk.client("UDP 5");
  talk.server_loses("UDP 5");
  talk.client("UDP 5");
  talk.server("UDP 5");
  const Counts& counts = talk.counts();
  EXPECT_EQ(counts.retransmissions, 2U);
  EXPECT_EQ(counts.retransmissions, counts.dropped);
  EXPECT_EQ(counts.too_early, 0U);
  EXPECT_EQ(counts.payload, 10U);
  EXPECT_EQ(counts.answer_bytes_delivered, 5U);
  EXPECT_EQ(*counts.noticed - *counts.first_dropped, std::chrono::milliseconds(1));
}

TEST(PacketCounterOfUdp, WhatIsSentAgainWithoutALossIsTooEarly) {
  Conversation talk;
  talk.client("UDP 5");
  talk.client("UDP 5");
  talk.server("UDP 5");
  talk.server("UDP 5");  // it answers the copy, too: that is no retransmission of its own
  EXPECT_EQ(talk.counts().retransmissions, 1U);
  EXPECT_EQ(talk.counts().too_early, 1U);
  EXPECT_EQ(talk.counts().answer_bytes_delivered, 5U);
}

TEST(PacketCounterOfTcp, WhatIsSentAgainWithoutALossIsTooEarly) {
  Conversation talk;
  talk.handshake();
  talk.client("P. 1:6(5) ack 1");
  talk.client("P. 1:6(5) ack 1");
  talk.server_loses("P. 1:6(5) ack 6");
  talk.server("P. 1:6(5) ack 6");
  EXPECT_EQ(talk.counts().retransmissions, 2U);
  EXPECT_EQ(talk.counts().too_early, 1U);
}

TEST(PacketCounterOfUdp, CountsTheIcmpErrorThatSpeaksOfItsConversationAndNoOther) {
  Conversation talk;
  talk.client("PING");
  EXPECT_EQ(talk.counts().packets, 0U);
  talk.client("UDP 5");
  talk.server("UNREACHABLE");
  EXPECT_EQ(talk.counts().packets, 2U);
  EXPECT_EQ(talk.counts().payload, 5U);
}

}  // namespace
}  // namespace echolab::compare
