// The observer at the wire: it knows which packets arrive and which get lost, and concludes neither from the others.
#include <map>

#include "capture/track/observer.hpp"
#include "tests/notation/notation.hpp"
#include "tests/track/talk.hpp"

namespace echolab::test {
using namespace capture;  // NOLINT: tests read better

namespace {

/// A client, a server, and the wire between them. Time goes on by a millisecond before each packet.
class Wire {
 public:
  std::uint64_t client(std::string_view packet) { return take(Side::client, packet); }
  std::uint64_t server(std::string_view packet) { return take(Side::server, packet); }
  Wire& passes(std::uint64_t frame) {
    observer_.delivered(seen_.at(frame), std::get<Segment>(seen_.at(frame).decoded), now_);
    return *this;
  }
  Wire& loses(std::uint64_t frame) {
    observer_.lost(seen_.at(frame));
    return *this;
  }
  Wire& wait(std::chrono::milliseconds time) {
    now_ += time;
    return *this;
  }
  const Observation& seen(std::uint64_t frame) const { return seen_.at(frame); }
  std::vector<std::uint64_t> lost_by(std::uint64_t frame) const {
    return frames_of<finding::NeverDelivered>(seen(frame).tcp->findings);
  }

 private:
  std::uint64_t take(Side from, std::string_view text) {
    Segment segment = parse_segment(text);
    segment.source.port = from == Side::client ? 40000 : 9000;
    segment.destination.port = from == Side::client ? 9000 : 40000;
    segment.seq += 1000;
    if (segment.flags.ack()) segment.ack += 1000;
    for (SackBlock& block : std::span(segment.options.sack_edges).first(segment.options.sack_blocks))
      block.left += 1000, block.right += 1000;
    now_ += std::chrono::milliseconds(1);
    Packet packet;
    packet.frame = seen_.size() + 1;
    packet.time = now_;
    return seen_.emplace(packet.frame, observer_.observe(packet, segment)).first->first;
  }

