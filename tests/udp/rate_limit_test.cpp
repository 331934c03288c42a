#include "udp/rate_limit.hpp"

#include <gtest/gtest.h>

namespace echolab::udp {
namespace {

using std::chrono::milliseconds;

struct Bucket {
  RateLimit::Clock::time_point time{};
  RateLimit limit;
  explicit Bucket(std::uint32_t per_second) : limit(per_second, {}) {}
  int allowed(int tries) {
    int count = 0;
    for (int i = 0; i < tries; ++i) count += limit.allow([this] { return time; });
    return count;
  }
};

TEST(RateLimit, AQuietSecondFillsTheBucket) {
  Bucket bucket(10);
  EXPECT_EQ(bucket.allowed(25), 10);
  bucket.time += milliseconds(1000);
  EXPECT_EQ(bucket.allowed(25), 10);
}

TEST(RateLimit, PartOfASecondFillsAPart) {
  Bucket bucket(10);
  bucket.allowed(10);
  bucket.time += milliseconds(300);
  EXPECT_EQ(bucket.allowed(25), 3);
}

TEST(RateLimit, ItNeverHoldsMoreThanASecond) {
  Bucket bucket(10);
  bucket.allowed(10);
  bucket.time += milliseconds(60'000);
  EXPECT_EQ(bucket.allowed(25), 10);
}

TEST(RateLimit, AClockThatStepsBackGivesNothing) {
  Bucket bucket(10);
  bucket.allowed(10);
  bucket.time -= milliseconds(1000);
  EXPECT_EQ(bucket.allowed(5), 0);
}

TEST(RateLimit, ZeroIsNoLimit) {
  Bucket bucket(0);
  EXPECT_EQ(bucket.allowed(1000), 1000);
}

}  // namespace
}  // namespace echolab::udp
