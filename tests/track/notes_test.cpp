// Each note where it belongs, and its neighbours where it does not.
#include "tests/track/talk.hpp"

namespace echolab::test {
using capture::Note;
namespace finding = capture::finding;
using testing::ElementsAre;
using testing::IsEmpty;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""us;

namespace {

MATCHER_P(noted_only, note, "noted " + std::string(to_string(note)) + " and nothing else") {
  return arg.last().notes == capture::NoteSet{}.add(note);
}
MATCHER(without_notes, "without notes") { return arg.last().notes.empty(); }

/// A conversation whose ends agreed on timestamps: the client's clock stands at 100, the server's at 500.
Talk stamped() {
  Talk talk;
  talk.client("S  0:0(0) <TS val 100 ecr 0>");
  talk.server("S. 0:0(0) ack 1 <TS val 500 ecr 100>");
  talk.client(".  1:1(0) ack 1 <TS val 101 ecr 500>");
  return talk;
}

TEST(DuplicateAck, RepeatsNumberAndWindowAndIsCounted) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 101");
  talk.client("P. 101:201(100) ack 1");  // lost
  talk.client("P. 201:301(100) ack 1");
  talk.server(".  1:1(0) ack 101");
  EXPECT_THAT(talk, noted_only(Note::duplicate_ack));
  talk.server(".  1:1(0) ack 101");
  EXPECT_EQ(talk.last().tcp->duplicate, 2);
  talk.server(".  1:1(0) ack 301");
  EXPECT_THAT(talk, without_notes());
}

TEST(FastRetransmission, FollowsTwoDuplicateAcksForItsNumber) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");  // lost
  talk.client("P. 101:201(100) ack 1");
  talk.client("P. 201:301(100) ack 1");
  talk.server(".  1:1(0) ack 1");
  talk.server(".  1:1(0) ack 1");
  talk.client("P. 1:101(100) ack 1");
  EXPECT_THAT(talk, noted(Note::fast_retransmission));
  EXPECT_THAT(talk, noted(Note::retransmission));
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), ElementsAre(4));
}

TEST(FastRetransmission, IsNoneLongAfterTheDuplicateAcks) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.client("P. 101:201(100) ack 1");
  talk.server(".  1:1(0) ack 1");
  talk.server(".  1:1(0) ack 1");
  talk.wait(200ms).client("P. 1:101(100) ack 1");
  EXPECT_FALSE(talk.last().notes.has(Note::fast_retransmission));
  EXPECT_THAT(talk, noted(Note::retransmission));
}

TEST(SpuriousRetransmission, RepeatsWhatWasAcknowledgedAndNamesTheAckThatGotLost) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 101");  // lost
  talk.wait(200ms).client("P. 1:101(100) ack 1");
  EXPECT_THAT(talk, noted(Note::spurious_retransmission));
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), ElementsAre(5));
}

TEST(SpuriousRetransmission, NamesNoAckThatItsSenderHasShownToHave) {
  auto talk = stamped();
  talk.client("P. 1:101(100) ack 1 <TS val 102 ecr 500>");
  talk.server(".  1:1(0) ack 101 <TS val 502 ecr 102>");
  talk.wait(200ms).client("P. 1:101(100) ack 1 <TS val 302 ecr 502>");  // it echoes that ACK
  EXPECT_THAT(talk, noted(Note::spurious_retransmission));
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), IsEmpty());
}

TEST(OutOfOrder, IsACopyThatWasStampedBeforeTheOneThatOvertookIt) {
  auto talk = stamped();
  talk.wait(300ms).client("P. 1:101(100) ack 1 <TS val 402 ecr 500>");  // the copy, first on the wire
  talk.client("P. 1:101(100) ack 1 <TS val 102 ecr 500>");
  EXPECT_THAT(talk, noted_only(Note::out_of_order));
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), IsEmpty());
}

TEST(OutOfOrder, IsWhatFillsAHoleWithTheStampOfTheOneBehindIt) {
  auto talk = stamped();
  talk.client("P. 101:201(100) ack 1 <TS val 102 ecr 500>");
  talk.wait(50ms).client("P. 1:101(100) ack 1 <TS val 102 ecr 500>");
  EXPECT_THAT(talk, noted_only(Note::out_of_order));
}

TEST(Retransmission, IsWhatFillsAHoleLongAfterwards) {
  auto talk = established();
  talk.client("P. 101:201(100) ack 1");
  talk.wait(200ms).client("P. 1:101(100) ack 1");
  EXPECT_THAT(talk, noted_only(Note::retransmission));
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), IsEmpty()) << "the first copy is not in the capture";
  EXPECT_EQ(talk.finish().at(0).bytes_client, 200u);
}

