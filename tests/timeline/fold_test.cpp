// A burst of like events: its beginning is told, the rest is counted and never lost.
#include "tools/timeline/fold.hpp"

#include <gtest/gtest.h>

namespace echolab::timeline {
namespace {

constexpr net::WallTime start{std::chrono::seconds(1'700'000'000)};

TEST(Fold, TellsTheBeginningOfABurstAndCountsTheRest) {
  Fold fold;
  int told = 0;
  for (int i = 0; i < Fold::shown + 30; ++i) told += fold.tells(Fold::Event::call, start);
  for (int i = 0; i < 7; ++i) told += fold.tells(Fold::Event::packet, start);
  EXPECT_EQ(told, Fold::shown);
  const Fold::Counts counts = fold.end();
  EXPECT_EQ(counts.calls, 30u);
  EXPECT_EQ(counts.packets, 7u);
}

TEST(Fold, BeginsAnewAfterItsEnd) {
  Fold fold;
  for (int i = 0; i < Fold::shown + 1; ++i) fold.tells(Fold::Event::call, start);
  fold.end();
  EXPECT_TRUE(fold.tells(Fold::Event::call, start));
  EXPECT_FALSE(fold.end().any());
}

TEST(Fold, IsOverAfterAPause) {
  Fold fold;
  fold.tells(Fold::Event::packet, start);
  EXPECT_FALSE(fold.over(start + Fold::pause));
  EXPECT_TRUE(fold.over(start + Fold::pause + std::chrono::nanoseconds(1)));
}

}  // namespace
}  // namespace echolab::timeline
