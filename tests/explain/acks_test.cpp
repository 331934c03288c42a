// What an ACK and its SACK blocks report, and what they show of the packets before.
#include <gmock/gmock.h>

#include "tests/explain/told.hpp"
#include "tests/track/talk.hpp"

namespace echolab::capture {
namespace {

using test::established;
using test::Talk;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(Order, OfDataBehindItsAckIsTold) {
  Talk talk = established();
  talk.server(". 1:1(0) ack 6");
  EXPECT_THAT(in_english(talk.client("P. 1:6(5) ack 1")).text, HasSubstr("Packet 4, which acknowledges this, comes"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("패킷 4번이 캡처에서는 더 앞에 있습니다"));
}

TEST(Ack, OfAnOlderNumberWasSentBefore) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  EXPECT_THAT(in_english(talk.client(".  1:1(0) ack 11")).text, HasSubstr("was sent before packet 4."));
}

TEST(Sack, OfASynThatCameTwiceIsNoWindowUpdate) {
  Talk talk;
  talk.client("S  0:0(0) win 65495");
  talk.server("S  0:0(0) win 65495");
  talk.client("S. 0:0(0) ack 1 win 65495");
  talk.server("S. 0:0(0) ack 1 win 65495");
  const Annotation told = in_english(talk.server(". 1:1(0) ack 1 win 64 <sack 0:1>"));
  EXPECT_EQ(told.headline, "ACK: received");
  EXPECT_THAT(told.text, HasSubstr("it got that number twice"));
  EXPECT_THAT(told.text, Not(HasSubstr("another window")));
}

TEST(Sack, OfNumbersThatNobodySentIsNoReport) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  const Annotation told = in_english(talk.server(". 1:1(0) ack 1 <sack 9001:9101>"));
  EXPECT_THAT(told.text, HasSubstr("It reports 9001:9101 (SACK), numbers that the capture has not seen"));
  EXPECT_THAT(told.text, Not(HasSubstr("already has")));
}

TEST(Sack, OutsideOfEveryWindowIsNoReportOfThisConnection) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  for (const char* block : {". 1:1(0) ack 101 <sack 900001:900101>", ". 1:1(0) ack 101 <sack 4294900000:4294900100>"}) {
    const Annotation told = in_english(talk.server(block));
    EXPECT_THAT(told.text, HasSubstr("(SACK), numbers that the server cannot have received"));
    EXPECT_THAT(told.text, Not(HasSubstr("not seen the client send")));
    EXPECT_THAT(told.text, Not(HasSubstr("twice")));
  }
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("서버의 window가 한 번도 닿지 않은 번호"));
}

TEST(AnAck, OfACopyWhoseOriginalIsThoughtLostNamesTheCopyAlone) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.wait(std::chrono::seconds(1)).client("P. 1:101(100) ack 1");
  ASSERT_TRUE(talk.last().notes.has(Note::never_delivered));
  EXPECT_THAT(in_english(talk.server(". 1:1(0) ack 101")).text, HasSubstr("(packet 5)"));
}

TEST(AnAck, AtTheTimeOfWhatItAnswersTakesNoTimeThatIsTold) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  EXPECT_THAT(in_english(talk.wait(std::chrono::milliseconds(-1)).server(". 1:1(0) ack 101")).text,
              HasSubstr("(packet 4)"));
}

TEST(AnAck, OfWhatWasSentTwiceNamesBothWhereNothingTellsWhichItAnswers) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.client("P. 1:101(100) ack 1");
  EXPECT_THAT(in_english(talk.server(". 1:1(0) ack 101")).text,
              HasSubstr("(packet 4, or its retransmission, packet 5)"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("(패킷 4 또는 그 재전송인 패킷 5)"));
  talk.client("P. 101:201(100) ack 1");
  talk.client("P. 101:201(100) ack 1 id 7");
  talk.client("P. 201:301(100) ack 1");
  EXPECT_THAT(in_english(talk.server(". 1:1(0) ack 301")).text, HasSubstr("(packet 9, 1 ms before)"));
}

TEST(Sack, OfAnOlderWindowMayBeOfThisConnection) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  const Annotation told = in_english(talk.server(". 1:1(0) ack 101 win 100 <sack 60001:60101>"));
  EXPECT_THAT(told.text, HasSubstr("the capture has not seen"));
  Talk late;  // the scale of its windows is not known
  late.client("P. 1:101(100) ack 1");
  EXPECT_THAT(in_english(late.server(". 1:1(0) ack 101 win 100 <sack 900001:900101>")).text,
              HasSubstr("the capture has not seen"));
}

TEST(Gap, IsNobodysToJudgeWhereThePeerHasNoPacket) {
  Talk alone;
  alone.client("S 0:0(0)");
  alone.client("P. 1:101(100) ack 1");
  const Annotation told = in_english(alone.client("P. 201:301(100) ack 1"));
  EXPECT_THAT(told.text, HasSubstr("So far the capture has no packet from the server, whose ACKs would tell"));
  EXPECT_THAT(told.advice, IsEmpty());
  Talk both = established();
  const Annotation asks = in_english(both.client("P. 101:201(100) ack 1"));
  EXPECT_THAT(asks.text, Not(HasSubstr("holds no packet")));
  EXPECT_THAT(asks.advice, SizeIs(1));
}

TEST(KeepAlive, WithAByteIsNotToldAsData) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server(". 1:1(0) ack 6");
  EXPECT_THAT(in_english(talk.client(". 5:6(1) ack 1")).text, Not(HasSubstr("sends 1 byte")));
}

}  // namespace
}  // namespace echolab::capture
