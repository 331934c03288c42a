#include "capture/track/durations.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace echolab::capture {
namespace {

using std::chrono::nanoseconds;

TEST(Durations, OfOneIsThatOne) {
  Durations one;
  one.add(nanoseconds(123'456'789));
  EXPECT_EQ(one.least(), nanoseconds(123'456'789));
  EXPECT_EQ(one.median(), nanoseconds(123'456'789));
  EXPECT_EQ(one.most(), nanoseconds(123'456'789));
}

TEST(Durations, OfNoneAreNone) {
  EXPECT_EQ(Durations().count(), 0u);
  EXPECT_EQ(Durations().median(), nanoseconds(0));
}

TEST(Durations, KnowTheMedianToOnePercentAndTheRestExactly) {
  for (const unsigned seed : {1u, 2u, 3u}) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    std::lognormal_distribution<double> skewed(14, 5);  // a microsecond or so, up to days
    std::vector<std::int64_t> all;
    Durations durations;
    for (int i = 0; i < 4001; ++i) {
      all.push_back(std::llround(skewed(random)));
      durations.add(nanoseconds(all.back()));
    }
    std::ranges::sort(all);
    EXPECT_EQ(durations.least().count(), all.front());
    EXPECT_EQ(durations.most().count(), all.back());
    EXPECT_NEAR(static_cast<double>(durations.median().count()), static_cast<double>(all[2000]),
                static_cast<double>(all[2000]) * 0.01);
  }
}

TEST(Durations, TakeTheLongestThereIs) {
  Durations durations;
  durations.add(nanoseconds::max());
  durations.add(nanoseconds(0));
  EXPECT_EQ(durations.most(), nanoseconds::max());
  EXPECT_EQ(durations.median(), nanoseconds(0)) << "the lower one of the two in the middle";
}

TEST(StayStatistics, LeaveOutAStayThatTheCaptureCutOff) {
  StreamSummary stream;
  stream.client_times.lasted[static_cast<std::size_t>(State::established)] = nanoseconds(5);
  stream.client_times.visited.set(static_cast<std::size_t>(State::established));
  StayStatistics statistics;
  statistics.add(stream);
  EXPECT_EQ(statistics.of(Side::client, State::established).count(), 0u);
  stream.client_times.left.set(static_cast<std::size_t>(State::established));
  statistics.add(stream);
  EXPECT_EQ(statistics.of(Side::client, State::established).count(), 1u);
  EXPECT_EQ(statistics.of(Side::server, State::established).count(), 0u);
}

}  // namespace
}  // namespace echolab::capture
