// Packets that no receiver takes: a wrong checksum (H49), an IP length beyond the frame (H15), an RST that does not fit
// (H44), an ACK of what was never sent (H50), and what is known of both ends afterwards.
#include "tests/track/talk.hpp"

namespace echolab::test {
namespace {

using capture::Certainty;
using capture::Note;
using testing::ElementsAre;
namespace finding = capture::finding;

// H49

TEST(FaultH49, ADamagedPacketMovesItsSenderAlone) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1 bad");
  EXPECT_THAT(talk, in(FIN_WAIT_1, ESTABLISHED));
  EXPECT_THAT(talk, noted(Note::bad_checksum));
  EXPECT_TRUE(talk.found<finding::NotTaken>());
  talk.wait(std::chrono::milliseconds(210)).client("F. 1:1(0) ack 1");
  EXPECT_THAT(talk, in(FIN_WAIT_1, CLOSE_WAIT));
}

TEST(FaultH49, WhyItComesAgainIsKnownHoweverSoon) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 1 bad");
  talk.client("P. 1:6(5) ack 1 good");
  EXPECT_THAT(talk, noted(Note::never_delivered));
  ASSERT_TRUE(talk.found<finding::NeverDelivered>());
  EXPECT_TRUE(talk.found<finding::NeverDelivered>()->damaged);
  talk.server(". 1:1(0) ack 6");
  EXPECT_FALSE(talk.found<finding::TakenAllTheSame>());
}

TEST(FaultH49, WithoutADamagedThirdPacketNothingIsComplete) {
  Talk talk;
  talk.client("S 0:0(0) good");
  talk.server("S. 0:0(0) ack 1 good");
  talk.client(". 1:1(0) ack 1 bad");
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
  EXPECT_FALSE(talk.last().tcp->is_step(capture::Step::ack));
  talk.client("P. 1:6(5) ack 1 good");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_TRUE(talk.last().tcp->is_step(capture::Step::ack));
  EXPECT_EQ(talk.finish().at(0).handshake, capture::StreamSummary::Handshake::complete);
}

TEST(FaultH49, ADamagedSynIsNotHeard) {
  Talk talk;
  talk.client("S 0:0(0) bad");
  EXPECT_THAT(talk, in(SYN_SENT, LISTEN));
  talk.wait(std::chrono::seconds(1)).client("S 0:0(0)");
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), ElementsAre(1));
}

TEST(FaultH49, ADamagedResetEndsItsSenderAlone) {
  Talk talk = established();
  talk.server("R. 1:1(0) ack 1 bad");
  EXPECT_THAT(talk, in(ESTABLISHED, CLOSED));
  Talk asking;
  asking.client("S 0:0(0)");
  asking.server("R. 0:0(0) ack 1 bad");
  EXPECT_EQ(asking.client_state(), SYN_SENT);
  EXPECT_THAT(asking, testing::Not(noted(Note::refused)));
}

TEST(FaultH49, WhatIsAcknowledgedAllTheSameWasTaken) {
  Talk talk = established();
  talk.client("F. 1:6(5) ack 1 bad");
  EXPECT_EQ(talk.server_state(), ESTABLISHED);
  talk.server(". 1:1(0) ack 7");
  EXPECT_THAT(talk.frame<finding::TakenAllTheSame>(), 4);
  EXPECT_THAT(talk, in(FIN_WAIT_2, CLOSE_WAIT));
  EXPECT_TRUE(talk.client(". 7:7(0) ack 1").tcp.has_value());
  talk.server(". 1:1(0) ack 7");
  EXPECT_FALSE(talk.found<finding::TakenAllTheSame>());  // said once
  talk.server("F. 1:1(0) ack 7 bad");                    // from here on a checksum is no reason
  EXPECT_THAT(talk, in(TIME_WAIT, LAST_ACK));
  EXPECT_THAT(talk, noted(Note::bad_checksum));
}

