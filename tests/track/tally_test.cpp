// What a conversation comes to: the handshake's round trip, how long each end stayed where, who closed it.
#include <gtest/gtest.h>

#include "tests/track/talk.hpp"

namespace echolab::test {
namespace {

using namespace std::chrono_literals;
using capture::Side;
using capture::StreamSummary;
using testing::Eq;
using testing::Optional;

using Nanoseconds = std::chrono::nanoseconds;

StreamSummary ended(Talk& talk) { return talk.finish().at(0); }

// Each packet of a talk comes 1 ms after the one before it, and after what it waited.

TEST(RoundTrip, IsFromSynToSynAckAndFromSynAckToAck) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.wait(20ms).server("S. 0:0(0) ack 1");
  talk.wait(4ms).client(".  1:1(0) ack 1");
  talk.wait(50ms).client("P. 1:6(5) ack 1");
  const auto trip = ended(talk).round_trip;
  EXPECT_THAT(trip.to_server, Optional(Eq(21ms)));
  EXPECT_THAT(trip.to_client, Optional(Eq(5ms)));
  EXPECT_THAT(trip.initial(), Optional(Eq(26ms)));
}

TEST(RoundTrip, IsNotTakenFromASynThatWasSentAgain) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.wait(1s).client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  const auto trip = ended(talk).round_trip;
  EXPECT_FALSE(trip.to_server);
  EXPECT_THAT(trip.to_client, Optional(Eq(1ms)));
  EXPECT_FALSE(trip.initial());
}

TEST(RoundTrip, IsTakenFromTheCopyThatTheTimestampEchoNames) {
  Talk talk;
  talk.client("S  0:0(0) <TS val 100 ecr 0>");
  talk.wait(1s).client("S  0:0(0) <TS val 1101 ecr 0>");
  talk.wait(2ms).server("S. 0:0(0) ack 1 <TS val 7 ecr 1101>");
  EXPECT_THAT(ended(talk).round_trip.to_server, Optional(Eq(3ms)));
}

TEST(RoundTrip, IsNotTakenWhereTheEchoNamesAnEarlierCopy) {
  Talk talk;
  talk.client("S  0:0(0) <TS val 100 ecr 0>");
  talk.wait(1s).client("S  0:0(0) <TS val 1101 ecr 0>");
  talk.wait(2ms).server("S. 0:0(0) ack 1 <TS val 7 ecr 100>");
  EXPECT_FALSE(ended(talk).round_trip.to_server);
}

TEST(RoundTrip, IsNotTakenFromASynAckThatWasSentAgain) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.wait(1s).server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  const auto trip = ended(talk).round_trip;
  EXPECT_THAT(trip.to_server, Optional(Eq(1ms)));
  EXPECT_FALSE(trip.to_client);
}

TEST(RoundTrip, IsNotThereWhereTheCaptureJoinsLateOrBothAsk) {
  Talk late;
  late.client("P. 1:6(5) ack 1");
  late.server(".  1:1(0) ack 6");
  EXPECT_FALSE(ended(late).round_trip.to_server);
  Talk crossed;
  crossed.client("S  0:0(0)");
  crossed.server("S  0:0(0)");
  crossed.client("S. 0:0(0) ack 1");
  crossed.server("S. 0:0(0) ack 1");
  const auto trip = ended(crossed).round_trip;
  EXPECT_FALSE(trip.to_server);
  EXPECT_FALSE(trip.to_client);
}

TEST(Handshake, TookFromTheFirstSynToTheThirdPacket) {
  Talk talk;
  talk.client("S  0:0(0) <TS val 100 ecr 0>");
  talk.wait(1s).client("S  0:0(0) <TS val 1101 ecr 0>");
  talk.server("S. 0:0(0) ack 1 <TS val 7 ecr 1101>");
  talk.client(".  1:1(0) ack 1 <TS val 1103 ecr 7>");
  talk.wait(1s).client("P. 1:6(5) ack 1");
  const StreamSummary stream = ended(talk);
  EXPECT_THAT(stream.handshake_took, Optional(Eq(1003ms)));
  EXPECT_THAT(stream.round_trip.initial(), Optional(Eq(2ms)));
}

TEST(Handshake, TookNobodyKnowsHowLongWhereTheSynIsMissingOrStandsBehindItsAnswer) {
  Talk missing;
  missing.server("S. 0:0(0) ack 1");
  missing.client(".  1:1(0) ack 1");
  EXPECT_FALSE(ended(missing).handshake_took);
  Talk behind;
  behind.server("S. 0:0(0) ack 1");
  behind.client("S  0:0(0)");
  behind.client(".  1:1(0) ack 1");
  const StreamSummary stream = ended(behind);
  EXPECT_EQ(stream.handshake, StreamSummary::Handshake::complete);
  EXPECT_FALSE(stream.handshake_took);
}