TEST(Retransmission, OfAFinThatFillsAHoleIsNone) {
  auto talk = established();
  talk.server(". 2:2(0) ack 1");  // behind a FIN that comes late
  talk.server("F. 1:1(0) ack 1");
  EXPECT_THAT(talk, noted_only(Note::out_of_order));
}

TEST(NeverDelivered, NamesEverySegmentThatOneCopyReplaces) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.client("P. 6:11(5) ack 1");
  talk.wait(200ms).client("P. 1:11(10) ack 1");
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), ElementsAre(4, 5));
  EXPECT_EQ(talk.finish().at(0).never_delivered, 2u);
}

TEST(NeverDelivered, NamesTheCopyToo) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.wait(200ms).client("P. 1:6(5) ack 1");
  talk.wait(400ms).client("P. 1:6(5) ack 1");
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), ElementsAre(5));
}

TEST(NeverDelivered, LeavesOutWhatWasReportedBeyondAHole) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.client("P. 6:11(5) ack 1");
  talk.server(".  1:1(0) ack 1 <sack 6:11>");
  talk.wait(200ms).client("P. 1:11(10) ack 1");
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), ElementsAre(4));
}

TEST(NeverDelivered, IsTakenBackWhereTheAnswerEchoesTheOriginal) {  // RFC 3522
  auto talk = stamped();
  talk.client("P. 1:6(5) ack 1 <TS val 102 ecr 500>");
  talk.wait(200ms).client("P. 1:6(5) ack 1 <TS val 302 ecr 500>");
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), ElementsAre(4));
  talk.server(".  1:1(0) ack 6 <TS val 702 ecr 102>");
  EXPECT_THAT(talk.frames<finding::ArrivedAfterAll>(), ElementsAre(4));
  EXPECT_EQ(talk.finish().at(0).never_delivered, 0u);
}

TEST(NeverDelivered, StaysWhereTheAnswerEchoesTheCopy) {
  auto talk = stamped();
  talk.client("P. 1:6(5) ack 1 <TS val 102 ecr 500>");
  talk.wait(200ms).client("P. 1:6(5) ack 1 <TS val 302 ecr 500>");
  talk.server(".  1:1(0) ack 6 <TS val 702 ecr 302>");
  EXPECT_THAT(talk.frames<finding::ArrivedAfterAll>(), IsEmpty());
}

TEST(NeverDelivered, IsTakenBackWhereTheReceiverReportsADuplicate) {  // RFC 2883
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.wait(200ms).client("P. 1:6(5) ack 1");
  talk.server(".  1:1(0) ack 6");
  talk.server(".  1:1(0) ack 6 <sack 1:6>");
  EXPECT_THAT(talk.frames<finding::ArrivedAfterAll>(), ElementsAre(4));
}

TEST(NeverDelivered, WaitsForTheAnswerWhereACopyComesSoonerThanATimer) {  // RFC 8985, 7
  auto talk = stamped();
  talk.client("P. 1:6(5) ack 1 <TS val 102 ecr 500>");
  talk.wait(20ms).client("P. 1:6(5) ack 1 <TS val 123 ecr 500>");
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), IsEmpty());
  talk.server(".  1:1(0) ack 6 <TS val 525 ecr 123>");
  EXPECT_THAT(talk, noted_only(Note::never_delivered));
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), ElementsAre(4));
}

TEST(NeverDelivered, IsNotSaidWhereTheAnswerToAProbeEchoesTheOriginal) {
  auto talk = stamped();
  talk.client("P. 1:6(5) ack 1 <TS val 102 ecr 500>");
  talk.wait(20ms).client("P. 1:6(5) ack 1 <TS val 123 ecr 500>");
  talk.server(".  1:1(0) ack 6 <TS val 525 ecr 102>");
  EXPECT_THAT(talk, without_notes());
}

TEST(NeverDelivered, StaysWhereTwoLaterCopiesExplainTheReportOfADuplicate) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");  // lost
  talk.wait(200ms).client("P. 1:6(5) ack 1");
  talk.server(".  1:1(0) ack 6");  // lost
  talk.wait(400ms).client("P. 1:6(5) ack 1");
  talk.server(".  1:1(0) ack 6 <sack 1:6>");
  EXPECT_THAT(talk.frames<finding::ArrivedAfterAll>(), IsEmpty());
}

