// Fragments beside those of their packet that came before: RFC 791 3.2, RFC 8200 4.5.
#include "capture/track/fragments.hpp"

#include <gmock/gmock.h>

#include <string_view>
#include <vector>

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using namespace std::chrono_literals;
using Why = UnfinishedPacket::Why;
using Content = FragmentView::Overlap::Content;
using Kind = FragmentView::Disagreement::Kind;

IpAddress host(std::uint8_t last) { return {.bytes = {10, 0, 0, last}}; }

Fragment from(std::uint32_t offset, std::string_view bytes, bool more = true, std::uint32_t identification = 1) {
  return {.identification = identification,
          .offset = offset,
          .length = static_cast<std::uint32_t>(bytes.size()),
          .largest = 65515,
          .protocol = 17,
          .more = more,
          .captured = std::as_bytes(std::span(bytes))};
}
Fragment last(std::uint32_t offset, std::string_view bytes, std::uint32_t identification = 1) {
  return from(offset, bytes, false, identification);
}

constexpr std::string_view eight = "01234567", other_eight = "abcdefgh", sixteen = "0123456789abcdef", three = "xyz";

/// Host 1 sends to host 2, a millisecond between two fragments; frames count from 1.
struct Wire {
  std::vector<UnfinishedPacket> unfinished;
  FragmentedPackets packets{1, [this](const UnfinishedPacket& packet) { unfinished.push_back(packet); }};
  std::uint64_t frame = 0;
  Time now{1'700'000'000s};

  TakenFragment carries(const IpInfo& ip, std::uint8_t sender = 1) {
    return packets.take(host(sender), host(2), ip, {++frame, now += 1ms});
  }
  TakenFragment carries(const Fragment& piece, std::uint8_t sender = 1) {
    return carries(IpInfo{.ttl = 64, .fragment = piece}, sender);
  }
  const std::vector<UnfinishedPacket>& end() {
    packets.finish();
    return unfinished;
  }
};

TEST(AFragment, ThatFillsTheLastHoleCompletesItsPacket) {
  Wire wire;
  EXPECT_FALSE(wire.carries(from(0, sixteen)).completes);
  EXPECT_EQ(wire.carries(last(16, three)).completes, 19u);
  EXPECT_THAT(wire.end(), testing::IsEmpty());
}

TEST(AFragment, MayComeInAnyOrderAndTheLastOneNamesTheFirstHole) {
  Wire wire;
  const TakenFragment tail = wire.carries(last(16, three));
  EXPECT_EQ(tail.hole, (Stretch{0, 16}));
  EXPECT_FALSE(tail.completes);
  EXPECT_FALSE(wire.carries(from(8, eight)).completes);
  EXPECT_EQ(wire.carries(from(0, eight)).completes, 19u);
}

TEST(AFragment, OfAnotherSenderOrIdentificationFillsNothing) {
  Wire wire;
  wire.carries(from(0, eight));
  EXPECT_EQ(wire.carries(last(8, three, 2)).hole, (Stretch{0, 8}));
  EXPECT_EQ(wire.carries(last(8, three), 3).hole, (Stretch{0, 8}));
  EXPECT_EQ(wire.carries(last(8, three)).completes, 11u);
  EXPECT_EQ(wire.end().size(), 2u);
}

TEST(AFragment, OfIpv4BelongsToItsProtocolAndOneOfIpv6ToItsIdentificationAlone) {
  for (const bool v6 : {false, true}) {
    Wire wire;
    Fragment head = from(0, eight), tail = last(8, three);
    head.v6 = tail.v6 = v6;
    tail.protocol = 60;
    wire.carries(head);
    EXPECT_EQ(wire.carries(tail).completes.has_value(), v6);
  }
}

TEST(AFragment, ThatCameBeforeIsACopyAndSpoilsNothing) {
  Wire wire;
  wire.carries(from(0, eight));
  const TakenFragment copy = wire.carries(from(0, eight));
  ASSERT_TRUE(copy.overlap);
  EXPECT_EQ(copy.overlap->frame, 1u);
  EXPECT_TRUE(copy.overlap->is_copy());
  EXPECT_EQ(copy.overlap->content, Content::same);
  EXPECT_EQ(wire.carries(last(8, three)).completes, 11u);
  EXPECT_TRUE(wire.carries(last(8, three)).overlap);  // captured twice
  EXPECT_THAT(wire.end(), testing::IsEmpty());
}

TEST(AFragment, WithOtherContentInTheSamePlaceSpoilsItsPacket) {
  Wire wire;
  wire.carries(from(0, eight));
  const TakenFragment again = wire.carries(from(0, other_eight));
  EXPECT_EQ(again.overlap->content, Content::different);
  EXPECT_FALSE(again.overlap->is_copy());
  EXPECT_FALSE(wire.carries(last(8, three)).completes);
  ASSERT_EQ(wire.end().size(), 1u);
  EXPECT_EQ(wire.unfinished[0].why, Why::overlap);
  EXPECT_EQ(wire.unfinished[0].frame, 2u);
}

TEST(AFragment, WhoseBytesWereNotAllCapturedIsNotSaidToBeTheSame) {
  Wire wire;
  wire.carries(from(0, eight));
  Fragment cut = from(0, eight);
  cut.captured = cut.captured.first(4);
  EXPECT_EQ(wire.carries(cut).overlap->content, Content::unknown);
  EXPECT_EQ(wire.carries(last(8, three)).completes, 11u);  // as far as is known it is a copy
}

TEST(AFragment, ThatOverlapsInPartNamesTheBytesThatBothHave) {
  Wire wire;
  wire.carries(from(0, sixteen));
  const TakenFragment view = wire.carries(last(8, sixteen));
  EXPECT_EQ(view.overlap->stretch, (Stretch{8, 16}));
  EXPECT_FALSE(view.overlap->is_copy());
  EXPECT_FALSE(view.completes);
}

TEST(AFragment, ThatOverlapsInPartIsComparedWhereBothHaveBytes) {
  const auto content = [](const Fragment& first, const Fragment& second) {
    Wire wire;
    wire.carries(first);
    return wire.carries(second).overlap.value().content;
  };
  EXPECT_EQ(content(from(0, sixteen), last(8, "89abcdefXYZ")), Content::same);
  EXPECT_EQ(content(from(0, sixteen), last(8, "89abcdeXXYZ")), Content::different);
  EXPECT_EQ(content(last(8, three), from(0, "01234567xyzdefgh")), Content::same);
  EXPECT_EQ(content(last(8, three), from(0, "01234567xyZdefgh")), Content::different);
  EXPECT_EQ(content(from(0, sixteen), last(8, "9")), Content::different);
  Fragment cut = from(0, sixteen);
  cut.captured = cut.captured.first(12);
  EXPECT_EQ(content(cut, last(8, "89abcdefXYZ")), Content::unknown);
  EXPECT_EQ(content(last(8, "89abcdefXYZ"), cut), Content::unknown);
}

TEST(WhatIsKept, OfBytesIsBoundedAndWholePacketsGiveTheirsBack) {
  const std::string large(32768, 'x');
  const auto compared = [&large](bool whole) {
    Wire wire;
    constexpr std::uint32_t many = 2 * FragmentedPackets::most_bytes / 32768;
    for (std::uint32_t i = 2; i < many; ++i) {
      wire.carries(from(0, large, true, i));
      if (whole) wire.carries(last(32768, three, i));
    }
    wire.carries(from(0, sixteen));
    return wire.carries(last(8, eight)).overlap.value().content;
  };
  EXPECT_EQ(compared(false), Content::unknown);
  EXPECT_EQ(compared(true), Content::different);
}

TEST(AFragment, ThatFollowsAnotherDoesNotOverlapIt) {
  Wire wire;
  wire.carries(from(0, eight));
  EXPECT_FALSE(wire.carries(from(8, eight)).overlap);
}

TEST(TheEnd, IsDisputedByASecondLastFragment) {
  Wire wire;
  wire.carries(last(8, three));
  const TakenFragment view = wire.carries(last(16, three));
  EXPECT_EQ(view.disagreement->kind, Kind::two_ends);
  EXPECT_EQ(view.disagreement->frame, 1u);
  EXPECT_EQ(view.disagreement->end, 11u);
  EXPECT_EQ(wire.end().at(0).why, Why::disagreement);
}

TEST(TheEnd, IsDisputedByBytesThatCameFromBehindIt) {
  Wire wire;
  wire.carries(from(0, eight));
  wire.carries(from(16, eight));
  const TakenFragment view = wire.carries(last(8, three));
  EXPECT_EQ(view.disagreement->kind, Kind::end_passed);
  EXPECT_EQ(view.disagreement->frame, 2u);
  EXPECT_EQ(view.disagreement->end, 24u);
}

TEST(TheEnd, IsDisputedByAFragmentThatGoesBeyondIt) {
  Wire wire;
  wire.carries(last(8, eight));
  EXPECT_EQ(wire.carries(from(16, eight)).disagreement->kind, Kind::beyond_end);
  EXPECT_FALSE(wire.carries(from(0, eight)).completes);
}

TEST(AnUnfinishedPacket, TellsItsFirstHole) {
  Wire wire;
  wire.carries(from(0, eight));
  wire.carries(last(16, three));
  const UnfinishedPacket packet = wire.end().at(0);
  EXPECT_EQ(packet.why, Why::incomplete);
  EXPECT_EQ(packet.hole, (Stretch{8, 16}));
  EXPECT_EQ(packet.fragments, 2u);
  EXPECT_EQ(packet.first_frame, 1u);
}

TEST(AnUnfinishedPacket, WithoutItsLastFragmentHasAHoleWithoutAnEnd) {
  Wire wire;
  wire.carries(from(0, eight));
  EXPECT_EQ(wire.end().at(0).hole, (Stretch{8, 8}));
}

TEST(AnUnfinishedPacket, MayHaveAFragmentThatFitsNowhere) {
  Wire wire;
  wire.carries(from(0, three));  // no other can begin at byte 3
  EXPECT_FALSE(wire.carries(last(3, three)).completes);
  EXPECT_EQ(wire.packets.find(host(1), host(2), from(0, three)), (QuotedFragment{1, true}));
  EXPECT_EQ(wire.end().at(0).why, Why::unfit);
  EXPECT_TRUE(wire.unfinished[0].uneven);
  EXPECT_FALSE(wire.unfinished[0].beyond_largest);

  Wire death;
  death.carries(last(65512, eight));
  EXPECT_FALSE(death.end().at(0).uneven);
  EXPECT_TRUE(death.unfinished[0].beyond_largest);
}

TEST(AnUnfinishedPacket, WhoseFragmentsOverlapMayDisagreeOnItsEndToo) {
  Wire wire;
  wire.carries(from(0, eight));
  wire.carries(from(8, eight));
  wire.carries(last(0, three));
  ASSERT_EQ(wire.end().size(), 1u);
  EXPECT_EQ(wire.unfinished[0].why, Why::overlap);
  EXPECT_EQ(wire.unfinished[0].disputed, 3u);
}

TEST(AnUnfinishedPacket, TellsAllThatFitsNowhereAndAllThatIsMissingBetween) {
  Wire wire;
  wire.carries(from(0, eight));
  wire.carries(from(16, three));
  wire.carries(from(16, three));
  wire.carries(from(24, three));
  wire.carries(last(32, three));
  EXPECT_EQ(wire.packets.find(host(1), host(2), from(16, three)), (QuotedFragment{3, true}));
  const UnfinishedPacket packet = wire.end().at(0);
  EXPECT_THAT(packet.unfit, testing::ElementsAre(2, 3, 4));
  EXPECT_THAT(packet.holes, testing::ElementsAre(Stretch{8, 16}, Stretch{19, 24}, Stretch{27, 32}));
}

TEST(AnUnfinishedPacket, OfVeryManyThatFitNowhereIsFollowedNoFurther) {
  Wire wire;
  for (std::size_t i = 0; i <= FragmentedPackets::most_pieces; ++i) wire.carries(from(0, three));
  const UnfinishedPacket packet = wire.end().at(0);
  EXPECT_EQ(packet.unfit.size(), FragmentedPackets::most_pieces);
  EXPECT_THAT(packet.holes, testing::IsEmpty());
}

TEST(AnUnfinishedPacket, GivesItsIdentificationFreeAfterAMinute) {
  Wire wire;
  wire.carries(from(0, eight));
  wire.now += 61s;
  EXPECT_FALSE(wire.carries(last(8, three)).completes);
  EXPECT_EQ(wire.unfinished.size(), 1u);
  EXPECT_EQ(wire.end().size(), 2u);
}

TEST(AWholePacket, GivesItsIdentificationFreeAtOnce) {
  Wire wire;
  wire.carries(from(0, eight));
  wire.carries(last(8, three));
  EXPECT_FALSE(wire.carries(from(0, other_eight)).overlap);
  EXPECT_EQ(wire.carries(last(8, three)).completes, 11u);
  EXPECT_THAT(wire.end(), testing::IsEmpty());
}

TEST(WhatIsKept, IsBoundedAndTheOldestGoesFirst) {
  Wire wire;
  for (std::uint32_t id = 0; id <= FragmentedPackets::most_packets; ++id) wire.carries(from(0, eight, true, id));
  ASSERT_EQ(wire.unfinished.size(), 1u);
  EXPECT_EQ(wire.unfinished[0].identification, 0u);
}

TEST(WhatIsKept, OfAPacketInVeryManyPiecesIsNothing) {
  Wire wire;
  for (std::uint32_t i = 0; i <= FragmentedPackets::most_pieces; ++i) wire.carries(from(8 * i, eight));
  EXPECT_FALSE(wire.carries(from(0, eight)).overlap);
  EXPECT_THAT(wire.end(), testing::IsEmpty());  // nothing is known of it, so nothing is claimed
}

// Packets 0xa, 0xb and 0xc, of which each fragment header takes 8 bytes.
Fragment of_v6(Fragment piece, std::uint8_t protocol = 58) {
  piece.v6 = true, piece.protocol = protocol, piece.largest = 65535;
  return piece;
}
constexpr std::uint8_t fragment_header = 44;
constexpr std::string_view twenty_four = "0123456789abcdef01234567";

/// The first fragment of 0xa, 24 bytes, and in it the first 16 bytes of 0xb.
IpInfo b_begins_in_a(bool more = true) {
  IpInfo ip{.ttl = 64, .fragment = of_v6(from(0, twenty_four, true, 0xa), fragment_header)};
  ip.inner_slots[0] = of_v6(from(0, sixteen, more, 0xb));
  ip.inner_count = 1, ip.last_identification = 0xb;
  return ip;
}
/// The same, and in the 16 bytes of 0xb the first 8 of 0xc.
IpInfo c_begins_in_b_in_a() {
  IpInfo ip = b_begins_in_a();
  ip.inner_slots[0].protocol = fragment_header;
  ip.inner_slots[1] = of_v6(from(0, eight, true, 0xc));
  ip.inner_count = 2, ip.last_identification = 0xc;
  return ip;
}
Fragment end_of_a() { return of_v6(last(24, eight, 0xa)); }

TEST(APacketInsideAnother, TakesItsPlaceWhenThatIsComplete) {
  Wire wire;
  wire.carries(b_begins_in_a());
  const TakenFragment end = wire.carries(end_of_a());
  EXPECT_EQ(end.completes, 32u);
  ASSERT_EQ(end.held.size(), 1u);
  EXPECT_EQ(end.held[0].piece.identification, 0xbu);
  EXPECT_EQ(end.held[0].piece.offset, 0u);
  EXPECT_EQ(end.held[0].piece.end(), 24u);
  EXPECT_FALSE(end.held[0].beside.completes);
  EXPECT_EQ(wire.carries(of_v6(last(24, three, 0xb))).completes, 27u);
  EXPECT_THAT(wire.end(), testing::IsEmpty());
}

TEST(APacketInsideAnother, IsCompletedByItWhereTheRestCameBefore) {
  Wire wire;
  wire.carries(b_begins_in_a());
  EXPECT_FALSE(wire.carries(of_v6(last(24, three, 0xb))).hole);  // it may well stand in the rest of 0xa
  EXPECT_EQ(wire.carries(end_of_a()).held.at(0).beside.completes, 27u);
  EXPECT_THAT(wire.end(), testing::IsEmpty());
}

TEST(APacketInsideAnother, MayHoldAThirdOne) {
  Wire wire;
  wire.carries(c_begins_in_b_in_a());
  EXPECT_EQ(wire.carries(end_of_a()).held.at(0).piece.identification, 0xbu);
  const TakenFragment end_of_b = wire.carries(of_v6(last(24, eight, 0xb)));
  EXPECT_EQ(end_of_b.completes, 32u);
  ASSERT_EQ(end_of_b.held.size(), 1u);
  EXPECT_EQ(end_of_b.held[0].piece.identification, 0xcu);
  EXPECT_EQ(end_of_b.held[0].piece.end(), 24u);
  EXPECT_EQ(wire.carries(of_v6(last(24, three, 0xc))).completes, 27u);
  EXPECT_THAT(wire.end(), testing::IsEmpty());
}

TEST(APacketInsideAnother, ComesOutTogetherWithTheOneAroundIt) {
  Wire wire;
  wire.carries(c_begins_in_b_in_a());
  wire.carries(of_v6(last(24, three, 0xc)));
  wire.carries(of_v6(last(24, eight, 0xb)));
  const TakenFragment end = wire.carries(end_of_a());
  ASSERT_EQ(end.held.size(), 2u);
  EXPECT_EQ(end.held[0].beside.completes, 32u);
  EXPECT_EQ(end.held[1].beside.completes, 27u);
  EXPECT_THAT(wire.end(), testing::IsEmpty());
}

TEST(APacketInsideAnother, ThatNeverBecomesWholeIsUnfinishedToo) {
  Wire wire;
  wire.carries(b_begins_in_a());
  wire.carries(of_v6(last(24, three, 0xb)));
  ASSERT_EQ(wire.end().size(), 2u);
  EXPECT_EQ(wire.unfinished[0].why, Why::incomplete);
  EXPECT_EQ(wire.unfinished[1].why, Why::inside);
  EXPECT_EQ(wire.unfinished[1].identification, 0xbu);
  EXPECT_EQ(wire.unfinished[1].outer, 0xau);
}

TEST(APacketInsideAnother, OfWhichNothingElseComesIsNotTold) {
  Wire wire;
  wire.carries(b_begins_in_a());
  ASSERT_EQ(wire.end().size(), 1u);
  EXPECT_EQ(wire.unfinished[0].identification, 0xau);
}

TEST(APacketInsideAnother, LacksWhatIsNotThereOnceItIsOut) {
  Wire wire;
  wire.carries(b_begins_in_a());
  wire.carries(end_of_a());
  wire.carries(b_begins_in_a());  // captured twice
  wire.carries(of_v6(last(32, three, 0xb)));
  ASSERT_EQ(wire.end().size(), 1u);
  EXPECT_EQ(wire.unfinished[0].why, Why::incomplete);
  EXPECT_EQ(wire.unfinished[0].hole, (Stretch{24, 32}));
  EXPECT_EQ(wire.unfinished[0].first_frame, 1u);
}

TEST(APacketInsideAnother, OverlapsOneThatCameAlone) {
  Wire wire;
  wire.carries(of_v6(from(8, eight, true, 0xb)));
  wire.carries(b_begins_in_a());
  const TakenFragment end = wire.carries(end_of_a());
  ASSERT_TRUE(end.held.at(0).beside.overlap);
  EXPECT_EQ(end.held[0].beside.overlap->stretch, (Stretch{8, 16}));
  ASSERT_EQ(wire.end().size(), 1u);
  EXPECT_EQ(wire.unfinished[0].why, Why::overlap);
}

TEST(APacketInsideAnother, IsACopyOfOneThatCameAlone) {
  Wire wire;
  wire.carries(b_begins_in_a());
  wire.carries(of_v6(from(0, twenty_four, true, 0xb)));
  EXPECT_EQ(wire.carries(of_v6(last(24, three, 0xb))).completes, 27u);
  const auto overlap = wire.carries(end_of_a()).held.at(0).beside.overlap;
  ASSERT_TRUE(overlap);
  EXPECT_TRUE(overlap->is_copy());
  EXPECT_THAT(wire.end(), testing::IsEmpty());
}

TEST(APacketInsideAnother, IsNotInOneThatIsTooShortForIt) {
  Wire wire;
  wire.carries(c_begins_in_b_in_a());  // 0xc begins at byte 8 of 0xb
  const TakenFragment alone = wire.carries(of_v6(last(0, three, 0xb)));
  EXPECT_EQ(alone.completes, 3u);
  EXPECT_THAT(alone.held, testing::IsEmpty());
}

TEST(APacketInsideAnother, CapturedTwiceComesOutOnce) {
  Wire wire;
  wire.carries(b_begins_in_a());
  wire.carries(b_begins_in_a());
  wire.carries(end_of_a());
  EXPECT_THAT(wire.carries(end_of_a()).held, testing::IsEmpty());
  wire.carries(b_begins_in_a());
  EXPECT_EQ(wire.carries(of_v6(last(24, three, 0xb))).completes, 27u);
  EXPECT_THAT(wire.end(), testing::IsEmpty());
}

TEST(APacketInsideAnother, OfTheSameIdentificationOrTooDeepIsNotFollowed) {
  Wire same;
  IpInfo ip = b_begins_in_a();
  ip.inner_slots[0].identification = ip.last_identification = 0xa;
  same.carries(ip);
  EXPECT_THAT(same.carries(end_of_a()).held, testing::IsEmpty());
  EXPECT_THAT(same.end(), testing::IsEmpty());

  Wire deep;
  ip = c_begins_in_b_in_a();
  ip.last_identification = 0xd;
  deep.carries(ip);
  EXPECT_FALSE(deep.carries(of_v6(last(24, three, 0xd))).hole);
  ASSERT_EQ(deep.end().size(), 1u);  // of 0xd nothing is claimed
  EXPECT_EQ(deep.unfinished[0].identification, 0xau);
}

TEST(APacketInsideAnother, ThatTheRestOfAChainCompletesEndsTheChain) {
  Wire wire;
  constexpr std::uint32_t first = 100, count = 5000;  // each begins with the last fragment of the next one
  for (std::uint32_t id = first; id < first + count; ++id) {
    IpInfo ip{.ttl = 64, .fragment = of_v6(from(0, sixteen, true, id), fragment_header)};
    ip.inner_slots[0] = of_v6(last(16, eight, id + 1));
    ip.inner_count = 1, ip.last_identification = id + 1;
    wire.carries(ip);
  }
  const std::uint32_t still_known = first + count - 100;
  EXPECT_EQ(wire.carries(of_v6(last(16, eight, still_known))).held.size(), 2u);
}

constexpr Other::Echo ping{.identifier = 7, .sequence = 1, .data = 8};
constexpr std::uint32_t all_data = 19;  // behind the 8 bytes of the header

/// Pings of host 1 in fragments, and what else it and host 2 say.
struct Pings : Wire {
  /// The first fragment: the header and 8 bytes of data.
  void ask(std::uint32_t identification = 1, const Other::Echo& echo = ping) {
    const IpInfo ip{.fragment = from(0, sixteen, true, identification)};
    carries(ip);
    packets.asks_echo(host(1), host(2), ip, echo);
  }
  /// The last one, behind 8 bytes that never come.
  void finish_ping(std::uint32_t identification = 1) { carries(last(24, three, identification)); }
  void request(std::uint8_t by = 1, std::uint32_t data = all_data) { hear(by, 2, false, data, 1); }
  void reply(std::uint8_t to = 1, std::uint32_t data = all_data, std::uint16_t sequence = 1, bool whole = true) {
    hear(2, to, true, data, sequence, whole);
  }
  void hear(std::uint8_t by, std::uint8_t to, bool reply, std::uint32_t data, std::uint16_t sequence,
            bool whole = true) {
    packets.hear_echo(host(by), host(to), {reply, 7, sequence, data}, whole, ++frame);
  }
};

TEST(AnEchoRequestInFragments, SeemsUnansweredWhereEachReplyHasAnotherRequest) {
  Pings wire;
  wire.request(), wire.reply();  // before it
  wire.ask(1);
  wire.request(), wire.reply();
  wire.request(3), wire.reply(3);  // of another host
  wire.ask(2);
  wire.reply();
  wire.ask(3);
  const auto& unfinished = wire.end();
  ASSERT_EQ(unfinished.size(), 3u);
  EXPECT_EQ(unfinished[0].echo.requests, 1u);
  EXPECT_EQ(unfinished[0].echo.replies, 2u);
  EXPECT_EQ(unfinished[0].echo.request, 4u);
  EXPECT_EQ(unfinished[0].echo.reply, 5u);
  EXPECT_FALSE(unfinished[0].echo.seems_unanswered());
  EXPECT_FALSE(unfinished[1].echo.seems_unanswered());
  EXPECT_TRUE(unfinished[2].echo.seems_unanswered());
  EXPECT_FALSE(UnfinishedPacket{}.echo.seems_unanswered());
}

TEST(AnEchoRequestInFragments, HasNoReplyWithAnotherNumberOrOtherThanAllOfItsData) {
  const auto replies = [](std::uint32_t data, std::uint16_t sequence = 1, bool whole = true) {
    Pings wire;
    wire.ask(), wire.finish_ping();  // 27 bytes, 8 of them the header
    wire.reply(1, data, sequence, whole);
    const UnfinishedPacket::Echo echo = wire.end().at(0).echo;
    EXPECT_EQ(echo.replies + echo.others, 1u);
    return echo.replies;
  };
  EXPECT_EQ(replies(19), 1u);
  EXPECT_EQ(replies(19, 2), 0u);
  EXPECT_EQ(replies(18), 0u);
  EXPECT_EQ(replies(20), 0u);
  EXPECT_EQ(replies(18, 1, false), 1u);  // the rest comes in other fragments
  EXPECT_EQ(replies(20, 1, false), 0u);
}

TEST(AnEchoRequestInFragments, TellsRepliesOfAnotherLengthFromThoseOfAnotherName) {
  Pings wire;
  wire.ask(), wire.finish_ping();
  wire.reply(1, 18, 2), wire.reply(1, 18), wire.reply(1, 20);
  const UnfinishedPacket::Echo echo = wire.end().at(0).echo;
  EXPECT_EQ(echo.others, 3u);
  EXPECT_EQ(echo.of_other_length, 2u);
  EXPECT_EQ(echo.other, 3u);
}

TEST(AnEchoRequestInFragments, WhoseEndIsNotKnownMayBeLonger) {
  Pings wire;
  wire.ask();  // 8 bytes of data so far
  wire.reply(1, 7), wire.reply(1, 8), wire.reply(1, 100);
  const UnfinishedPacket::Echo echo = wire.end().at(0).echo;
  EXPECT_EQ(echo.replies, 2u);
  EXPECT_EQ(echo.others, 1u);
}

TEST(AnEchoRequestInFragments, WhoseEndIsDisputedMayHaveEither) {
  Pings wire;
  wire.ask(), wire.finish_ping();
  wire.carries(last(16, three));  // it ends at byte 19 here
  wire.reply(1, 10), wire.reply(1, 11), wire.reply(1, 19);
  const UnfinishedPacket::Echo echo = wire.end().at(0).echo;
  EXPECT_EQ(echo.replies, 2u);
  EXPECT_EQ(echo.others, 1u);
}

TEST(AnEchoRequestInFragments, ThatFitsNowhereIsLongAllTheSame) {
  Pings wire;
  wire.ask();
  wire.carries(last(65512, eight));
  wire.reply(1, 56);
  EXPECT_EQ(wire.end().at(0).echo.others, 1u);
}

TEST(AnEchoRequestInFragments, WhoseFirstOnesDifferMayHaveAnyNumber) {
  Pings wire;
  wire.ask();
  wire.ask(1, {.identifier = 7, .sequence = 2, .data = 8});
  wire.reply(1, 56, 9);
  EXPECT_EQ(wire.end().at(0).echo.replies, 1u);
}

TEST(AnEchoRequestInFragments, ThatTakesAnEarlierOnesIdentificationIsCountedOnce) {
  Pings wire;
  for (int time = 0; time < 2; ++time, wire.now += std::chrono::minutes(2)) {
    wire.ask();
    wire.request();
    wire.reply();
    wire.hear(1, 2, true, all_data, 1);  // of no request that is known
  }
  ASSERT_EQ(wire.end().size(), 2u);
  for (const UnfinishedPacket& packet : wire.unfinished) {
    EXPECT_EQ(packet.echo.requests, 1u);
    EXPECT_EQ(packet.echo.replies, 1u);
  }
}

TEST(AnEchoRequestInFragments, OfWhichTooManyAreOpenIsNotJudged) {
  Pings wire;
  for (std::uint32_t id = 0; id <= FragmentedPackets::most_echoes; ++id) wire.ask(id), wire.ask(id);
  const auto& unfinished = wire.end();
  EXPECT_FALSE(unfinished.front().echo.asked);
  EXPECT_EQ(std::ranges::count_if(unfinished, [](const UnfinishedPacket& it) { return it.echo.asked; }),
            FragmentedPackets::most_echoes);
}

TEST(AnEchoRequestInFragments, InsideOthersIsTheInnermostOnes) {
  Wire wire;
  const IpInfo ip = b_begins_in_a();
  wire.carries(ip);
  wire.packets.asks_echo(host(1), host(2), ip, {.identifier = 7, .sequence = 1, .data = 8});
  wire.carries(of_v6(last(24, three, 0xb)));
  ASSERT_EQ(wire.end().size(), 2u);
  EXPECT_FALSE(wire.unfinished[0].echo.asked);
  EXPECT_EQ(wire.unfinished[1].identification, 0xbu);
  EXPECT_TRUE(wire.unfinished[1].echo.asked);
}

TEST(ARefusedPacket, IsNotWholeToItsReceiverThoughAllOfItCame) {
  Wire wire;
  wire.carries(from(0, eight));
  wire.carries(last(8, three));
  wire.packets.refuse(host(1), host(2), from(0, eight, true, 2), 3);  // of another one
  wire.packets.refuse(host(1), host(2), from(0, eight), 4);
  ASSERT_EQ(wire.end().size(), 1u);
  EXPECT_EQ(wire.unfinished[0].why, Why::refused);
  EXPECT_EQ(wire.unfinished[0].frame, 4u);
}

TEST(ARefusedPacket, ThatLacksFragmentsIsToldByWhatItLacks) {
  Wire wire;
  wire.carries(from(0, eight));
  for (std::uint64_t frame = 2; frame < 100; ++frame) wire.packets.refuse(host(1), host(2), from(0, eight), frame);
  const UnfinishedPacket packet = wire.end().at(0);
  EXPECT_EQ(packet.why, Why::incomplete);
  EXPECT_EQ(packet.refused_by.size(), FragmentedPackets::most_refusals);
  EXPECT_EQ(packet.refused_by[0], 2u);
}

TEST(ARefusedPacket, TakesWithItWhatWouldHaveComeOutOfIt) {
  Wire wire;
  wire.carries(c_begins_in_b_in_a());
  wire.carries(end_of_a());
  wire.carries(of_v6(last(24, eight, 0xb)));
  wire.carries(of_v6(last(24, three, 0xc)));
  wire.packets.refuse(host(1), host(2), of_v6(from(0, eight, true, 0xb)), 5);
  ASSERT_EQ(wire.end().size(), 2u);  // 0xa is whole
  EXPECT_EQ(wire.unfinished[0].identification, 0xbu);
  EXPECT_EQ(wire.unfinished[0].why, Why::refused);
  EXPECT_EQ(wire.unfinished[1].identification, 0xcu);
  EXPECT_EQ(wire.unfinished[1].why, Why::refused_around);
  EXPECT_EQ(wire.unfinished[1].outer, 0xbu);
  EXPECT_EQ(wire.unfinished[1].frame, 5u);
}

TEST(AFragment, WithAnotherProtocolThanTheFirstOneSaysSo) {
  Wire wire;
  EXPECT_FALSE(wire.carries(of_v6(last(32, three), 60)).own_protocol);
  EXPECT_FALSE(wire.carries(of_v6(from(24, eight), 58)).own_protocol);  // the first one has not come
  EXPECT_FALSE(wire.carries(of_v6(from(0, eight), fragment_header)).own_protocol);
  EXPECT_EQ(wire.carries(of_v6(from(8, eight), 58)).own_protocol, 58);
  EXPECT_FALSE(wire.carries(of_v6(from(16, eight), fragment_header)).own_protocol);
}

TEST(AnUnfinishedPacket, MayBeWholeWithoutTheOneThatHasTheFewestHops) {
  const auto others_whole = [](std::uint32_t offset) {
    Wire wire;
    wire.carries(from(0, eight));
    wire.carries(IpInfo{.ttl = 1, .fragment = from(offset, other_eight)});
    wire.carries(from(8, eight));
    wire.carries(last(16, three));
    EXPECT_EQ(wire.end().at(0).hops.frame, 2u);
    return wire.unfinished[0].hops.others_whole;
  };
  EXPECT_TRUE(others_whole(0));
  EXPECT_TRUE(others_whole(8));
  Wire wire;  // without it there is a hole
  wire.carries(from(0, eight));
  wire.carries(IpInfo{.ttl = 1, .fragment = from(8, sixteen)});
  wire.carries(from(16, other_eight));
  wire.carries(last(24, three));
  EXPECT_FALSE(wire.end().at(0).hops.others_whole);
}

TEST(AFragment, BearsTheProtocolThatTheFirstOneOfItsPacketNames) {
  Wire wire;
  EXPECT_EQ(wire.carries(of_v6(last(16, three), 60)).protocol, 60);  // all that is known
  EXPECT_EQ(wire.carries(of_v6(from(0, eight), fragment_header)).protocol, fragment_header);
  EXPECT_EQ(wire.carries(of_v6(from(8, eight), 58)).protocol, fragment_header);
}

TEST(AFragment, WithOtherHopsThanTheFirstOneSeenSaysSo) {
  Wire wire;
  const auto with_hops = [](std::uint8_t hops, const Fragment& piece) {
    return IpInfo{.ttl = hops, .fragment = piece};
  };
  EXPECT_FALSE(wire.carries(with_hops(64, from(0, eight))).other_hops);
  EXPECT_FALSE(wire.carries(with_hops(64, from(8, eight))).other_hops);
  const auto told = wire.carries(with_hops(1, from(8, other_eight))).other_hops;
  ASSERT_TRUE(told);
  EXPECT_EQ(told->hops, 1);
  EXPECT_EQ(told->there, 64);
  EXPECT_EQ(told->frame, 1u);
  ASSERT_EQ(wire.end().size(), 1u);
  EXPECT_TRUE(wire.unfinished[0].hops.differ());
  EXPECT_EQ(wire.unfinished[0].hops.fewest, 1);
  EXPECT_EQ(wire.unfinished[0].hops.most, 64);
  EXPECT_EQ(wire.unfinished[0].hops.frame, 3u);
}

TEST(AFragment, ThatARouterPassedOnIsACopyWithOneHopLess) {
  Wire wire;
  wire.carries(from(0, eight));
  EXPECT_FALSE(wire.carries(IpInfo{.ttl = 63, .fragment = from(0, eight)}).other_hops);
  ASSERT_EQ(wire.end().size(), 1u);
  EXPECT_FALSE(wire.unfinished[0].hops.differ());
}

TEST(WhatAnErrorQuotes, IsFoundByItsPlaceOrSaidNotToBeThere) {
  Wire wire;
  const QuotedFragment absent;
  EXPECT_EQ(wire.packets.find(host(1), host(2), from(8, eight)), absent);
  wire.carries(from(0, eight));
  wire.carries(from(8, eight));
  EXPECT_EQ(wire.packets.find(host(1), host(2), from(8, eight)), (QuotedFragment{2, true}));
  EXPECT_EQ(wire.packets.find(host(1), host(2), last(16, three)), (QuotedFragment{1, false}));
  EXPECT_EQ(wire.packets.find(host(2), host(1), from(0, eight)), absent);
  wire.end();
  EXPECT_FALSE(wire.packets.find(host(1), host(2), from(0, eight)));  // let go: not known any more
}

TEST(AnAtomicFragment, IsNoneOfThoseWithItsIdentification) {
  Wire wire;
  Fragment piece = from(0, eight);
  piece.v6 = true;
  wire.carries(piece);
  const auto alike = [&wire](std::uint32_t identification) {
    return wire.packets.take_atomic(host(1), host(2), identification, {++wire.frame, wire.now});
  };
  EXPECT_EQ(alike(1), 1u);
  EXPECT_EQ(alike(2), std::nullopt);
  wire.now += 61s;
  EXPECT_EQ(alike(1), std::nullopt);
  EXPECT_EQ(wire.end().at(0).fragments, 1u);
}

TEST(AnAtomicFragment, IsFoundWhereOnlyOneCanBeMeant) {
  Wire wire;
  const auto takes = [&wire](std::uint32_t identification) {
    wire.packets.take_atomic(host(1), host(2), identification, {++wire.frame, wire.now});
  };
  const auto found = [&wire] { return wire.packets.find_atomic(host(1), host(2), 7); };
  takes(7);
  EXPECT_EQ(found(), 1u);
  EXPECT_EQ(wire.packets.find_atomic(host(2), host(1), 7), std::nullopt);
  takes(7);
  EXPECT_EQ(found(), std::nullopt);
  for (std::uint32_t i = 8; i < 8 + FragmentedPackets::most_atomic - 1; ++i) takes(i);
  EXPECT_EQ(found(), 2u);
  takes(100);
  EXPECT_EQ(found(), std::nullopt);
}

TEST(WhatAnErrorQuotes, MayBeWhatCameOutOfAnotherPacket) {
  Wire wire;
  wire.carries(b_begins_in_a());
  const Fragment quoted = of_v6(from(0, eight, true, 0xb));
  EXPECT_EQ(wire.packets.find(host(1), host(2), quoted), (QuotedFragment{1, false}));
  wire.carries(end_of_a());
  EXPECT_EQ(wire.packets.find(host(1), host(2), quoted), (QuotedFragment{2, true, 0xa}));
  wire.carries(of_v6(last(24, three, 0xb)));
  EXPECT_EQ(wire.packets.find(host(1), host(2), quoted), (QuotedFragment{2, true, 0xa, true}));
}

}  // namespace
}  // namespace echolab::test
