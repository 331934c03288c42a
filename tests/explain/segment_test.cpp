// Why a segment came, and what it shows of others: the sentences beside those of the states.
#include <gmock/gmock.h>

#include "tests/explain/told.hpp"
#include "tests/track/talk.hpp"

namespace echolab::capture {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""us;
using test::established;
using test::Talk;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST(Connect, IsShownByASynThatOffersWhatASocketOffers) {
  Talk talk;
  EXPECT_THAT(in_english(talk.client("S 0:0(0) <wscale 7>")).text, StartsWith("The client's program called connect()"));
  Talk bare, data;
  EXPECT_THAT(in_english(bare.client("S 0:0(0)")).text, StartsWith("The client asks for a connection: CLOSED"));
  EXPECT_THAT(in_english(data.client("S 0:5(5) <wscale 7>")).text, StartsWith("The client asks for a connection"));
}

TEST(Connect, IsShownByASynThatBringsDataWithACookie) {
  Talk talk;
  Observation seen = talk.client("S 0:5(5) <wscale 7>");
  EXPECT_THAT(in_english(seen).text, Not(HasSubstr("at once")));
  std::get<Segment>(seen.decoded).options.fast_open_cookie = 8;
  EXPECT_THAT(in_english(seen).text, StartsWith("The client's program called connect()"));
  EXPECT_THAT(in_english(seen).text,
              HasSubstr("Where its Fast Open cookie is right, the program gets the data at once"));
  EXPECT_THAT(in_korean(seen).text, HasSubstr("Fast Open cookie가 맞으면"));
  std::get<Segment>(seen.decoded).options.fast_open_cookie = 0;  // it only asks for one
  EXPECT_THAT(in_english(seen).text, Not(HasSubstr("at once")));
}

TEST(SimultaneousOpen, EachSynAckComesFromAnEndThatHasAskedItself) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S  0:0(0)");
  EXPECT_EQ(in_english(talk.client("S. 0:0(0) ack 1")).headline, "SYN,ACK: yes; I have asked, too");
  EXPECT_EQ(in_korean(talk.server("S. 0:0(0) ack 1")).headline, "SYN,ACK: 좋습니다. 이쪽도 이미 요청했습니다");
  Talk usual;
  usual.client("S  0:0(0)");
  EXPECT_EQ(in_english(usual.server("S. 0:0(0) ack 1")).headline, "SYN,ACK: yes, and may I too?");
}

