// The options and the flags that need a word.
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

/// The last packet, if it had these options.
Observation with_options(const Talk& talk, const TcpOptions& options) {
  Observation seen = talk.last();
  std::get<Segment>(seen.decoded).options = options;
  return seen;
}

TEST(Options, SayWhatAFastOpenCookieIsFor) {
  Talk talk;
  talk.client("S 0:0(0)");
  EXPECT_THAT(in_english(with_options(talk, {.fast_open_cookie = 0})).text,
              HasSubstr("It asks for a Fast Open cookie"));
  EXPECT_THAT(in_english(with_options(talk, {.fast_open_cookie = 8})).text,
              HasSubstr("It brings a Fast Open cookie of 8 bytes"));
  const Observation experiment = with_options(talk, {.fast_open_cookie = 0, .fast_open_by_experiment = true});
  EXPECT_THAT(in_english(experiment).text, HasSubstr("its experimental form (kind 254, RFC 6994)"));
  EXPECT_THAT(in_english(with_options(talk, {})).text, Not(HasSubstr("Fast Open")));
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(in_english(with_options(talk, {.fast_open_cookie = 8})).text,
              HasSubstr("It gives a Fast Open cookie of 8 bytes: with that the client's next SYN can carry data"));
  EXPECT_THAT(in_korean(with_options(talk, {.fast_open_cookie = 8})).text, HasSubstr("8바이트짜리 Fast Open cookie"));
}

TEST(Options, AScaleBeyondItsLimitHasTheLimitsFactor) {
  Talk talk;
  talk.client("S 0:0(0)");
  EXPECT_THAT(in_english(with_options(talk, {.window_scale = 7})).text, HasSubstr("window scale 7 (x128)"));
  EXPECT_THAT(in_english(with_options(talk, {.window_scale = 255})).text,
              HasSubstr("window scale 255 is above the maximum of 14 and counts as 14: x16384 (RFC 7323 2.3)"));
  EXPECT_THAT(in_korean(with_options(talk, {.window_scale = 255})).text, HasSubstr("최댓값 14를 넘어 14로 봅니다"));
}

TEST(Options, OfAHeaderThatTheCaptureCutAreNotAll) {
  Talk talk;
  talk.client("S 0:0(0)");
  EXPECT_THAT(in_english(with_options(talk, {.maximum_segment_size = 1460, .cut = 6})).text,
              HasSubstr("It offers MSS 1460. The last 6 bytes of the TCP header are not in the capture"));
  EXPECT_THAT(in_english(with_options(talk, {.maximum_segment_size = 1460})).text, Not(HasSubstr("lacks")));
}

TEST(Options, TheOneThatTheCaptureEndsInsideIsNamed) {
  Talk talk;
  talk.client("S 0:0(0)");
  const Observation last = with_options(talk, {.cut = 30, .cut_kind = 48, .cut_length = 40, .cut_is_last = true});
  EXPECT_THAT(in_english(last).text, HasSubstr("inside the last option (?, kind 48), which says it takes 40 bytes"));
  EXPECT_THAT(in_english(last).text, Not(HasSubstr("more options")));
  EXPECT_THAT(
      in_english(with_options(talk, {.cut = 8, .cut_kind = 8, .cut_length = 10})).text,
      HasSubstr("inside an option (timestamps, kind 8) that says it takes 10 bytes; the last 8 bytes of the TCP "
                "header are missing: whether there were more options is not known"));
}

Observation with_flags(const Talk& talk, std::uint16_t bits) {
  Observation seen = talk.last();
  std::get<Segment>(seen.decoded).flags.bits |= bits;
  return seen;
}

TEST(Flags, ThatStandNowhereInTheHandshakeAreNamed) {
  Talk talk;
  const Observation syn = talk.client("S 0:0(0)");
  constexpr std::uint16_t ece_and_cwr = TcpFlags::ece_bit | TcpFlags::cwr_bit;
  EXPECT_THAT(in_english(with_flags(talk, TcpFlags::ae_bit | ece_and_cwr)).text, Not(HasSubstr("The flag AE")));
  talk.server("S. 0:0(0) ack 1");
  talk.client(". 1:1(0) ack 1");
  EXPECT_THAT(in_english(talk.last()).text, Not(HasSubstr("The flag AE")));
  EXPECT_THAT(in_english(with_flags(talk, TcpFlags::ae_bit)).text, HasSubstr("The flag AE (the letter e) belongs to"));
  EXPECT_THAT(in_english(talk.last()).text, Not(HasSubstr("Reserved bits")));
  EXPECT_THAT(in_english(with_flags(talk, 0x200)).text, HasSubstr("Reserved bits of its header are set"));
}

TEST(Ecn, ThatTheSynAsksForAndTheAnswerDoesNotTakeUpIsTold) {
  const auto answered = [](std::string_view syn, std::string_view answer) {
    Talk talk;
    talk.client(syn);
    return in_english(talk.server(answer)).text;
  };
  EXPECT_THAT(answered("SEW 0:0(0)", "S. 0:0(0) ack 1"), HasSubstr("does not take up the ECN that the SYN asked for"));
  EXPECT_THAT(answered("SEW 0:0(0)", "S.E 0:0(0) ack 1"), Not(HasSubstr("does not take up")));
  EXPECT_THAT(answered("S 0:0(0)", "S. 0:0(0) ack 1"), Not(HasSubstr("does not take up")));
}

TEST(Options, SackBlocksInASynMeanNothing) {
  Talk talk;
  talk.client("S 0:0(0)");
  EXPECT_THAT(in_english(with_options(talk, {.sack_blocks = 1})).text, HasSubstr("The SACK block in it means nothing"));
  const std::string two = in_english(with_options(talk, {.sack_blocks = 2})).text;
  EXPECT_THAT(two, HasSubstr("The 2 SACK blocks in it mean nothing"));
  EXPECT_THAT(two, StartsWith("The client asks for a connection: CLOSED -> SYN_SENT."));  // no program did
}

TEST(Flags, OfAFinThatLacksItsAckAreToldAsThat) {
  Talk talk = established();
  EXPECT_THAT(in_english(talk.client("F 1:1(0)")).text, StartsWith("A FIN without an ACK means nothing"));
  EXPECT_THAT(in_english(talk.client("SF 1:1(0)")).text, HasSubstr("Flags that do not go together"));
}

TEST(Options, OfAKnownKindWithAWrongLengthAreNamed) {
  Talk talk;
  talk.client("S 0:0(0)");
  EXPECT_THAT(in_english(with_options(talk, {.misshapen_kind = 8, .misshapen_length = 8})).text,
              HasSubstr("The timestamps option (kind 8) says that it takes 8 bytes, but it must take 10"));
  EXPECT_THAT(in_korean(with_options(talk, {.misshapen_kind = 3})).text, HasSubstr("window scale 옵션(kind 3)"));
}

}  // namespace
}  // namespace echolab::capture
