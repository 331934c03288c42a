// What a second copy of a packet shows: the first, or its answer, had not arrived.
#include "tests/track/talk.hpp"

namespace echolab::test {
using capture::Note;
namespace finding = capture::finding;
using capture::Step;

namespace {

TEST(Retransmission, OfASynNamesTheOneThatNeverArrived) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.wait(std::chrono::seconds(1)).client("S  0:0(0)");
  EXPECT_THAT(talk, in(SYN_SENT, LISTEN));
  EXPECT_THAT(talk, noted(Note::retransmission));
  EXPECT_FALSE(talk.last().notes.has(Note::never_delivered));  // perhaps it arrived, and nobody answers
  EXPECT_EQ(talk.frame<finding::Repeats>(), 1u);
  EXPECT_TRUE(talk.last().tcp->is_step(Step::syn));
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(talk, noted(Note::never_delivered));
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), testing::ElementsAre(1));
}

TEST(Retransmission, OfASynIsNeedlessWhereTheAnswerNamesTheFirst) {
  Talk talk;
  talk.client("S  0:0(0) <TS val 100 ecr 0>");
  talk.wait(std::chrono::seconds(1)).client("S  0:0(0) <TS val 1101 ecr 0>");
  talk.wait(std::chrono::milliseconds(200)).server("S. 0:0(0) ack 1 <TS val 7 ecr 100>");
  EXPECT_FALSE(talk.last().notes.has(Note::never_delivered));
  EXPECT_EQ(talk.finish().at(0).never_delivered, 0u);
}

TEST(Retransmission, OfASynThatNobodyAnswersSaysNothingOfTheFirst) {
  Talk talk;
  for (int i = 0; i < 4; ++i) talk.wait(std::chrono::seconds(1)).client("S  0:0(0)");
  EXPECT_EQ(talk.finish().at(0).never_delivered, 0u);
}

TEST(Retransmission, CutAnewNamesTheFirstAndTheLastThatItRepeats) {
  auto talk = established();
  talk.client(".  1:101(100) ack 1");
  talk.client("P. 101:151(50) ack 1");
  talk.wait(std::chrono::seconds(1)).client("P. 51:151(100) ack 1");
  EXPECT_EQ(talk.frame<finding::Repeats>(), 4u);
  EXPECT_EQ(talk.found<finding::Repeats>()->last_frame, 5u);
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), testing::ElementsAre(5));  // of the other one a part
  talk.wait(std::chrono::seconds(1)).client("P. 101:151(50) ack 1");
  EXPECT_EQ(talk.found<finding::Repeats>()->last_frame, 0u);
}

TEST(Retransmission, OfTheRestOfAPacketDoesNotSayThatThePacketNeverArrived) {
  auto talk = established();
  talk.client(".  1:101(100) ack 1");    // the network cuts it: 1:81 arrives
  talk.client(".  101:201(100) ack 1");  // lost
  talk.client(".  201:301(100) ack 1");
  talk.server(".  1:1(0) ack 81");
  talk.server(".  1:1(0) ack 81 <sack 201:301>");
  talk.server(".  1:1(0) ack 81 <sack 201:301>");
  talk.client(".  81:161(80) ack 1");
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), testing::IsEmpty());
  talk.client(".  161:241(80) ack 1");  // with the one before, all of packet 5
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), testing::ElementsAre(5));
  talk.server(".  1:1(0) ack 161 <sack 201:301>");
  talk.server(".  1:1(0) ack 301");
  EXPECT_EQ(talk.finish().at(0).never_delivered, 1u);
}

TEST(Retransmission, LongerAfterTheAckThanAnyTimerSaysNothingOfThatAck) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 101");
  talk.wait(std::chrono::seconds(300)).client("P. 1:101(100) ack 1");
  EXPECT_THAT(talk, noted(Note::spurious_retransmission));
  EXPECT_FALSE(talk.last().notes.has(Note::never_delivered));
}

TEST(Retransmission, InHasteBetweenEndsThatReportDuplicatesWaitsForTheReport) {
  Talk talk;
  talk.client("S  0:0(0) <sackOK>");
  talk.server("S. 0:0(0) ack 1 <sackOK>");
  talk.client(".  1:1(0) ack 1");
  talk.client("P. 1:101(100) ack 1");
  talk.wait(std::chrono::milliseconds(30)).client("P. 1:101(100) ack 1");
  EXPECT_FALSE(talk.last().notes.has(Note::never_delivered));
}

/// Both ends stamp and report duplicates; their round trip takes 40 ms. Frames 1 to 3; the next is stamped 142.
Talk stamped() {
  Talk talk;
  talk.client("S  0:0(0) <TS val 100 ecr 0> <sackOK>");
  talk.wait(std::chrono::milliseconds(39)).server("S. 0:0(0) ack 1 <TS val 500 ecr 100> <sackOK>");
  talk.client(".  1:1(0) ack 1 <TS val 141 ecr 500>");
  return talk;
}

