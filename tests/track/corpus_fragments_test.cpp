// Fragments of real captures beside each other; what is expected was read off the packets' bytes.
#include <gmock/gmock.h>

#include <map>

#include "capture/decode/decode.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/support/corpus.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using Why = UnfinishedPacket::Why;

struct Seen {
  std::map<std::uint64_t, FragmentView> fragments;  // by frame
  std::vector<UnfinishedPacket> unfinished;
};

Seen seen_in(const std::string& file) {
  Seen seen;
  Observer observer({}, {}, [&](const UnfinishedPacket& packet) { seen.unfinished.push_back(packet); });
  auto opened = PacketSource::open_file((corpus() / "files" / file).string(), "");
  auto& source = std::get<PacketSource>(opened);
  while (const auto packet = source.next()) {
    const Observation observation = observer.observe(*packet, decode(*packet));
    if (observation.fragment) seen.fragments[packet->frame] = *observation.fragment;
  }
  observer.finish();
  return seen;
}

Seen malformed_fragments(int number) {
  const std::string n = std::to_string(number);
  return seen_in("suricata-verify/ipv6-evasion__ipv6-malformed-fragments-" + n + "__frag-" + n + ".pcap");
}

TEST(CorpusFragments, InTheSamePlaceWithOtherContentAreTold) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  for (const auto& [number, frame, before] :
       {std::tuple(1, 8, 6u), {2, 8, 6u}, {3, 8, 7u}, {4, 8, 6u}, {17, 10, 6u}, {18, 8, 7u}}) {
    const Seen seen = malformed_fragments(number);
    const auto& overlap = seen.fragments.at(static_cast<std::uint64_t>(frame)).overlap;
    ASSERT_TRUE(overlap) << number;
    EXPECT_EQ(overlap->frame, before) << number;
    EXPECT_EQ(overlap->stretch, (Stretch{408, 808})) << number;
    EXPECT_EQ(overlap->content, FragmentView::Overlap::Content::different) << number;
    EXPECT_EQ(seen.unfinished.at(0).why, Why::overlap) << number;
  }
}

TEST(CorpusFragments, ThatOverlapInPartNameThatPart) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  using Content = FragmentView::Overlap::Content;
  for (const auto& [number, frame, stretch, content] : {std::tuple(6, 8u, Stretch{680, 808}, Content::same),
                                                        {7, 8u, Stretch{680, 808}, Content::different},
                                                        {8, 7u, Stretch{808, 936}, Content::different}}) {
    const Seen seen = malformed_fragments(number);
    EXPECT_EQ(seen.fragments.at(frame).overlap->stretch, stretch) << number;
    EXPECT_EQ(seen.fragments.at(frame).overlap->content, content) << number;
  }
}

TEST(CorpusFragments, ThatEndThePacketTooEarlyAreTold) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  const auto told = malformed_fragments(29).fragments.at(8).disagreement;
  ASSERT_TRUE(told);
  EXPECT_EQ(told->kind, FragmentView::Disagreement::Kind::end_passed);
  EXPECT_EQ(told->end, 808u);
}

TEST(CorpusFragments, ThatNeverCameAreMissedAtTheEnd) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  const Seen seen = malformed_fragments(30);
  EXPECT_EQ(seen.fragments.at(54).hole, (Stretch{65520, 65528}));
  ASSERT_EQ(seen.unfinished.size(), 1u);
  EXPECT_EQ(seen.unfinished[0].hole, (Stretch{65520, 65528}));
  EXPECT_EQ(seen.unfinished[0].fragments, 48u);
}

TEST(CorpusFragments, CompleteTheirPacketsWhicheverComesFirst) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  const auto complete = [](const std::string& file) {
    const Seen seen = seen_in(file);
    EXPECT_THAT(seen.unfinished, testing::IsEmpty()) << file;
    std::map<std::uint64_t, std::uint32_t> whole;
    for (const auto& [frame, view] : seen.fragments)
      if (view.completes) whole[frame] = *view.completes;
    return whole;
  };
  using Whole = std::map<std::uint64_t, std::uint32_t>;
  EXPECT_EQ(complete("pcapplusplus/PcapppTest__frag_with_padding.pcap"), (Whole{{8, 9409}}));  // the first comes last
  EXPECT_EQ(complete("pcapplusplus/PacketppTest__IPv4Frag.pcap"), (Whole{{3, 4060}}));
  EXPECT_EQ(complete("kernel-live/k30_udp_fragments_mtu1500.pcap"),
            (Whole{{3, 1481}, {9, 8008}, {54, 65515}, {57, 4008}}));
}

}  // namespace
}  // namespace echolab::test