Talk closed_by_client() {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("F. 1:1(0) ack 2");
  talk.client(".  2:2(0) ack 2");
  talk.renumber(77'000, 9'900'000);
  return talk;
}

TEST(PortReuse, InTimeWaitIsSaidToBeEarlyAndSafe) {
  Talk talk = closed_by_client();
  EXPECT_THAT(in_english(talk.client("S 0:0(0)")).text,
              HasSubstr("The client still held the earlier connection in TIME_WAIT"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("클라이언트에는 앞선 연결이 아직 TIME_WAIT로"));
  Talk other = established();
  other.server("F. 1:1(0) ack 1");
  other.client("F. 1:1(0) ack 2");
  other.server(".  2:2(0) ack 2");
  other.renumber(77'000, 9'900'000);
  EXPECT_THAT(in_english(other.client("S 0:0(0)")).text,
              HasSubstr("The server still held the earlier connection in TIME_WAIT. It may take a new one early"));
  Talk late = closed_by_client();
  EXPECT_THAT(in_english(late.wait(61s).client("S 0:0(0)")).text, Not(HasSubstr("TIME_WAIT")));
}

TEST(PortReuse, FindsTheOtherEndInTimeWaitWhereThatClosedFirst) {
  Talk talk = established();
  talk.server("F. 1:1(0) ack 1");
  talk.client("F. 1:1(0) ack 2");
  talk.server(".  2:2(0) ack 2");
  talk.renumber(77'000, 9'900'000);
  EXPECT_THAT(in_english(talk.client("S 0:0(0)")).text, HasSubstr("The server still held the earlier connection"));
}

TEST(SentAgain, IntoAFullWindowDoesNotFillIt) {
  Talk talk = established();
  talk.server(".  1:1(0) ack 1 win 100");
  EXPECT_THAT(in_english(talk.client("P. 1:101(100) ack 1")).text, HasSubstr("fills the server's window to the last"));
  const Annotation again = in_english(talk.wait(1s).client("P. 1:101(100) ack 1"));
  EXPECT_THAT(again.text, HasSubstr("The server's window is still full (100 bytes sent and not yet acknowledged)."));
  EXPECT_THAT(again.text, Not(HasSubstr("fills")));
}

Talk with_reports() {
  Talk talk;
  talk.client("S  0:0(0) <sackOK>");
  talk.server("S. 0:0(0) ack 1 <sackOK>");
  talk.client(".  1:1(0) ack 1");
  talk.client(".  1:101(100) ack 1");
  talk.client(".  101:201(100) ack 1");
  talk.client(".  201:301(100) ack 1");
  talk.client(".  301:401(100) ack 1");
  talk.server(".  1:1(0) ack 1 <sack 101:201 301:401>");
  return talk;
}

constexpr auto hole = "The server's SACK blocks show a hole here (RFC 6675).";

TEST(SentAgain, IntoAHoleThatReportsShowHasThatCause) {
  Talk talk = with_reports();
  EXPECT_THAT(in_english(talk.client(".  201:301(100) ack 1")).text, HasSubstr(hole));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("SACK 블록을 보면 이 자리가 비어 있습니다"));
}

TEST(SentAgain, LongAfterTheReportsIsATimers) {
  Talk talk = with_reports();
  EXPECT_THAT(in_english(talk.wait(300ms).client(".  201:301(100) ack 1")).text, Not(HasSubstr(hole)));
}

TEST(SentAgain, ThoughTheReportsHaveItFillsNoHole) {
  Talk talk = with_reports();
  EXPECT_THAT(in_english(talk.client(".  101:201(100) ack 1")).text, Not(HasSubstr(hole)));
}

TEST(SentAgain, TooSoonWithoutAnyPacketOfThePeerMayHaveBeenAskedFor) {
  Talk talk;
  talk.client("F. 1:1(0) ack 1 id 7");
  const Observation copy = talk.wait(-910us).client("F. 1:1(0) ack 1 id 8");
  EXPECT_THAT(in_english(copy).text, HasSubstr("whether the server asked for it is not known"));
  EXPECT_THAT(in_english(copy).text, Not(HasSubstr("nothing asked")));
}

TEST(SentAgain, AfterMoreThanAnyTimerHasNoHintOnTheAck) {
  const auto hints = [](Time::duration later) {
    Talk talk;
    talk.client("P. 1:101(100) ack 1");
    talk.server(".  1:1(0) ack 101");
    return in_english(talk.wait(later).client("P. 1:101(100) ack 1")).advice;
  };
  EXPECT_THAT(hints(100s), Contains(HasSubstr("the ACK that covered it")));
  EXPECT_THAT(hints(300s), Not(Contains(HasSubstr("the ACK that covered it"))));
}

TEST(NeverArrived, SeveralPacketsAreAList) {
  Talk talk = with_reports();
  talk.client(".  201:301(100) ack 1");
  EXPECT_THAT(in_english(talk.last()).text,
              HasSubstr("Packet 6 had no effect: lost on the way, or dropped by the receiver."));
  Talk close = established();
  close.client("P. 1:101(100) ack 1");
  close.client("P. 101:201(100) ack 1");
  EXPECT_THAT(in_english(close.wait(1s).client("P. 1:201(200) ack 1")).text,
              HasSubstr("Packets 4 and 5 had no effect"));
  EXPECT_THAT(in_korean(close.last()).text, HasSubstr("효력이 없던 패킷: 4, 5번."));
}

TEST(Window, ThatOpensAfterZeroSaysSoAndHasNoHint) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  const Annotation full = in_english(talk.server(". 1:1(0) ack 101 win 0"));
  EXPECT_THAT(full.text, StartsWith("The server has everything before number 101 (packet 4, 1 ms before)"));
  EXPECT_THAT(full.text, HasSubstr("The server's receive buffer is full"));
  const Annotation open = in_english(talk.server(". 1:1(0) ack 101 win 500"));
  EXPECT_THAT(open.text, HasSubstr("The server's window was 0: now the client may send again."));
  EXPECT_THAT(open.advice, IsEmpty());
  const Annotation other = in_english(talk.server(". 1:1(0) ack 101 win 400"));
  EXPECT_THAT(other.text, Not(HasSubstr("was 0 before")));
  EXPECT_THAT(other.advice, SizeIs(1));
}

TEST(CapturedTwice, APacketHasTheNameOfTheFirst) {
  const auto again = [](Talk& talk, std::string_view packet) {
    talk.client(packet);
    return in_english(talk.wait(-990us).client(packet)).headline;
  };
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  EXPECT_EQ(again(talk, ".  1:1(0) ack 1 id 7"), "captured twice, ACK: yes, we are connected");
  talk.client("P. 1:6(5) ack 1 id 8");
  talk.server(".  1:1(0) ack 6");
  EXPECT_EQ(again(talk, ".  5:5(0) ack 1 id 9"), "captured twice, keep-alive: are you still there?");
  talk.server("F. 1:1(0) ack 6");
  EXPECT_EQ(again(talk, ".  6:6(0) ack 2 id 10"), "captured twice, ACK: I have your FIN");
}

TEST(AnAck, ThatWasOvertakenIsKnownByItsTimestamp) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.client("P. 101:201(100) ack 1");
  EXPECT_THAT(in_english(talk.server(". 1:1(0) ack 201 <TS val 9 ecr 1>")).text, Not(HasSubstr("overtaken")));
  EXPECT_THAT(in_english(talk.server(". 1:1(0) ack 101 <TS val 8 ecr 1>")).text,
              HasSubstr("Its timestamp is older than that of a packet above it: it was overtaken on the way."));
  EXPECT_THAT(in_english(talk.server(". 1:1(0) ack 101 <TS val 9 ecr 1>")).text, Not(HasSubstr("overtaken")));
}

TEST(Numbers, ThatPassTheLargestAreSaidToOnceADirection) {
  Talk talk(4'294'967'000, 5'000'000);
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(in_english(talk.client("P. 1:101(100) ack 1")).text, Not(HasSubstr("4294967295")));
  EXPECT_THAT(in_english(talk.client("P. 101:401(300) ack 1")).text, HasSubstr("wraps from 4294967295 to 0"));
  EXPECT_THAT(in_english(talk.wait(1s).client("P. 101:401(300) ack 1")).text, Not(HasSubstr("4294967295")));
}

TEST(Gap, ThatIsNeverFilledMostLikelyArrived) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.client(".  101:201(100) ack 1");
  EXPECT_THAT(in_english(talk.wait(1s).client(".  201:301(100) ack 1")).text, Not(HasSubstr("has not come so far")));
  EXPECT_THAT(in_english(talk.wait(3s).client(".  301:401(100) ack 1")).text,
              HasSubstr("What was missing has not come in 4 s, nor has a retransmission: most likely"));
  EXPECT_THAT(in_english(talk.client(".  401:501(100) ack 1")).text, Not(HasSubstr("has not come so far")));
  Talk answered = established();
  answered.client(".  101:201(100) ack 1");
  answered.server(".  1:1(0) ack 1");  // it has not arrived
  EXPECT_THAT(in_english(answered.wait(4s).client(".  201:301(100) ack 1")).text, Not(HasSubstr("most likely it")));
}

TEST(Urgent, PointerBeyondTheSegmentIsSaidToBe) {
  Observation seen = established().client("P. 1:6(5) ack 1");
  auto& segment = std::get<Segment>(seen.decoded);
  segment.flags.bits |= TcpFlags::urg_bit;
  segment.urgent_pointer = 5;
  EXPECT_THAT(in_english(seen).text, Not(HasSubstr("urgent pointer")));
  segment.urgent_pointer = 6;
  EXPECT_THAT(in_english(seen).text, HasSubstr("Its urgent pointer (6) points beyond the 5 bytes of this segment"));
}

TEST(Reset, WithoutAnAckMostLikelyAnswersThePacketWithItsNumber) {
  const auto told = [](Time::duration later, std::string_view reset) {
    Talk talk = established();
    talk.server("P. 1:6(5) ack 1");
    talk.client("P. 1:101(100) ack 6");
    return in_english(talk.wait(later).server(reset)).text;
  };
  constexpr auto answers = "Its number is what packet 5 acknowledges, so most likely it answers that packet: the server no longer had";
  EXPECT_THAT(told(0ms, "R  6:6(0)"), HasSubstr(answers));
  EXPECT_THAT(told(0ms, "R  6:6(0)"), Not(HasSubstr("SO_LINGER")));
  EXPECT_THAT(told(0ms, "R. 6:6(0) ack 1"), Not(HasSubstr(answers)));
  EXPECT_THAT(told(1s, "R  6:6(0)"), Not(HasSubstr(answers)));
  Talk several = established();  // packet 3 has that number, too
  several.client("P. 1:101(100) ack 1");
  EXPECT_THAT(in_english(several.server("R  1:1(0)")).text, Not(HasSubstr("most likely it answers")));
}

}  // namespace
}  // namespace echolab::capture