TEST(Retransmission, ThatTheAnswerNamesByItsTimestampShowsThatTheFirstWasLostHoweverSoonItComes) {
  auto talk = stamped();
  talk.client("P. 1:101(100) ack 1 <TS val 142 ecr 500>");
  talk.client("P. 1:101(100) ack 1 <TS val 143 ecr 500>");
  EXPECT_FALSE(talk.last().notes.has(Note::never_delivered));
  talk.server(".  1:1(0) ack 101 <TS val 523 ecr 143>");  // held back on the wire, the two before it, too
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), testing::ElementsAre(4));
}

TEST(Retransmission, OfWhatArrivedIsReportedAsADuplicateWithItsTimestamp) {
  auto talk = stamped();
  talk.client("P. 1:101(100) ack 1 <TS val 142 ecr 500>");
  talk.client("P. 1:101(100) ack 1 <TS val 143 ecr 500>");
  talk.server(".  1:1(0) ack 101 <TS val 523 ecr 143> <sack 1:101>");
  EXPECT_EQ(talk.finish().at(0).never_delivered, 0u);
}

TEST(Retransmission, ThatTheWireDoubledIsReportedAsADuplicateWithoutTheFirst) {
  auto talk = stamped();
  talk.client("P. 1:101(100) ack 1 <TS val 142 ecr 500>");
  talk.client("P. 1:101(100) ack 1 <TS val 143 ecr 500> id 7");
  talk.client("P. 1:101(100) ack 1 <TS val 143 ecr 500> id 7");
  talk.server(".  1:1(0) ack 101 <TS val 523 ecr 143> <sack 1:101>");
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), testing::ElementsAre(4));
}

TEST(Retransmission, TwoOfWhichOvertookEachOtherAreReportedAsADuplicateWithoutThoseBefore) {
  auto talk = stamped();
  talk.client("P. 1:101(100) ack 1 <TS val 142 ecr 500>");
  talk.client("P. 1:101(100) ack 1 <TS val 143 ecr 500>");
  talk.wait(std::chrono::milliseconds(800)).client("P. 1:101(100) ack 1 <TS val 944 ecr 500>");
  talk.client("P. 1:101(100) ack 1 <TS val 380 ecr 500>");
  talk.wait(std::chrono::milliseconds(39)).server(".  1:1(0) ack 101 <TS val 1340 ecr 944> <sack 1:101>");
  EXPECT_TRUE(talk.frames<finding::ArrivedAfterAll>().empty());
  EXPECT_EQ(talk.finish().at(0).never_delivered, 2u);
}

TEST(Retransmission, ThatTheAnswerNamesIsNotTheFirstThoughItIsOlderThanAnother) {
  auto talk = stamped();
  talk.client("P. 1:101(100) ack 1 <TS val 142 ecr 500>");
  talk.wait(std::chrono::milliseconds(800)).client("P. 1:101(100) ack 1 <TS val 944 ecr 500>");
  talk.client("P. 1:101(100) ack 1 <TS val 380 ecr 500>");  // it was sent between them and held back: it arrived first
  talk.wait(std::chrono::milliseconds(39)).server(".  1:1(0) ack 101 <TS val 1340 ecr 380>");
  EXPECT_TRUE(talk.frames<finding::ArrivedAfterAll>().empty());
  EXPECT_EQ(talk.finish().at(0).never_delivered, 1u);
}

TEST(Retransmission, OfAFinArrivedWhereTimeWaitHasAnsweredIt) {
  auto talk = stamped();
  talk.client("F. 1:1(0) ack 1 <TS val 142 ecr 500>");
  talk.wait(std::chrono::milliseconds(39)).server("F. 1:1(0) ack 2 <TS val 540 ecr 142>");
  talk.client(".  2:2(0) ack 2 <TS val 181 ecr 540>");  // 6: lost
  talk.wait(std::chrono::milliseconds(200)).server("F. 1:1(0) ack 2 <TS val 781 ecr 142>");
  talk.wait(std::chrono::milliseconds(400)).server("F. 1:1(0) ack 2 <TS val 1182 ecr 142>");
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), testing::ElementsAre(7));
  talk.client(".  2:2(0) ack 2 <TS val 822 ecr 540>");
  EXPECT_TRUE(talk.frames<finding::ArrivedAfterAll>().empty());
  talk.client(".  2:2(0) ack 2 <TS val 421 ecr 540>");  // it answers packet 7 and was held back
  EXPECT_THAT(talk.frames<finding::ArrivedAfterAll>(), testing::ElementsAre(7));
}