TEST(Close, ByFinAndThenByRstNamesBoth) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  talk.server("R. 1:1(0) ack 2");
  const StreamSummary stream = ended(talk);
  EXPECT_EQ(stream.closed, StreamSummary::Closed::by_fin);
  EXPECT_EQ(stream.closed_by, Side::client);
  EXPECT_THAT(stream.reset_by, Optional(Side::server));
}

TEST(Close, IsNoFinThatItsReceiverDrops) {
  auto talk = established();
  talk.client("F  1:1(0)");  // without ACK
  EXPECT_EQ(ended(talk).closed, StreamSummary::Closed::not_yet);
}

TEST(Close, AtOnceIsSeen) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("F. 1:1(0) ack 1");
  EXPECT_TRUE(ended(talk).closed_at_once);
  auto one_by_one = established();
  one_by_one.client("F. 1:1(0) ack 1");
  one_by_one.server("F. 1:1(0) ack 2");
  EXPECT_FALSE(ended(one_by_one).closed_at_once);
}

TEST(CapturedTwice, IsCounted) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1 id 7");
  talk.wait(-900us).client("P. 1:6(5) ack 1 id 7");
  EXPECT_EQ(ended(talk).captured_twice, 1u);
}

TEST(MissedBytes, AreThoseThatTheNumbersTellOf) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.client("P. 201:301(100) ack 51");  // 101:201 of its own are missing, and 1:51 of the server's
  talk.client("P. 301:401(100) ack 71");
  StreamSummary stream = ended(talk);
  EXPECT_EQ(stream.bytes_client, 300u);
  EXPECT_EQ(stream.missed_client, 100u);
  EXPECT_EQ(stream.bytes_server, 0u);
  EXPECT_EQ(stream.missed_server, 70u);
}

TEST(MissedBytes, ArriveLateAndAreMissedNoMore) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.client("P. 201:301(100) ack 1");
  talk.client("P. 101:201(100) ack 1");
  talk.client("F. 301:301(0) ack 51");
  talk.server("P. 1:51(50) ack 302");
  talk.client(".  302:302(0) ack 52");  // the server's FIN, it must be
  const StreamSummary stream = ended(talk);
  EXPECT_EQ(stream.missed_client, 0u);
  EXPECT_EQ(stream.missed_server, 0u);
}

TEST(StateHistory, LastFromThePacketThatBringsAStateToTheOneThatEndsIt) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.wait(9ms).server("S. 0:0(0) ack 1");
  talk.wait(4ms).client(".  1:1(0) ack 1");
  talk.wait(99ms).client("F. 1:1(0) ack 1");
  talk.wait(1ms).server(".  1:1(0) ack 2");
  talk.wait(29ms).server("F. 1:1(0) ack 2");
  talk.client(".  2:2(0) ack 2");
  const StreamSummary stream = ended(talk);
  const auto& client = stream.client_times;
  EXPECT_EQ(client.of(SYN_SENT), 10ms);
  EXPECT_EQ(client.of(ESTABLISHED), 105ms);
  EXPECT_EQ(client.of(FIN_WAIT_1), 2ms);
  EXPECT_EQ(client.of(FIN_WAIT_2), 30ms);
  EXPECT_EQ(client.of(TIME_WAIT), 1ms) << "as far as it was seen";
  EXPECT_FALSE(client.left.test(static_cast<std::size_t>(TIME_WAIT)));
  EXPECT_TRUE(client.left.test(static_cast<std::size_t>(FIN_WAIT_2)));
  const auto& server = stream.server_times;
  EXPECT_EQ(server.of(SYN_RECEIVED), 5ms);
  EXPECT_EQ(server.of(ESTABLISHED), 100ms);
  EXPECT_EQ(server.of(CLOSE_WAIT), 32ms);
  EXPECT_EQ(server.of(LAST_ACK), 1ms);
  EXPECT_FALSE(server.has(LISTEN)) << "no time of the connection's own";
  EXPECT_FALSE(server.has(CLOSED));
}