TEST(OutOfOrder, IsAFinThatItsCopyOvertook) {
  auto talk = stamped();
  talk.wait(200ms).client("F. 1:1(0) ack 1 <TS val 302 ecr 500>");
  talk.wait(150ms).client("F. 1:1(0) ack 1 <TS val 102 ecr 500>");
  EXPECT_THAT(talk, noted_only(Note::out_of_order));
  EXPECT_THAT(talk.last().tcp->take_backs(), IsEmpty());
  EXPECT_THAT(talk, in(FIN_WAIT_1, CLOSE_WAIT));
}

TEST(DuplicateFrame, IsNoneOfASynAckThatAnswersTheSynAgain) {
  Talk talk;
  talk.client("S  0:0(0) <TS val 100 ecr 0>");
  talk.wait(-900us).server("S. 0:0(0) ack 1 <TS val 500 ecr 100>");
  talk.wait(-900us).client("S  0:0(0) <TS val 1100 ecr 0>");
  talk.wait(-900us).server("S. 0:0(0) ack 1 <TS val 500 ecr 100>");
  EXPECT_THAT(talk, noted_only(Note::retransmission));
}

TEST(DuplicateFrame, MovesNothingAndIsNoRetransmission) {
  auto talk = established();
  talk.client("F. 1:6(5) ack 1 id 7");
  talk.wait(-1ms + 30us).client("F. 1:6(5) ack 1 id 7");
  EXPECT_THAT(talk, noted_only(Note::duplicate_frame));
  EXPECT_THAT(talk, in(FIN_WAIT_1, CLOSE_WAIT));
  EXPECT_EQ(talk.finish().at(0).retransmissions(), 0u);
  EXPECT_EQ(talk.finish().at(0).packets, 5u);
}

TEST(DuplicateFrame, IsNoneWithAnotherIdentification) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1 id 7");
  talk.wait(200ms).client("P. 1:6(5) ack 1 id 8");
  EXPECT_FALSE(talk.last().notes.has(Note::duplicate_frame));
  EXPECT_THAT(talk, noted(Note::retransmission));
}

TEST(DuplicateFrame, OfAnAckIsNoDuplicateAck) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1 id 7");
  talk.server(".  1:1(0) ack 6 id 9");
  talk.wait(-1ms + 30us).server(".  1:1(0) ack 6 id 9");
  EXPECT_THAT(talk, noted_only(Note::duplicate_frame));
}

TEST(InconsistentRetransmission, CarriesOtherBytesUnderTheSameNumbers) {
  auto talk = established();
  talk.client(R"(P. 1:6(5) ack 1 "hello")");
  talk.wait(200ms).client(R"(P. 1:6(5) ack 1 "hullo")");
  EXPECT_THAT(talk, noted(Note::inconsistent_retransmission));
}

TEST(InconsistentRetransmission, IsFoundInEveryByte) {
  for (std::size_t at = 0; at < 20; ++at) {
    const std::string first = R"(P. 1:21(20) ack 1 "abcdefghijklmnopqrst")";
    std::string other = first;
    other[first.find('"') + 1 + at] = 'X';
    auto talk = established();
    talk.client(first);
    talk.wait(200ms).client(other);
    EXPECT_THAT(talk, noted(Note::inconsistent_retransmission)) << at;
  }
}

TEST(InconsistentRetransmission, IsFoundInsideALargerSegment) {
  auto talk = established();
  talk.client(R"(P. 3:6(3) ack 1 "llo")");
  talk.wait(200ms).client(R"(P. 1:8(7) ack 1 "heLLo!!")");
  EXPECT_THAT(talk, noted(Note::inconsistent_retransmission));
}

TEST(InconsistentRetransmission, IsNoneOfTheSameBytesCutAnew) {
  auto talk = established();
  talk.client(R"(P. 1:3(2) ack 1 "he")");
  talk.client(R"(P. 3:6(3) ack 1 "llo")");
  talk.wait(200ms).client(R"(P. 1:6(5) ack 1 "hello")");
  EXPECT_FALSE(talk.last().notes.has(Note::inconsistent_retransmission));
}

TEST(ZeroWindow, ProbesOfLinuxAreProbesAndTheirAnswersAnswers) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 101 win 0");
  EXPECT_THAT(talk, noted_only(Note::zero_window));
  talk.wait(200ms).client(". 100:100(0) ack 1");
  EXPECT_THAT(talk, noted_only(Note::zero_window_probe));
  talk.server(".  1:1(0) ack 101 win 0");
  EXPECT_THAT(talk, noted(Note::zero_window_probe_ack));
  EXPECT_FALSE(talk.last().notes.has(Note::duplicate_ack));
  talk.server(".  1:1(0) ack 101 win 512");
  EXPECT_THAT(talk, noted_only(Note::window_update));
}

