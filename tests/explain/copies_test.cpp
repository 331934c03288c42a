// A packet that comes again: the same, a part, with other options, or captured twice.
#include <gmock/gmock.h>

#include "tests/explain/told.hpp"
#include "tests/track/talk.hpp"

namespace echolab::capture {
namespace {

using test::established;
using test::Talk;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Copy, IsTheSameOrAPartOrOfSeveral) {
  Talk talk = established();
  talk.client(".  1:101(100) ack 1");
  talk.client(".  101:201(100) ack 1");
  const auto again = [&](std::string_view packet) {
    return in_english(talk.wait(std::chrono::seconds(1)).client(packet)).text;
  };
  EXPECT_THAT(again(".  1:101(100) ack 1"), HasSubstr("(the same as packet 4, 1 s before)"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("(원래 패킷: 4, 1 s 전)"));
  EXPECT_THAT(again(".  111:121(10) ack 1"), HasSubstr("(a part of packet 5)"));
  EXPECT_THAT(again(".  51:151(100) ack 1"), HasSubstr("(numbers of the packets 5 to 6)"));
}

TEST(CapturedTwice, IsAllThatIsToldOfTheFrame) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 1 id 7 \"hello\"");
  const Annotation told =
      in_english(talk.wait(-std::chrono::microseconds(900)).client("P. 1:6(5) ack 1 id 7 \"hello\""));
  EXPECT_EQ(told.headline, "captured twice, data");
  EXPECT_EQ(told.text, "The capture holds this packet twice (the same as packet 4); it was sent once.");
}

TEST(Copy, OfASynWithOtherOptionsIsNotTheSame) {
  Talk talk;
  talk.client("S  0:0(0) <wscale 7>");
  talk.wait(std::chrono::seconds(1)).client("S  0:0(0) <wscale 7>");
  EXPECT_THAT(in_english(talk.last()).text, HasSubstr("(the same as packet 1, 1 s before)"));
  talk.wait(std::chrono::seconds(2)).client("S  0:0(0)");
  EXPECT_THAT(in_english(talk.last()).text, HasSubstr("(the number of packet 2, with other options)"));
}

TEST(Copy, OfTheRestSaysHowMuchOfThePacketHadArrived) {
  Talk talk = established();
  talk.client(".  1:101(100) ack 1");
  talk.server(".  1:1(0) ack 81");
  talk.wait(std::chrono::seconds(1)).client(".  81:101(20) ack 1");
  EXPECT_THAT(
      in_english(talk.last()).text,
      HasSubstr(
          "Of packet 4 only what lies before number 81 had arrived: most likely the network card split large packets"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("번호 81 앞까지만"));
  EXPECT_EQ(talk.finish().at(0).delivered_in_part, 1u);
}

TEST(SentAgain, TooSoonForATimerIsAnotherPacketByItsIdentification) {
  const auto again = [](std::chrono::microseconds later, std::string_view first, std::string_view second) {
    Talk talk = established();
    talk.client("F. 1:1(0) ack 1 " + std::string(first));
    return talk.wait(later - std::chrono::milliseconds(1)).client("F. 1:1(0) ack 1 " + std::string(second));
  };
  using std::chrono_literals::operator""us;
  const Observation soon = again(90us, "id 7", "id 8");
  EXPECT_THAT(in_english(soon).text,
              HasSubstr("(the same as packet 4, 90 us before). That is too soon for a timer, and nothing asked"));
  EXPECT_THAT(in_korean(soon).text, HasSubstr("타이머로 재전송했다기에는 너무 빠르고"));
  EXPECT_THAT(in_english(again(90'000us, "id 7", "id 8")).text, Not(HasSubstr("too soon")));
  EXPECT_THAT(in_english(again(150us, "", "")).text, Not(HasSubstr("too soon")));
}

TEST(SentAgain, SoonAfterTheOtherEndHasSpokenMayBeAskedFor) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1 id 7");
  talk.wait(std::chrono::microseconds(-900)).server(".  1:1(0) ack 1 id 3");
  const Annotation told = in_english(talk.wait(std::chrono::microseconds(-900)).client("P. 1:101(100) ack 1 id 8"));
  EXPECT_THAT(told.text, Not(HasSubstr("too soon")));
}

}  // namespace
}  // namespace echolab::capture