TEST(FaultH49, WhereEveryPacketIsBadTheStatesAreThoseOfGoodOnes) {
  const std::vector<std::pair<bool, std::string>> packets{
      {true, "S 0:0(0)"},        {false, "S. 0:0(0) ack 1"}, {true, ". 1:1(0) ack 1"},
      {true, "P. 1:6(5) ack 1"}, {false, "P. 1:6(5) ack 6"}, {true, "F. 6:6(0) ack 6"},
      {false, ". 6:6(0) ack 7"}, {false, "F. 6:6(0) ack 7"}, {true, ". 7:7(0) ack 7"}};
  Talk good, bad;
  for (const auto& [from_client, text] : packets) {
    from_client ? good.client(text) : good.server(text);
    from_client ? bad.client(text + " bad") : bad.server(text + " bad");
    EXPECT_THAT(bad, in(good.client_state(), good.server_state())) << text;
  }
  EXPECT_EQ(bad.finish().at(0).handshake, capture::StreamSummary::Handshake::complete);
}

TEST(FaultH49, NumbersThatDoNotFitMayBeWhatIsDamaged) {
  Talk talk;
  talk.client("S 0:0(0) good");
  talk.server("S. 0:0(0) ack 1 good");
  talk.client(". 1:1(0) ack 1 good");
  talk.client("P. 70001:70006(5) ack 1 bad");
  EXPECT_THAT(talk, testing::Not(noted(Note::lost_segment)));
  talk.client("P. 1:6(5) ack 1 good");
  talk.server(". 1:1(0) ack 6 good");
  const auto summary = talk.finish().at(0);
  EXPECT_EQ(summary.bytes_client, 5);
  EXPECT_EQ(summary.missed_client, 0);
}

TEST(FaultH49, WhatWasTakenAllTheSameCountsAsReceivedJoinedLateToo) {
  Talk talk;
  talk.client("P. 1:6(5) ack 1 bad");
  EXPECT_EQ(talk.server_state(), UNKNOWN);
  talk.server("P. 1:6(5) ack 6");
  EXPECT_EQ(talk.server_state(), ESTABLISHED);
}

// H15

TEST(FaultH15, APacketThatIsShorterThanItSaysIsNotTaken) {
  Talk talk = established();
  talk.client("F. 1:6(5) ack 1 lacks 10");
  EXPECT_THAT(talk, in(FIN_WAIT_1, ESTABLISHED));
  EXPECT_TRUE(talk.found<finding::NotTaken>());
}

TEST(FaultH15, WhereItIsAcknowledgedTheFramesNumbersCount) {
  Talk talk;
  talk.client("S 0:0(0)");
  talk.server("S. 0:0(0) ack 1 lacks 4096");
  talk.client(". 1:1(0) ack 1");
  EXPECT_THAT(talk.frame<finding::TakenAllTheSame>(), 2);
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  const auto summary = talk.finish().at(0);
  EXPECT_EQ(summary.bytes_server, 0);
  EXPECT_EQ(summary.handshake, capture::StreamSummary::Handshake::complete);
}

TEST(FaultH15, WhoseAddressesWereRewrittenItsLengthsStillCount) {
  Talk talk;
  talk.client("S 0:0(0) bad");
  talk.server("S. 0:0(0) ack 1 bad lacks 4096");
  EXPECT_THAT(talk.frame<finding::TakenAllTheSame>(), 1);
  EXPECT_THAT(talk, in(SYN_SENT, SYN_RECEIVED));
  talk.client(". 1:1(0) ack 1 bad");
  EXPECT_THAT(talk.frame<finding::TakenAllTheSame>(), 2);
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
}

// H44

