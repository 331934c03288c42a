// RFC 9293, section 3.6: closing a connection.
#include "tests/track/talk.hpp"

namespace echolab::test {
using capture::Certainty;
using capture::Note;
namespace finding = capture::finding;

namespace {

TEST(ActiveClose, PassesThroughFinWait2IntoTimeWait) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  EXPECT_THAT(talk, in(FIN_WAIT_1, CLOSE_WAIT));
  talk.server(".  1:1(0) ack 2");
  EXPECT_THAT(talk, in(FIN_WAIT_2, CLOSE_WAIT));
  talk.server("F. 1:1(0) ack 2");
  EXPECT_THAT(talk, in(TIME_WAIT, LAST_ACK));
  talk.client(".  2:2(0) ack 2");
  EXPECT_THAT(talk, in(TIME_WAIT, CLOSED));
}

TEST(ActiveClose, IsTheSameWhenTheServerClosesFirst) {
  auto talk = established();
  talk.server("F. 1:1(0) ack 1");
  EXPECT_THAT(talk, in(CLOSE_WAIT, FIN_WAIT_1));
  talk.client(".  1:1(0) ack 2");
  EXPECT_THAT(talk, in(CLOSE_WAIT, FIN_WAIT_2));
  talk.client("F. 1:1(0) ack 2");
  EXPECT_THAT(talk, in(LAST_ACK, TIME_WAIT));
  talk.server(".  2:2(0) ack 2");
  EXPECT_THAT(talk, in(CLOSED, TIME_WAIT));
}

TEST(ActiveClose, FiresTwoRulesWhereOneFinAlsoAcknowledgesOurs) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("F. 1:1(0) ack 2");
  EXPECT_THAT(talk, in(TIME_WAIT, LAST_ACK));
  ASSERT_EQ(talk.last().tcp->firings().size(), 3u);
  EXPECT_EQ(talk.last().tcp->firings()[0].rule->reason, capture::Reason::second_close);
  EXPECT_EQ(talk.last().tcp->firings()[1].rule->reason, capture::Reason::fin_acknowledged);
  EXPECT_EQ(talk.last().tcp->firings()[2].rule->reason, capture::Reason::both_closed);
}

TEST(ActiveClose, MayBeginInSynReceived) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.server("F. 1:1(0) ack 1");
  EXPECT_EQ(talk.server_state(), FIN_WAIT_1);
}

TEST(ActiveClose, TakesDataOnTheFin) {
  auto talk = established();
  talk.client("FP. 1:6(5) ack 1");
  EXPECT_THAT(talk, in(FIN_WAIT_1, CLOSE_WAIT));
  talk.server(". 1:1(0) ack 6");  // the data, not the FIN
  EXPECT_THAT(talk, in(FIN_WAIT_1, ESTABLISHED));
  talk.server(". 1:1(0) ack 7");
  EXPECT_THAT(talk, in(FIN_WAIT_2, CLOSE_WAIT));
}

TEST(HalfClose, LetsTheOtherDirectionGoOn) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  talk.server("P. 1:101(100) ack 2");
  EXPECT_THAT(talk, in(FIN_WAIT_2, CLOSE_WAIT));
  EXPECT_THAT(talk, noted(Note::half_close));
  talk.client(".  2:2(0) ack 101");
  EXPECT_THAT(talk, in(FIN_WAIT_2, CLOSE_WAIT));
  EXPECT_FALSE(talk.last().notes.has(Note::half_close));
}

TEST(HalfClose, IsNoneWhereTheDataCrossesTheFin) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("P. 1:101(100) ack 1");  // its sender does not know of the FIN
  EXPECT_FALSE(talk.last().notes.has(Note::half_close));
  talk.server("P. 101:201(100) ack 2");
  EXPECT_THAT(talk, noted(Note::half_close));
}

TEST(MisplacedFin, TakesTheNumberOfTheSynAndIsDropped) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client("F. 0:0(0) ack 1");
  EXPECT_THAT(talk, in(FIN_WAIT_1, SYN_RECEIVED));
  EXPECT_TRUE(talk.found<finding::MisplacedFin>());
  EXPECT_FALSE(talk.last().notes.has(Note::retransmission));
  talk.client("F. 1:1(0) ack 1");  // and in its place
  EXPECT_THAT(talk, in(FIN_WAIT_1, CLOSE_WAIT));
  EXPECT_FALSE(talk.found<finding::MisplacedFin>());
}

TEST(IllegalFlags, LeaveNothingBehindThatALaterSegmentWouldRepeat) {
  auto talk = established();
  talk.client("F  1:1(0)");
  EXPECT_THAT(talk, noted(Note::illegal_flags));
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  talk.client("F. 1:1(0) ack 1");
  EXPECT_THAT(talk, in(FIN_WAIT_1, CLOSE_WAIT));
  EXPECT_TRUE(talk.last().notes.empty());
}