TEST(ZeroWindow, AProbeWithTheNextByteIsNoDataUntilItIsTaken) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 101 win 0");
  talk.wait(200ms).client(". 101:102(1) ack 1");
  EXPECT_THAT(talk, noted_only(Note::zero_window_probe));
  talk.wait(400ms).client(". 101:102(1) ack 1");
  EXPECT_THAT(talk, noted_only(Note::zero_window_probe));
  talk.server(".  1:1(0) ack 102 win 512");
  EXPECT_THAT(talk, without_notes());
  talk.client("P. 102:202(100) ack 1");
  EXPECT_THAT(talk, without_notes());
}

TEST(WindowFull, IsDataUpToTheEdgeOfTheScaledWindow) {
  Talk talk;
  talk.client("S  0:0(0) win 1000 <wscale 7>");
  talk.server("S. 0:0(0) ack 1 win 1000 <wscale 2>");
  talk.client(".  1:1(0) ack 1 win 100");
  talk.client("P. 1:1001(1000) ack 1");  // the window of a SYN is not scaled
  EXPECT_THAT(talk, noted_only(Note::window_full));
  talk.server(".  1:1(0) ack 1001 win 100");
  talk.client("P. 1001:1101(100) ack 1");
  EXPECT_THAT(talk, without_notes());
  talk.client("P. 1101:1401(300) ack 1");  // 4 x 100
  EXPECT_THAT(talk, noted_only(Note::window_full));
  EXPECT_EQ(talk.last().tcp->in_flight, 400u);
}

TEST(KeepAlive, AndItsAnswerAreNoDuplicates) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 101");
  talk.wait(7200'000ms).client(". 100:100(0) ack 1");
  EXPECT_THAT(talk, noted_only(Note::keep_alive));
  talk.server(".  1:1(0) ack 101");
  EXPECT_THAT(talk, noted_only(Note::keep_alive_ack));
}

TEST(KeepAlive, OfOneByteIsNotTheLostByteAgain) {
  auto talk = established();
  talk.client("P. 1:2(1) ack 1");
  talk.wait(200ms).client("P. 1:2(1) ack 1");
  EXPECT_THAT(talk, noted(Note::retransmission));
  talk.server(".  1:1(0) ack 2");
  talk.wait(7200'000ms).client(". 1:2(1) ack 1");
  EXPECT_THAT(talk, noted_only(Note::keep_alive));
}

TEST(ChallengeAck, AnswersAResetThatDoesNotFit) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 101");
  talk.client("R  900:900(0)");
  EXPECT_THAT(talk, noted_only(Note::reset_ignored));
  talk.server(".  1:1(0) ack 101");
  EXPECT_THAT(talk, noted_only(Note::challenge_ack));
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
}

TEST(AckedUnseen, IsToldOnceOfAHoleThatTheReceiverDoesNotHave) {
  auto talk = established();
  talk.client("P. 101:201(100) ack 1");
  EXPECT_THAT(talk, noted_only(Note::lost_segment));
  talk.server(".  1:1(0) ack 201");
  EXPECT_THAT(talk, noted_only(Note::acked_unseen));
  talk.client("P. 201:301(100) ack 1");
  talk.server(".  1:1(0) ack 301");
  EXPECT_THAT(talk, without_notes());
}

TEST(Acknowledgement, NamesTheLatestSegmentThatItCoversAndItsRoundTrip) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.client("P. 101:201(100) ack 1");
  talk.server(".  1:1(0) ack 201");
  ASSERT_TRUE(talk.found<finding::Acknowledges>());
  EXPECT_EQ(talk.frame<finding::Acknowledges>(), 5u);
  EXPECT_EQ(talk.found<finding::Acknowledges>()->after, 1ms);
}

TEST(Acknowledgement, OfWhatWasSentTwiceHasARoundTripOnlyWhereATimestampTells) {  // RFC 6298, 3
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.wait(200ms).client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 101");
  ASSERT_TRUE(talk.found<finding::Acknowledges>());
  EXPECT_FALSE(talk.found<finding::Acknowledges>()->after);

  auto other = stamped();
  other.client("P. 1:101(100) ack 1 <TS val 102 ecr 500>");
  other.wait(200ms).client("P. 1:101(100) ack 1 <TS val 302 ecr 500>");
  other.server(".  1:1(0) ack 101 <TS val 702 ecr 302>");
  EXPECT_EQ(other.found<finding::Acknowledges>()->after, 1ms);
}

}  // namespace
}  // namespace echolab::test