  Time now_{std::chrono::seconds(1'700'000'000)};
  std::map<std::uint64_t, Observation> seen_;
  Observer observer_{{}, {.vantage = Vantage::wire}};
};

Wire opened() {
  Wire wire;
  wire.passes(wire.client("S 0:0(0)"));
  wire.passes(wire.server("S. 0:0(0) ack 1"));
  wire.passes(wire.client(". 1:1(0) ack 1"));
  return wire;
}

TEST(AtTheWire, ASentPacketMovesItsSenderAlone) {
  Wire wire;
  const auto syn = wire.client("S 0:0(0)");
  EXPECT_EQ(wire.seen(syn).tcp->client.after, SYN_SENT);
  const auto answer = wire.server("S. 0:0(0) ack 1");
  EXPECT_EQ(wire.seen(answer).tcp->client.after, SYN_SENT);
  wire.passes(answer);
  EXPECT_EQ(wire.seen(answer).tcp->client.after, ESTABLISHED);
  EXPECT_EQ(wire.seen(answer).tcp->client.certainty, Certainty::seen);
}

/// The third packet is on its way, and the server has not seen it.
Wire nearly_opened() {
  Wire wire;
  wire.passes(wire.client("S 0:0(0)"));
  wire.passes(wire.server("S. 0:0(0) ack 1"));
  wire.client(". 1:1(0) ack 1");
  return wire;
}

TEST(AtTheWire, WhatFollowsTheThirdPacketTakesNotItsPlace) {
  Wire wire = nearly_opened();
  EXPECT_TRUE(wire.seen(3).tcp->is_step(Step::ack));
  const auto data = wire.client("P. 1:6(5) ack 1");
  EXPECT_FALSE(wire.seen(data).tcp->is_step(Step::ack));
  EXPECT_TRUE(wire.seen(data).tcp->is_step(Step::data));
  EXPECT_FALSE(wire.seen(wire.client("F. 6:6(0) ack 1")).tcp->is_step(Step::ack));
}

TEST(AtTheWire, WhereTheThirdPacketGotLostTheNextOneTakesItsPlace) {
  Wire wire = nearly_opened();
  const auto data = wire.loses(3).client("P. 1:6(5) ack 1");
  EXPECT_TRUE(wire.seen(data).tcp->is_step(Step::ack));
  EXPECT_TRUE(wire.seen(data).tcp->is_step(Step::data));
}

TEST(AtTheWire, ACopyIsNoSignThatItsOriginalGotLost) {
  Wire wire = opened();
  wire.client("P. 1:6(5) ack 1");
  const auto again = wire.wait(std::chrono::seconds(1)).client("P. 1:6(5) ack 1");
  EXPECT_TRUE(wire.seen(again).notes.has(Note::retransmission));
  EXPECT_FALSE(wire.seen(again).notes.has(Note::never_delivered)) << "the wire still holds it";
}

TEST(AtTheWire, ACopyNamesTheOriginalThatTheWireHasLost) {
  Wire wire = opened();
  const auto data = wire.client("P. 1:6(5) ack 1");
  const auto again = wire.loses(data).wait(std::chrono::seconds(1)).client("P. 1:6(5) ack 1");
  EXPECT_THAT(wire.lost_by(again), testing::ElementsAre(data));
  EXPECT_TRUE(wire.seen(again).notes.has(Note::never_delivered));
  const auto third = wire.wait(std::chrono::seconds(1)).client("P. 1:6(5) ack 1");
  EXPECT_THAT(wire.lost_by(third), testing::IsEmpty()) << "that has been told";
}

TEST(AtTheWire, ACopyOfWhatWasAcknowledgedNamesTheLostAck) {
  Wire wire = opened();
  wire.passes(wire.client("P. 1:6(5) ack 1"));
  const auto ack = wire.server(". 1:1(0) ack 6");
  const auto again = wire.loses(ack).wait(std::chrono::seconds(1)).client("P. 1:6(5) ack 1");
  EXPECT_THAT(wire.lost_by(again), testing::ElementsAre(ack));
}

TEST(AtTheWire, OfADoubledPacketTheCopyThatArrivesCounts) {
  Wire wire = opened();
  const auto data = wire.client("P. 1:6(5) ack 1");
  wire.loses(data).passes(data);
  const auto again = wire.wait(std::chrono::seconds(1)).client("P. 1:6(5) ack 1");
  EXPECT_THAT(wire.lost_by(again), testing::IsEmpty());
}

TEST(AtTheWire, NoReportOfADuplicateBringsALostPacketBack) {
  Wire wire = opened();
  const auto data = wire.client("P. 1:6(5) ack 1");
  wire.loses(data);
  wire.passes(wire.wait(std::chrono::seconds(1)).client("P. 1:6(5) ack 1"));
  const auto report = wire.server(". 1:1(0) ack 6 <sack 1:6>");  // of a copy that the wire has doubled
  EXPECT_FALSE(wire.seen(report).tcp->findings.has<finding::ArrivedAfterAll>());
}

// A frame that is held while its copies come: what moves an end is told once, with the packet that brings it.
TEST(FaultH41, ACopyThatWaitsDoesNotTellAgainWhatAnotherPacketHasMoved) {
  Wire wire;
  const auto syn = wire.client("S 0:0(0)");
  const std::chrono::milliseconds second(1000);
  const auto again = wire.wait(second).client("S 0:0(0)"), once_more = wire.wait(second).client("S 0:0(0)");
  wire.passes(syn);
  const auto answer = wire.server("S. 0:0(0) ack 1");
  wire.passes(again).passes(once_more);
  for (const auto copy : {again, once_more}) {
    EXPECT_FALSE(wire.seen(copy).tcp->server.changed()) << copy;
    EXPECT_EQ(wire.seen(copy).tcp->server.after, SYN_RECEIVED) << copy;
  }
  wire.passes(answer);
  EXPECT_TRUE(wire.seen(answer).tcp->client.changed());
}

}  // namespace
}  // namespace echolab::test