TEST(FaultH44, AnIgnoredResetSaysNothingOfWhatWasSent) {
  Talk talk = established();
  talk.client("R 100:100(0)");
  EXPECT_THAT(talk, noted(Note::reset_ignored));
  EXPECT_THAT(talk, certain(Certainty::assumed, Certainty::assumed));
  Talk ended = established();
  ended.client("R 100:100(0)");
  EXPECT_EQ(ended.finish().at(0).missed_client, 0);
  talk.client("P. 1:6(5) ack 1");  // it goes on: the capture missed nothing
  talk.server(". 1:1(0) ack 6");
  EXPECT_THAT(talk, certain(Certainty::seen, Certainty::seen));
  const auto summary = talk.finish().at(0);
  EXPECT_EQ(summary.missed_client, 0);
  EXPECT_FALSE(summary.end_missed_client);
}

TEST(FaultH44, OneThatFitsStillDoes) {
  Talk talk = established();
  talk.client("R 1:1(0)");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
}

// H50

TEST(FaultH50, WhetherTheCaptureMissedItThePeersNextNumberTells) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 2001");
  EXPECT_THAT(talk, noted(Note::acked_unseen));
  EXPECT_THAT(talk, testing::Not(noted(Note::ack_of_nothing_sent)));
  EXPECT_THAT(talk, certain(Certainty::assumed, Certainty::assumed));
  talk.server(". 1:1(0) ack 1");
  EXPECT_THAT(talk, noted(Note::ack_of_nothing_sent));
  EXPECT_THAT(talk.frame<finding::NothingSent>(), 4);
  EXPECT_EQ(talk.last().tcp->client.certainty, Certainty::seen);
  talk.server("P. 1:11(10) ack 1");  // new, not acknowledged before
  talk.wait(std::chrono::milliseconds(250)).server("P. 1:11(10) ack 1");
  EXPECT_THAT(talk, testing::Not(noted(Note::spurious_retransmission)));
  EXPECT_EQ(talk.finish().at(0).missed_server, 0);
}

TEST(FaultH50, ACaptureThatMissedSomethingIsStillBelieved) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 2001");
  talk.server("P. 2001:2006(5) ack 6");
  EXPECT_THAT(talk, testing::Not(noted(Note::ack_of_nothing_sent)));
  EXPECT_EQ(talk.finish().at(0).missed_server, 2000);
}

TEST(FaultH50, WhatNobodyKnowsStaysOpen) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 2001");
  talk.server("P. 1:11(10) ack 1");  // sent again, perhaps
  EXPECT_THAT(talk, testing::Not(noted(Note::ack_of_nothing_sent)));
  EXPECT_FALSE(talk.found<finding::NothingSent>());
}

TEST(FaultH50, ItsFinHasNoEffect) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 2001");
  talk.server(". 1:1(0) ack 1");
  EXPECT_THAT(talk, in(FIN_WAIT_1, ESTABLISHED));
  EXPECT_THAT(talk, noted(Note::ack_of_nothing_sent));
}

TEST(FaultH50, NothingCanFollowAFin) {
  Talk talk = established();
  talk.server("F. 1:1(0) ack 1");
  talk.client(". 1:1(0) ack 2001");
  EXPECT_THAT(talk, noted(Note::ack_of_nothing_sent));
  EXPECT_THAT(talk, testing::Not(noted(Note::acked_unseen)));
  EXPECT_EQ(talk.server_state(), FIN_WAIT_1);  // its FIN is not acknowledged
  talk.client(". 1:1(0) ack 2");
  EXPECT_EQ(talk.server_state(), FIN_WAIT_2);
  EXPECT_EQ(talk.finish().at(0).missed_server, 0);
}

TEST(FaultH50, HoweverMuchItIs) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 2000000001");
  talk.server(". 1:1(0) ack 1");
  EXPECT_THAT(talk, noted(Note::ack_of_nothing_sent));
  const auto summary = talk.finish().at(0);
  EXPECT_EQ(summary.missed_server, 0);
  EXPECT_EQ(summary.client_certainty, Certainty::seen);
}

}  // namespace
}  // namespace echolab::test
