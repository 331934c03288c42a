// An RST as it is told: what it answers, what it ends, and why it may have been sent.
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

TEST(Reset, AfterTheEndIsAnotherOne) {
  Talk talk = established();
  talk.client("R. 1:1(0) ack 1");
  const Annotation told = in_english(talk.client("R. 1:1(0) ack 1"));
  EXPECT_EQ(told.text, "Another RST for a connection that the client has already dropped; no state changes.");
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("RST를 한 번 더"));
  EXPECT_THAT(in_english(talk.client("R 1:1(0)")).text, StartsWith("This RST, without an ACK, answers a packet"));
}

TEST(Reset, NamesThePacketThatItAnswersAndWhatThatDidNotMove) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  talk.client("R. 2:2(0) ack 1");
  EXPECT_EQ(in_english(talk.client("R  2:2(0)")).text,
            "This RST, without an ACK, answers packet 5, which found no connection: the client had already dropped it. "
            "So packet 5 moved nothing: the client was FIN_WAIT_1 when it broke off, not FIN_WAIT_2. No state "
            "changes.");
  EXPECT_THAT(in_korean(talk.last()).text,
              HasSubstr("끊을 때 클라이언트는 FIN_WAIT_1 상태였습니다(앞의 추정: FIN_WAIT_2)"));
}

TEST(Reset, ThatAnswersWhatMovedNothingSaysNoMore) {
  Talk talk = established();
  talk.client("R. 1:1(0) ack 1");
  talk.server("P. 1:6(5) ack 1");
  const Annotation told = in_english(talk.client("R  1:1(0)"));
  EXPECT_THAT(told.text, HasSubstr("No state changes"));  // the first RST had not arrived yet, and has since
  EXPECT_THAT(told.text, HasSubstr("answers packet 5"));
  EXPECT_THAT(told.text, Not(HasSubstr("moved nothing")));
}

TEST(Reset, InPlaceOfAFinSaysWhatMostlyIsTheReason) {
  Talk talk = established();
  EXPECT_THAT(in_english(talk.client("R. 1:1(0) ack 1")).text, HasSubstr("SO_LINGER 0"));
  Talk refused;
  refused.client("S 0:0(0)");
  EXPECT_THAT(in_english(refused.server("R. 0:0(0) ack 1")).text, Not(HasSubstr("SO_LINGER")));
}

}  // namespace
}  // namespace echolab::capture
