// A capture may hold packets in another order than they were sent in, and one direction alone.
#include "tests/track/talk.hpp"

namespace echolab::test {
using capture::Certainty;
using capture::Note;
namespace finding = capture::finding;
using capture::Step;
using testing::Optional;

namespace {

TEST(CaptureOrder, OfASynBehindItsAnswerIsNamedAndTheClientIsWhereItWouldBe) {
  Talk talk;
  talk.server("S. 0:0(0) ack 1");
  talk.client("S  0:0(0)");
  EXPECT_THAT(talk.frame<finding::AnsweredBefore>(), Optional(1));
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
  talk.client(".  1:1(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_THAT(talk, certain(Certainty::seen, Certainty::assumed));
  EXPECT_FALSE(talk.frame<finding::AnsweredBefore>());
}

TEST(CaptureOrder, OfDataBehindItsAckIsNamedAndNothingIsMissingAnyMore) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server(".  1:1(0) ack 11");
  EXPECT_THAT(talk, noted(Note::acked_unseen));
  EXPECT_EQ(talk.last().tcp->client.certainty, Certainty::assumed);
  talk.client("P. 6:11(5) ack 1");
  EXPECT_THAT(talk.frame<finding::AnsweredBefore>(), Optional(5));
  EXPECT_TRUE(talk.last().notes.empty());
  EXPECT_EQ(talk.last().tcp->client.certainty, Certainty::seen);
}

TEST(CaptureOrder, IsNotBlamedForDataThatComesLongAfterItsAck) {
  auto talk = established();
  talk.server(".  1:1(0) ack 11");
  talk.wait(std::chrono::seconds(1)).client("P. 1:11(10) ack 1");  // sent again: the capture missed the first
  EXPECT_FALSE(talk.frame<finding::AnsweredBefore>());
}

TEST(CaptureOrder, IsNotBlamedForTheCrossingSynAcksOfASimultaneousOpen) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S  0:0(0)");
  talk.client("S. 0:0(0) ack 1");
  talk.server("S. 0:0(0) ack 1");
  EXPECT_FALSE(talk.frame<finding::AnsweredBefore>());
}

TEST(CapturedTwice, IsAnAckThoughLaterNumbersStandBeforeIt) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 101 id 8");  // sent after the next one
  talk.server("P. 1:101(100) ack 1");
  talk.client(".  1:1(0) ack 101 id 7");
  talk.wait(-std::chrono::microseconds(500)).client(".  1:1(0) ack 101 id 7");
  EXPECT_THAT(talk, noted(Note::duplicate_frame));
  EXPECT_THAT(talk.frame<finding::Repeats>(), Optional(6));
}

TEST(OneDirection, IsToldOnceWhenTheAcksGoOn) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.client(".  1:1(0) ack 1");
  EXPECT_TRUE(talk.found<finding::StepUnseen>());  // the SYN,ACK is not there
  EXPECT_FALSE(talk.found<finding::OneDirection>());
  talk.client("P. 1:101(100) ack 1");
  EXPECT_FALSE(talk.found<finding::OneDirection>());
  talk.client(".  101:101(0) ack 1001");
  EXPECT_TRUE(talk.found<finding::OneDirection>());
  talk.client(".  101:101(0) ack 2001");
  EXPECT_FALSE(talk.found<finding::OneDirection>());
}

TEST(OneDirection, SaysNothingOfWhatArrived) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.client(".  1:1(0) ack 1");
  talk.client("P. 1:101(100) ack 1");
  talk.wait(std::chrono::seconds(1)).client("P. 1:101(100) ack 1");
  EXPECT_THAT(talk, noted(Note::retransmission));
  EXPECT_FALSE(talk.last().notes.has(Note::never_delivered));
}

TEST(Acknowledgement, IsOfTheCopyThatTheTimestampEchoNames) {
  Talk talk;
  talk.client("S  0:0(0) <TS val 100 ecr 0>");
  talk.server("S. 0:0(0) ack 1 <TS val 500 ecr 100>");
  talk.client(".  1:1(0) ack 1 <TS val 101 ecr 500>");
  talk.client("P. 1:101(100) ack 1 <TS val 102 ecr 500>");
  talk.wait(std::chrono::milliseconds(9)).client("P. 51:101(50) ack 1 <TS val 112 ecr 500>");
  talk.server(".  1:1(0) ack 101 <TS val 510 ecr 102>");
  EXPECT_EQ(talk.frame<finding::Acknowledges>(), 4u);
}

TEST(Acknowledgement, IsOfWhatFilledTheHoleAndNotOfWhatWasReportedLongAgo) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");  // lost
  talk.client("P. 101:201(100) ack 1");
  talk.client("P. 201:301(100) ack 1");
  talk.server(".  1:1(0) ack 1 <sack 101:201>");
  talk.wait(std::chrono::seconds(1)).client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 201");
  EXPECT_EQ(talk.frame<finding::Acknowledges>(), 8u);
}

}  // namespace
}  // namespace echolab::test
