// What a later packet disproves, and what keeps its question mark.
#include <gmock/gmock.h>

#include "tests/explain/told.hpp"
#include "tests/track/talk.hpp"

namespace echolab::capture {
namespace {

using test::established;
using test::Talk;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(TakeBack, SaysHowLongAfterOnlyOfThePacketThatItNames) {
  Talk talk;
  talk.client("S 0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  talk.client("P. 1:6(5) ack 1");
  talk.wait(std::chrono::seconds(4)).client("F. 6:6(0) ack 1");
  const Annotation told = in_english(talk.wait(std::chrono::milliseconds(300)).client("FP. 1:6(5) ack 1"));
  ASSERT_FALSE(talk.last().tcp->take_backs().empty()) << talk.story();
  EXPECT_THAT(
      told.text,
      HasSubstr(
          "Packet 5 had no effect, lost on the way or dropped by the server: the client sends it again, so the server was"));
}

TEST(TakeBack, NamesThePacketThatNeverArrived) {
  Talk talk;
  talk.client("S 0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  const Annotation told = in_english(talk.wait(std::chrono::seconds(1)).server("S. 0:0(0) ack 1"));
  ASSERT_FALSE(talk.last().tcp->take_backs().empty()) << talk.story();
  EXPECT_THAT(
      told.text,
      StartsWith(
          "Packet 2 had no effect, lost on the way or dropped by the client: the server sends it again 1 s later, so the client was "
          "SYN_SENT, not ESTABLISHED."));
}

TEST(TakeBack, OfALostAnswerDoesNotSayThatTheAnswerIsSentAgain) {
  Talk talk = established();
  const Annotation told = in_english(talk.wait(std::chrono::seconds(1)).server("S. 0:0(0) ack 1"));
  EXPECT_THAT(
      told.text,
      StartsWith(
          "Packet 3, the answer, had no effect, lost on the way or dropped by the server, which sends its own again: it was "
          "SYN_RECEIVED, not ESTABLISHED."));
}

TEST(TakeBack, OfAResetSaysThatAClosedEndSendsNothing) {
  Talk talk = established();
  talk.client("R. 1:1(0) ack 1");
  const Annotation told = in_english(talk.server("P. 1:6(5) ack 1"));
  EXPECT_THAT(told.text, StartsWith("Packet 4 had not closed the connection when this was sent"));
  EXPECT_THAT(told.text, HasSubstr("the server was ESTABLISHED"));
}

TEST(TakeBack, OfACrossedFinSaysThatBothClosedAtOnce) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  const Annotation told = in_english(talk.server("F. 1:1(0) ack 1"));
  EXPECT_THAT(told.text,
              StartsWith("The FIN of packet 4 had not arrived when this was sent: both ends closed at once"));
  EXPECT_EQ(told.headline, "FIN: I have nothing more to send");
}

TEST(QuestionMark, OfWhatTheCaptureMissesIsExplainedOnce) {
  Talk talk = established();
  EXPECT_THAT(in_english(talk.client(". 1:1(0) ack 101")).text, HasSubstr("A FIN may be among what is missing"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("FIN이 있을 수도 있어"));
  talk.server("P. 1:101(100) ack 1");  // it was captured late
  EXPECT_THAT(in_english(talk.client(". 1:1(0) ack 201")).text, Not(HasSubstr("A FIN may be")));
}

TEST(QuestionMark, AfterAResetWithAStrangeNumberIsExplainedToo) {
  Talk talk = established();
  const Annotation told = in_english(talk.client("R  90000:90000(0)"));
  EXPECT_THAT(told.text, HasSubstr("ignores this RST"));
  EXPECT_THAT(told.text, HasSubstr("it may fit after all"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("맞는 번호일 수도 있어"));
}

TEST(QuestionMark, IsNotExplainedWhereThereIsNoneOrTheFinIsNamed) {
  Talk late;
  late.server("P. 1:101(100) ack 1");
  EXPECT_THAT(in_english(late.client(". 1:1(0) ack 201")).text, Not(HasSubstr("A FIN may be")));
  Talk closing = established();
  closing.client("F. 1:1(0) ack 1");
  closing.server(".  1:1(0) ack 2");
  const Annotation told = in_english(closing.client(". 2:2(0) ack 2"));
  EXPECT_THAT(told.text, HasSubstr("most likely the server's FIN"));
  EXPECT_THAT(told.text, Not(HasSubstr("A FIN may be")));
}

}  // namespace
}  // namespace echolab::capture
