// The table of conversations against one that is known to be right.
#include "capture/track/flow_index.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace echolab::test {
namespace {

using capture::FlowIndex;

TEST(FlowIndex, FindsWhatIsThereAndNothingElseAsPlacesComeAndGo) {
  FlowIndex table;
  std::map<FlowIndex::Place, std::uint32_t> known;  // the hash of each place
  std::mt19937 random(1);
  const auto find = [&](FlowIndex::Place place, std::uint32_t hash) {
    return table.find(hash, [place](FlowIndex::Place it) { return it == place; });
  };
  for (int i = 0; i < 20'000; ++i) {
    const auto place = static_cast<FlowIndex::Place>(random() % 500);
    const std::uint32_t hash = place % 40 * 1'000'003;  // many of each: they stand behind one another
    if (known.contains(place)) {
      ASSERT_EQ(find(place, hash), place);
      table.erase(hash, place);
      known.erase(place);
    } else {
      table.insert(hash, place);
      known[place] = hash;
    }
    ASSERT_EQ(find(place, hash), known.contains(place) ? place : FlowIndex::none);
    ASSERT_EQ(table.size(), known.size());
    if (i % 500 != 0) continue;
    for (const auto& [it, its_hash] : known) ASSERT_EQ(find(it, its_hash), it);
  }
}

}  // namespace
}  // namespace echolab::test
