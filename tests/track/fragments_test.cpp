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

  FragmentView carries(const Fragment& piece, std::uint8_t sender = 1) {
    return packets.take(host(sender), host(2), piece, {++frame, now += 1ms});
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
  const FragmentView tail = wire.carries(last(16, three));
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
  const FragmentView copy = wire.carries(from(0, eight));
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
  const FragmentView again = wire.carries(from(0, other_eight));
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
  const FragmentView view = wire.carries(last(8, sixteen));
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
  const FragmentView view = wire.carries(last(16, three));
  EXPECT_EQ(view.disagreement->kind, Kind::two_ends);
  EXPECT_EQ(view.disagreement->frame, 1u);
  EXPECT_EQ(view.disagreement->end, 11u);
  EXPECT_EQ(wire.end().at(0).why, Why::disagreement);
}

TEST(TheEnd, IsDisputedByBytesThatCameFromBehindIt) {
  Wire wire;
  wire.carries(from(0, eight));
  wire.carries(from(16, eight));
  const FragmentView view = wire.carries(last(8, three));
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
  EXPECT_EQ(wire.end().at(0).why, Why::unfit);
  EXPECT_TRUE(wire.unfinished[0].uneven);

  Wire death;
  death.carries(last(65512, eight));
  EXPECT_EQ(death.end().at(0).why, Why::unfit);
  EXPECT_FALSE(death.unfinished[0].uneven);
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

Fragment of_v6(Fragment piece, std::uint8_t protocol = 58) {
  piece.v6 = true, piece.protocol = protocol, piece.largest = 65535;
  return piece;
}
constexpr std::uint8_t fragment_header = 44;

TEST(AFragment, BearsTheProtocolThatTheFirstOneOfItsPacketNames) {
  Wire wire;
  EXPECT_EQ(wire.carries(of_v6(last(16, three), 60)).protocol, 60);  // all that is known
  EXPECT_EQ(wire.carries(of_v6(from(0, eight), fragment_header)).protocol, fragment_header);
  EXPECT_EQ(wire.carries(of_v6(from(8, eight), 58)).protocol, fragment_header);
}

}  // namespace
}  // namespace echolab::test
