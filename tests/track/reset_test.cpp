// RFC 9293, section 3.5.3 and RFC 5961, section 3: resets.
#include "tests/track/talk.hpp"

namespace echolab::test {
using capture::Certainty;
using capture::Note;
namespace finding = capture::finding;

namespace {

TEST(Reset, EndsBothSidesAtOnce) {
  auto talk = established();
  talk.client("R. 1:1(0) ack 1");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
  EXPECT_THAT(talk, certain(Certainty::seen, Certainty::assumed));
}

TEST(Reset, OutsideTheWindowIsIgnored) {
  auto talk = established();
  talk.client("R  90000:90000(0)");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_THAT(talk, noted(Note::reset_ignored));
}

TEST(Reset, BelowWhatWasAcknowledgedIsIgnored) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 101");
  talk.client("R  51:51(0)");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_THAT(talk, noted(Note::reset_ignored));
}

TEST(Reset, AnswersDataToAClosedSocket) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  talk.server("P. 1:6(5) ack 2");
  talk.client("R  2:2(0)");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
}

TEST(Reset, HadNotArrivedWhereItsReceiverStillSends) {
  auto talk = established();
  talk.client("R. 1:1(0) ack 1");
  talk.server("P. 1:6(5) ack 1");  // crossed the RST: one that is CLOSED sends nothing
  EXPECT_THAT(talk, in(CLOSED, ESTABLISHED));
  EXPECT_THAT(talk, certain(Certainty::seen, Certainty::seen));
  ASSERT_EQ(talk.last().tcp->take_backs().size(), 1u);
  EXPECT_EQ(talk.last().tcp->take_backs()[0].event, capture::Event::receive_rst);
  EXPECT_EQ(talk.last().tcp->take_backs()[0].frame, 4u);
  EXPECT_FALSE(talk.last().tcp->take_backs()[0].lost);
  talk.client("R  1:1(0)");  // a socket that is gone answers, with the number that it was told
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
}

TEST(Reset, ThatWasOnlyAnsweredWithAChallengeLeavesTheConnectionOpen) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");  // lost: RCV.NXT stays 1
  talk.client("R  101:101(0)");
  talk.server(".  1:1(0) ack 1");  // RFC 5961, 3.2: in the window, and not the number that was expected
  EXPECT_EQ(talk.server_state(), ESTABLISHED);
  talk.server("P. 1:6(5) ack 1");
  EXPECT_EQ(talk.server_state(), ESTABLISHED);
}

TEST(Reset, RepeatedAfterOneThatMayBeBelievedIsBelieved) {
  auto talk = established();
  talk.server("P. 1:101(100) ack 1");
  talk.server("R. 101:101(0) ack 1");
  talk.client(".  1:1(0) ack 101");  // crossed it
  EXPECT_EQ(talk.client_state(), ESTABLISHED);
  talk.server("R  51:51(0)");  // answers something older; the first RST came before it
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
}

TEST(Reset, WithTheNumberOfAFinThatWasReceivedIsTaken) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  talk.client("R  1:1(0)");  // Linux takes it in CLOSE_WAIT
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
}

TEST(Reset, WithTheNumberOfAFinThatWasReceivedEndsNoTimeWait) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("F. 1:1(0) ack 2");
  talk.client(".  2:2(0) ack 2");
  talk.client(".  2:2(0) ack 1");  // an older ACK, overtaken: the server has no socket any more
  talk.server("R  1:1(0)");
  EXPECT_THAT(talk, in(TIME_WAIT, CLOSED));
  EXPECT_THAT(talk, noted(Note::reset_ignored));
}

TEST(Reset, WithoutAckAnswersThePacketThatFoundNoConnectionAnyMore) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  talk.client("R. 2:2(0) ack 1");  // an abort: FIN_WAIT_2, as far as is known
  talk.client("R  2:2(0)");
  ASSERT_TRUE(talk.found<finding::ResetAnswers>());
  EXPECT_EQ(talk.found<finding::ResetAnswers>()->frame, 5u);
  EXPECT_EQ(talk.found<finding::ResetAnswers>()->believed, FIN_WAIT_2);
  EXPECT_EQ(talk.found<finding::ResetAnswers>()->truth, FIN_WAIT_1);
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
  const auto times = talk.finish().at(0).client_times;
  EXPECT_FALSE(times.has(FIN_WAIT_2));
  EXPECT_EQ(times.of(FIN_WAIT_1), std::chrono::milliseconds(2));
}

TEST(Reset, AnsweringAFinUndoesAllThatItBrought) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("F. 1:1(0) ack 2");
  talk.client("R. 2:2(0) ack 1");
  talk.client("R  2:2(0)");
  ASSERT_TRUE(talk.found<finding::ResetAnswers>());
  EXPECT_EQ(talk.found<finding::ResetAnswers>()->believed, TIME_WAIT);
  EXPECT_EQ(talk.found<finding::ResetAnswers>()->truth, FIN_WAIT_1);
}

TEST(Reset, AnswersWhatCameBehindIt) {
  auto talk = established();
  talk.client("R. 1:1(0) ack 1");
  talk.server("P. 1:6(5) ack 1");
  talk.client("R  1:1(0)");
  ASSERT_TRUE(talk.found<finding::ResetAnswers>());
  EXPECT_EQ(talk.found<finding::ResetAnswers>()->frame, 5u);
  EXPECT_EQ(talk.found<finding::ResetAnswers>()->believed, talk.found<finding::ResetAnswers>()->truth);
}

TEST(Reset, OfSeveralPacketsWithItsNumberAnswersNobodyKnowsWhich) {
  auto talk = established();
  talk.server("P. 1:6(5) ack 1");
  talk.server("P. 6:11(5) ack 1");
  talk.client("R. 1:1(0) ack 1");
  talk.client("R  1:1(0)");
  EXPECT_FALSE(talk.found<finding::ResetAnswers>());
}

TEST(Reset, AnswersNothingThatItsSenderMayHaveTaken) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server("P. 1:6(5) ack 6");
  talk.client(".  6:6(0) ack 6");
  talk.client("R. 6:6(0) ack 6");
  talk.client("R  6:6(0)");
  EXPECT_FALSE(talk.found<finding::ResetAnswers>());
}

TEST(Reset, AnswersAPacketOnce) {
  auto talk = established();
  talk.server("P. 1:6(5) ack 1");
  talk.client("R  1:1(0)");  // an abort or an answer: both look like this
  talk.client("R  1:1(0)");
  EXPECT_FALSE(talk.found<finding::ResetAnswers>());
}

// RFC 9293, 3.10.7.1 and 3.10.7.2: a listener answers only an ACK with RST, and that RST has no ACK.
TEST(Reset, WithAnAckComesFromNoListenerWhateverItAnswers) {
  Talk talk;
  talk.client("SF 0:0(0)");
  talk.server("R. 0:0(0) ack 2");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
  EXPECT_EQ(talk.last().tcp->server.certainty, Certainty::seen);
}

TEST(Reset, OfNumbersThatNobodySentIsNoAnswer) {
  Talk talk;
  talk.client("SF 0:0(0)");
  talk.server("R. 0:0(0) ack 700");
  EXPECT_THAT(talk, in(CLOSED, LISTEN));
}

TEST(IllegalFlags, MoveNobody) {
  auto talk = established();
  for (const char* scan : {"none 1:1(0)", "FPU 1:1(0)", "SF 0:0(0)"}) {
    talk.client(scan);
    EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
    EXPECT_THAT(talk, noted(Note::illegal_flags));
  }
}

}  // namespace
}  // namespace echolab::test
