// The FINs as they are told: the first, the second, and those that the capture lacks.
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

TEST(Close, TellsTheTwoFinsApart) {
  Talk talk = established();
  EXPECT_EQ(in_english(talk.client("F. 1:1(0) ack 1")).headline, "FIN: I have nothing more to send");
  EXPECT_EQ(in_english(talk.server(". 1:1(0) ack 2")).headline, "ACK: I have your FIN");
  EXPECT_EQ(in_english(talk.server("F. 1:1(0) ack 2")).headline, "FIN: neither have I");
}

TEST(Close, OfAnEndOfWhichNothingIsKnownSaysThatItCloses) {
  Talk talk;
  EXPECT_THAT(in_english(talk.server("F. 1:1(0) ack 1")).text,
              StartsWith("The server's program closes; its state before"));
}

TEST(Close, OfTheOneWhoLearnsOfTheFinInTheSamePacketIsTheSecond) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("P. 1:6(5) ack 1");  // it did not know of it
  EXPECT_EQ(in_english(talk.server("F. 6:6(0) ack 2")).headline, "FIN: neither have I");
}

TEST(Unseen, NumberBehindTheCloseOfTheOtherEndIsItsFin) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  const Annotation told = in_english(talk.client(".  2:2(0) ack 2"));
  EXPECT_THAT(told.text, HasSubstr("most likely the server's FIN"));
  EXPECT_THAT(told.text, Not(HasSubstr("the capture missed it")));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("서버의 FIN인 듯하지만"));
}

TEST(FinWithoutAck, IsTheSameFinWhereOneWithAnAckFollows) {
  Talk talk;
  talk.client("S  0:0(0)");
  EXPECT_THAT(in_english(talk.client("F  0:0(0)")).text, Not(HasSubstr("again")));
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(
      in_english(talk.client("F. 0:0(0) ack 1")).text,
      HasSubstr("The client tried to close before: packet 2 already carried this FIN, but without an ACK it had no "
                "effect, so this one counts as the first. This FIN takes number 0, which is the SYN's"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("패킷 2번에 같은 FIN이 있었지만 ACK가 없어 효력이 없었으므로"));
  EXPECT_THAT(in_english(talk.client("F. 1:1(0) ack 1")).text, Not(HasSubstr("already carried this FIN")));
}

}  // namespace
}  // namespace echolab::capture