TEST(Retransmission, OfAPartSaysNothingOfAPacketThatIsAcknowledgedWhole) {
  auto talk = stamped();
  talk.client("P. 1:101(100) ack 1 <TS val 142 ecr 500>");
  talk.client("P. 101:201(100) ack 1 <TS val 143 ecr 500>");
  talk.client("P. 1:121(120) ack 1 <TS val 144 ecr 500>");  // cut anew
  talk.wait(std::chrono::milliseconds(39)).server(".  1:1(0) ack 201 <TS val 560 ecr 142>");
  EXPECT_EQ(talk.finish().at(0).never_delivered, 0u);
}

TEST(Retransmission, WithAnOlderAckThanOneBeforeItLeavesNoTimestampWithLinux) {
  auto talk = stamped();
  talk.client("P. 1:101(100) ack 1 <TS val 142 ecr 500>");
  talk.server("P. 1:11(10) ack 1 <TS val 510 ecr 141>");
  talk.client(".  101:101(0) ack 11 <TS val 153 ecr 510>");  // it came first: on the wire they changed places
  talk.client("P. 1:101(100) ack 1 <TS val 153 ecr 500>");
  talk.wait(std::chrono::milliseconds(39)).server(".  11:11(0) ack 101 <TS val 560 ecr 141>");
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), testing::ElementsAre(4));
}

TEST(Retransmission, OfASynAckTakesTheClientBackAndForthAgain) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");  // lost
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
  talk.client("S  0:0(0)");
  EXPECT_THAT(talk, in(SYN_SENT, SYN_RECEIVED));
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
  EXPECT_TRUE(talk.last().tcp->is_step(Step::syn_ack));
  talk.client(".  1:1(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
}

TEST(Retransmission, OfASynAckShowsThatTheThirdPacketWasLost) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");  // lost
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
  ASSERT_EQ(talk.last().tcp->take_backs().size(), 1u);
  EXPECT_EQ(talk.last().tcp->take_backs()[0].frame, 3u);
  talk.client(".  1:1(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_TRUE(talk.last().tcp->is_step(Step::ack));
}

TEST(Retransmission, OfDataNamesItsOriginal) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.wait(std::chrono::milliseconds(200)).client("P. 1:101(100) ack 1");
  EXPECT_THAT(talk, noted(Note::retransmission));
  EXPECT_THAT(talk, noted(Note::never_delivered));
  EXPECT_EQ(talk.frame<finding::Repeats>(), 4u);
  EXPECT_TRUE(talk.last().tcp->is_step(Step::data));
  EXPECT_EQ(talk.finish().at(0).bytes_client, 100u);
  EXPECT_EQ(talk.finish().at(0).retransmissions(), 1u);
}

TEST(Retransmission, OfDataThatWasAcknowledgedDoesNotClaimALoss) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 101");
  talk.client("P. 1:101(100) ack 1");
  EXPECT_THAT(talk, noted(Note::retransmission));
  EXPECT_FALSE(talk.last().notes.has(Note::never_delivered));
}

TEST(Retransmission, OfAFinTakesCloseWaitBack) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");  // lost
  EXPECT_THAT(talk, in(FIN_WAIT_1, CLOSE_WAIT));
  talk.wait(std::chrono::milliseconds(200)).client("F. 1:1(0) ack 1");
  EXPECT_THAT(talk, in(FIN_WAIT_1, CLOSE_WAIT));
  ASSERT_EQ(talk.last().tcp->take_backs().size(), 1u);
  EXPECT_EQ(talk.last().tcp->take_backs()[0].truth, ESTABLISHED);
  EXPECT_EQ(talk.last().tcp->take_backs()[0].frame, 4u);
}

TEST(Retransmission, OfACrossedFinLeavesClosingAsItIs) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");  // both are lost
  talk.server("F. 1:1(0) ack 1");
  talk.server("F. 1:1(0) ack 1");
  EXPECT_THAT(talk, in(CLOSING, FIN_WAIT_1));
  talk.client("F. 1:1(0) ack 1");
  EXPECT_THAT(talk, in(CLOSING, CLOSING));
}

TEST(Probe, IsNoRetransmission) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 101 win 0");
  EXPECT_THAT(talk, noted(Note::zero_window));
  talk.client(".  100:100(0) ack 1");
  EXPECT_THAT(talk, noted(Note::zero_window_probe));
  EXPECT_FALSE(talk.last().notes.has(Note::retransmission));
  talk.server(".  1:1(0) ack 101 win 512");
  talk.client(".  100:100(0) ack 1");
  EXPECT_THAT(talk, noted(Note::keep_alive));
}

TEST(Order, ALateSegmentThatFillsAHoleIsOutOfOrder) {
  auto talk = established();
  talk.client(". 101:201(100) ack 1");
  EXPECT_THAT(talk, noted(Note::lost_segment));
  talk.client(". 1:101(100) ack 1");
  EXPECT_THAT(talk, noted(Note::out_of_order));
  EXPECT_FALSE(talk.last().notes.has(Note::retransmission));
  EXPECT_EQ(talk.finish().at(0).bytes_client, 200u);
}

}  // namespace
}  // namespace echolab::test