TEST(SimultaneousClose, GoesThroughClosingOnBothSides) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  EXPECT_THAT(talk, in(FIN_WAIT_1, CLOSE_WAIT));
  talk.server("F. 1:1(0) ack 1");  // does not acknowledge the client's FIN: it had not arrived
  EXPECT_THAT(talk, in(CLOSING, FIN_WAIT_1));
  EXPECT_THAT(talk, noted(Note::simultaneous_close));
  ASSERT_EQ(talk.last().tcp->take_backs().size(), 1u);
  EXPECT_EQ(talk.last().tcp->take_backs()[0].believed, CLOSE_WAIT);
  EXPECT_EQ(talk.last().tcp->take_backs()[0].frame, 4u);
  EXPECT_FALSE(talk.last().tcp->take_backs()[0].lost);
  talk.client(".  2:2(0) ack 2");
  EXPECT_THAT(talk, in(CLOSING, TIME_WAIT));
  talk.server(".  2:2(0) ack 2");
  EXPECT_THAT(talk, in(TIME_WAIT, TIME_WAIT));
}

TEST(SimultaneousClose, KeepsTheAckOfAFinThatItsReceiverHasNotDenied) {
  auto talk = established();
  talk.server("F. 1:1(0) ack 1");
  talk.client("F. 1:6(5) ack 1");  // crossed
  talk.client(".  7:7(0) ack 2");
  talk.server(".  2:2(0) ack 6");  // has the ACK of its FIN, it may be, and not the client's FIN
  EXPECT_EQ(talk.server_state(), FIN_WAIT_2);
  talk.server(".  2:2(0) ack 7");
  EXPECT_EQ(talk.server_state(), TIME_WAIT);
  EXPECT_EQ(talk.last().tcp->server.certainty, Certainty::assumed);  // CLOSING, if the ACK is still under way
}

TEST(ActiveClose, IsInFinWait2WithoutDoubtOnceItAcknowledgesWhatCameAfterTheAckOfItsFin) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  EXPECT_EQ(talk.last().tcp->client.certainty, Certainty::assumed);
  talk.server("P. 1:11(10) ack 2");
  talk.client(".  2:2(0) ack 11");
  EXPECT_THAT(talk, in(FIN_WAIT_2, CLOSE_WAIT));
  EXPECT_THAT(talk, certain(Certainty::seen, Certainty::seen));
}

TEST(ActiveClose, IsInFinWait2AlsoWhereItsFinWasRepeatedNeedlessly) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("P. 1:11(10) ack 2");
  talk.client("F. 1:1(0) ack 1");  // crossed the answer
  EXPECT_EQ(talk.client_state(), FIN_WAIT_1);
  talk.client(".  2:2(0) ack 11");  // has what carried the ACK of its FIN
  EXPECT_THAT(talk, in(FIN_WAIT_2, CLOSE_WAIT));
}

TEST(PassiveClose, IsNotOverWhereItStillSends) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("FP. 1:11(10) ack 2");
  talk.client(".  2:2(0) ack 12");
  EXPECT_THAT(talk, in(TIME_WAIT, CLOSED));
  talk.server(".  12:12(0) ack 2");  // crossed the last ACK
  EXPECT_THAT(talk, in(TIME_WAIT, LAST_ACK));
}

TEST(TimeWait, EndsAfterAMinuteOfPacketTime) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("F. 1:1(0) ack 2");
  talk.client(".  2:2(0) ack 2");
  talk.wait(std::chrono::seconds(61)).client(".  2:2(0) ack 2");
  EXPECT_EQ(talk.last().tcp->client.before, CLOSED);
  EXPECT_EQ(talk.last().tcp->client.certainty, Certainty::assumed);
}

TEST(TimeWait, AnswersARepeatedFinAndStays) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("F. 1:1(0) ack 2");
  talk.client(".  2:2(0) ack 2");  // lost on the way
  EXPECT_THAT(talk, in(TIME_WAIT, CLOSED));
  talk.wait(std::chrono::milliseconds(200)).server("F. 1:1(0) ack 2");
  EXPECT_THAT(talk, in(TIME_WAIT, LAST_ACK));
  ASSERT_FALSE(talk.last().tcp->take_backs().empty());
  EXPECT_EQ(talk.last().tcp->take_backs()[0].frame, 6u);
  EXPECT_TRUE(talk.last().tcp->take_backs()[0].lost);
  talk.client(".  2:2(0) ack 2");
  EXPECT_THAT(talk, in(TIME_WAIT, CLOSED));
}

TEST(Closed, KeepsNothingOfDataAfterAFin) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.client("P. 2:7(5) ack 1");
  EXPECT_THAT(talk, noted(Note::data_after_fin));
  EXPECT_EQ(talk.client_state(), FIN_WAIT_1);
}

}  // namespace
}  // namespace echolab::test