TEST(StateHistory, GiveTheTimeOfABeliefThatIsTakenBackToTheTrueState) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");  // never arrives
  talk.wait(999ms).server("S. 0:0(0) ack 1");
  talk.wait(9ms).client(".  1:1(0) ack 1");
  talk.wait(49ms).server("P. 1:6(5) ack 1");
  const auto server = ended(talk).server_times;
  EXPECT_EQ(server.of(SYN_RECEIVED), 1011ms);
  EXPECT_EQ(server.of(ESTABLISHED), 50ms);
}

TEST(StateHistory, OfALostSynAckWereAllInSynSent) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");  // never arrives
  talk.wait(999ms).client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  const auto client = ended(talk).client_times;
  EXPECT_EQ(client.of(SYN_SENT), 1002ms);
  EXPECT_EQ(client.of(ESTABLISHED), 1ms);
}

TEST(StateHistory, KnowWhatFollowedAFinThatHadNotArrivedYet) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.wait(9ms).server("F. 1:1(0) ack 1");  // it does not have the client's FIN: both close at once
  talk.wait(4ms).client(".  2:2(0) ack 2");
  const StreamSummary stream = ended(talk);
  EXPECT_FALSE(stream.server_times.has(CLOSE_WAIT));
  EXPECT_EQ(stream.server_times.of(ESTABLISHED), 11ms);
  EXPECT_EQ(stream.server_times.of(FIN_WAIT_1), 5ms);
}

TEST(StateHistory, EndTimeWaitAfterItsMinuteWhateverPacketShowsIt) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("F. 1:1(0) ack 2");
  talk.client(".  2:2(0) ack 2");
  talk.wait(200s).client(".  2:2(0) ack 2");
  EXPECT_EQ(ended(talk).client_times.of(TIME_WAIT), 60s);
}

TEST(StateHistory, AreUnknownWhereTheCaptureJoinsLate) {
  Talk talk;
  talk.client("P. 1:6(5) ack 1");
  talk.wait(9ms).server(".  1:1(0) ack 6");
  EXPECT_TRUE(ended(talk).server_times.has(UNKNOWN) || ended(talk).server_times.has(ESTABLISHED));
}

TEST(StateHistory, NeverRunBackwards) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.wait(-5s).server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  const StreamSummary stream = ended(talk);
  EXPECT_EQ(stream.client_times.of(SYN_SENT), 0ms);
  EXPECT_FALSE(stream.round_trip.to_server);
}

TEST(StateHistory, SumUpOverAttemptsThatWereRefused) {
  Talk talk;
  for (int attempt = 0; attempt < 20; ++attempt) {
    talk.client("S  0:0(0)");
    talk.wait(9ms).server("R. 0:0(0) ack 1");
    talk.wait(1s);
  }
  EXPECT_EQ(ended(talk).client_times.of(SYN_SENT), 200ms);
}

TEST(Closing, IsByTheFirstFinWhoeverAnswers) {
  Talk talk = established();
  talk.server("F. 1:1(0) ack 1");
  talk.client("F. 1:1(0) ack 2");
  talk.server(".  2:2(0) ack 2");
  EXPECT_EQ(ended(talk).closed, StreamSummary::Closed::by_fin);
  EXPECT_EQ(ended(talk).closed_by, Side::server);
}

TEST(Closing, IsByAnRstThatEndsItButNotByOneThatIsIgnored) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server(". 1:1(0) ack 6");
  talk.client("R  900000:900000(0)");
  EXPECT_EQ(ended(talk).closed, StreamSummary::Closed::not_yet);
  Talk reset = established();
  reset.client("R. 1:1(0) ack 1");
  EXPECT_EQ(ended(reset).closed, StreamSummary::Closed::by_rst);
  EXPECT_EQ(ended(reset).closed_by, Side::client);
}

TEST(Closing, IsByTheServerWhereItRefuses) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("R. 0:0(0) ack 1");
  EXPECT_EQ(ended(talk).closed, StreamSummary::Closed::by_rst);
  EXPECT_EQ(ended(talk).closed_by, Side::server);
  EXPECT_EQ(ended(talk).handshake, StreamSummary::Handshake::refused);
}

TEST(Retransmissions, AreCountedForTheEndThatSentThem) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.wait(1s).client("P. 1:6(5) ack 1");
  talk.wait(2s).client("P. 1:6(5) ack 1");
  talk.server("P. 1:4(3) ack 6");
  talk.wait(1s).server("P. 1:4(3) ack 6");
  const StreamSummary stream = ended(talk);
  EXPECT_EQ(stream.retransmissions_client, 2u);
  EXPECT_EQ(stream.retransmissions_server, 1u);
  EXPECT_EQ(stream.retransmissions(), 3u);
}

}  // namespace
}  // namespace echolab::test
