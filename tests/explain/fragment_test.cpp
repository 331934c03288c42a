// A fragment's place in its packet, and what keeps the packet from being whole.
#include <gmock/gmock.h>

#include "tests/explain/told.hpp"
#include "tests/track/talk.hpp"

namespace echolab::capture {
namespace {

using test::established;
using test::Talk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr Fragment first_of_two{
    .identification = 0x9c89, .offset = 0, .length = 1480, .largest = 65515, .protocol = 17, .more = true};
constexpr Fragment last_of_two{
    .identification = 0x9c89, .offset = 1480, .length = 20, .largest = 65515, .protocol = 17, .more = false};

TEST(Fragments, ADatagramIsAsLongAsItsHeaderSaysAndItsFirstFragmentHasAShareOfIt) {
  Observation seen = datagram(3, Side::client, 9401);
  auto& sent = std::get<Datagram>(seen.decoded);
  sent.absent = 9401, sent.ip.fragment = first_of_two;
  seen.notes.add(Note::fragment);
  const Annotation told = in_english(seen);
  EXPECT_EQ(told.headline, "datagram, first fragment");
  EXPECT_THAT(told.text, StartsWith("The client sends 9401 bytes."));
  EXPECT_THAT(told.text,
              HasSubstr("The UDP header says 9409 bytes, 8 of its own and 9401 of data: this fragment carries 0 of"));
  EXPECT_TRUE(told.text.ends_with("Bytes 0 up to 1480 of the UDP packet with the identification 0x9c89; more follow."))
      << told.text;
}

TEST(Fragments, ASegmentsFirstOneCountsOnlyWhatItHolds) {
  Talk talk = established();
  Observation seen = talk.client("P. 1:1001(1000) ack 1");
  std::get<Segment>(seen.decoded).ip.fragment = first_of_two;
  seen.notes.add(Note::fragment);
  EXPECT_THAT(in_english(seen).text, HasSubstr("only the data in this fragment is counted"));
}

TEST(Fragments, ALaterOneIsItsPlaceInThePacketAndNothingElse) {
  Other later{.kind = Other::Kind::fragment, .number = 17, .ip = {.fragment = last_of_two}};
  const Annotation told = in_english(alone(later, {Note::fragment}));
  EXPECT_EQ(told.headline, "later fragment");
  EXPECT_EQ(told.text, "Bytes 1480 up to 1500 of UDP packet 0x9c89, the last ones.");
  EXPECT_THAT(told.advice, ElementsAre(HasSubstr("same identification")));
}

TEST(Fragments, TheFirstOneOfAPingIsOne) {
  Other ping{.kind = Other::Kind::icmp, .number = 8, .ip = {.fragment = first_of_two}};
  ping.ip.fragment->protocol = 1;
  const Annotation told = in_english(alone(ping, {Note::fragment}));
  EXPECT_EQ(told.headline, "ICMP echo request, first fragment");
  EXPECT_THAT(told.text,
              HasSubstr("Bytes 0 up to 1480 of the ICMP packet with the identification 0x9c89; more follow."));
  EXPECT_EQ(in_korean(alone(ping)).headline, "ICMP echo request, 첫 fragment");
}

TEST(Fragments, OneThatEndsInsideTheHeaderSaysWhyItHasNoPorts) {
  const Annotation told =
      in_english(alone(Other{.kind = Other::Kind::fragment, .number = 6, .ip = {.fragment = first_of_two}}));
  EXPECT_EQ(told.headline, "TCP, first fragment");
  EXPECT_THAT(told.text, StartsWith("Not all of the TCP header is in it"));
}

TEST(Fragments, ThoseThatCannotBePutTogetherAreSaidTo) {
  Other later{.kind = Other::Kind::fragment, .number = 17, .ip = {.fragment = last_of_two}};
  later.ip.fragment->offset = 65512;
  EXPECT_THAT(in_english(alone(later)).text, HasSubstr("beyond the 65515 bytes"));
  later.ip.fragment->offset = 8, later.ip.fragment->length = 13, later.ip.fragment->more = true;
  EXPECT_THAT(in_english(alone(later)).text, HasSubstr("not a multiple of 8"));
}

Observation later_of(bool v6, const FragmentView& view) {
  Other later{.kind = Other::Kind::fragment, .number = 17, .v6 = v6, .ip = {.fragment = last_of_two}};
  later.ip.fragment->v6 = v6;
  Observation seen = alone(later, {Note::fragment});
  seen.fragment = view;
  return seen;
}

TEST(Fragments, ACopyIsToldApartFromOtherBytesInTheSamePlace) {
  using Content = FragmentView::Overlap::Content;
  const auto told = [](Content content, bool v6, bool whole = true) {
    const Observation seen = later_of(v6, {.overlap = {{6, {408, 808}, whole, content}}});
    EXPECT_THAT(in_korean(seen).text, HasSubstr("패킷 6번"));
    return in_english(seen).text;
  };
  EXPECT_THAT(told(Content::same, true), HasSubstr("The same bytes came before (packet 6): a copy"));
  EXPECT_THAT(told(Content::unknown, true), HasSubstr("whether they are the same, this capture does not show"));
  EXPECT_THAT(told(Content::different, true),
              HasSubstr("Bytes 408 up to 808 came before (packet 6), with different content"));
  EXPECT_THAT(told(Content::different, true),
              HasSubstr("must discard the whole packet and should send no error about it. Whether it did,"));
  EXPECT_THAT(told(Content::unknown, true, false), HasSubstr("begins or ends elsewhere: by RFC 8200 4.5"));
  EXPECT_THAT(told(Content::same, true, false), HasSubstr("or ends elsewhere, with the same content: by RFC 8200 4.5"));
  EXPECT_THAT(told(Content::different, true, false),
              HasSubstr("or ends elsewhere, with different content: by RFC 8200 4.5"));
  EXPECT_THAT(told(Content::different, false), HasSubstr("by RFC 791 3.2 the later bytes would count, but"));
}

TEST(Fragments, ThatDisagreeOnTheEndNameBothEnds) {
  using Kind = FragmentView::Disagreement::Kind;
  const auto told = [](Kind kind) { return in_english(later_of(false, {.disagreement = {{kind, 7, 700}}})).text; };
  EXPECT_THAT(told(Kind::two_ends), HasSubstr("the last fragment in packet 7 ended it at byte 700"));
  EXPECT_THAT(told(Kind::end_passed), HasSubstr("packet 7 brought bytes up to 700: it cannot be reassembled"));
  EXPECT_THAT(told(Kind::beyond_end), HasSubstr("packet 7 ended packet 0x9c89 at byte 700"));
}

TEST(Fragments, TheOneThatFillsTheLastHoleSaysThatThePacketIsComplete) {
  const Observation seen = later_of(false, {.completes = 9409});
  EXPECT_THAT(in_english(seen).text, HasSubstr("With it packet 0x9c89 is complete: 9409 bytes."));
  EXPECT_THAT(in_korean(seen).text, HasSubstr("패킷 0x9c89의 9409바이트가 모두 모였습니다."));
  Observation first = seen;
  std::get<Other>(first.decoded).ip.fragment = first_of_two;
  EXPECT_THAT(in_english(first).text,
              HasSubstr("more follow. The others came before it; now packet 0x9c89 is complete: 9409 bytes."));
}

TEST(Fragments, TheLastOneNamesTheFirstHole) {
  const FragmentView view{.hole = Stretch{65520, 65528}};
  EXPECT_THAT(in_english(later_of(true, view)).text, HasSubstr("Bytes 65520 up to 65528 have not come yet."));
}

TEST(Fragments, InsideOneAnotherAreCounted) {
  Other outer{.kind = Other::Kind::fragment, .number = 17, .v6 = true, .ip = {.fragment = last_of_two}};
  outer.ip.fragment_headers = 2;
  EXPECT_THAT(in_english(alone(outer)).text,
              HasSubstr("It has 2 fragment headers, one after another; there should be only one"));
  EXPECT_THAT(in_korean(alone(outer)).text, HasSubstr("fragment 헤더가 2개 이어져 있습니다."));
}

TEST(Fragments, InAChainThatIsTooLongMakeNoWholePacket) {
  Other chain{.kind = Other::Kind::chain_too_long, .number = 44, .v6 = true};
  EXPECT_THAT(in_english(alone(chain)).text, HasSubstr("More headers stand in a row than are followed here"));
  chain.ip.atomic_fragment = true;  // says the last one that was read
  EXPECT_THAT(in_english(alone(chain)).text, Not(HasSubstr("though it is whole")));
}

TEST(AnUnfinishedPacket, IsOneLineThatSaysWhatIsMissingOrWrong) {
  using Why = UnfinishedPacket::Why;
  UnfinishedPacket packet{.identification = 0xfacef105,
                          .protocol = 58,
                          .v6 = true,
                          .fragments = 48,
                          .first_frame = 5,
                          .frame = 9,
                          .hole = {65520, 65528}};
  packet.source.version = packet.destination.version = IpAddress::Version::v6;
  const auto told = [&packet](Why why) {
    packet.why = why;
    EXPECT_THAT(sentence(packet, Language::ko), StartsWith("ICMPv6 패킷 0xfacef105(:: > ::, fragment "));
    return sentence(packet, Language::en);
  };
  EXPECT_EQ(told(Why::incomplete),
            "ICMPv6 packet 0xfacef105, :: > ::, 48 fragments from packet 5 on: bytes 65520 up to 65528 are not in this "
            "capture; without them it cannot be reassembled.");
  EXPECT_THAT(
      told(Why::overlap),
      HasSubstr("fragments overlap (packet 9), so a receiver must discard the whole packet and should send no error"));
  packet.uneven = true;
  EXPECT_THAT(told(Why::disagreement), HasSubstr("disagree on where it ends (packet 9)"));
  EXPECT_THAT(told(Why::unfit),
              HasSubstr("packet 9 is a fragment that no packet can have (a length that is not a multiple of 8 though"));
  packet.uneven = false;
  EXPECT_THAT(told(Why::unfit), HasSubstr("no packet can have (an end beyond the largest packet)"));
  packet.hole.end = packet.hole.offset, packet.fragments = 1;
  EXPECT_THAT(
      told(Why::incomplete),
      HasSubstr(
          "1 fragment from packet 5 on: the last fragment, and all from byte 65520 on, is not in this capture; so"));
  EXPECT_THAT(sentence(UnfinishedPacket{.why = Why::overlap}, Language::en), HasSubstr("receivers differ"));
}

TEST(Fragments, AnAtomicOneIsSaidToBeWhole) {
  Other ping{.kind = Other::Kind::icmp, .number = 128, .v6 = true, .ip = {.atomic_fragment = true}};
  EXPECT_EQ(in_english(alone(ping)).headline, "ICMPv6 echo request");
  EXPECT_THAT(in_english(alone(ping)).text, HasSubstr("though it is whole"));
}

}  // namespace
}  // namespace echolab::capture
