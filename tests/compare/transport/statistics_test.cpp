#include "tools/compare/transport/statistics.hpp"

#include <gtest/gtest.h>

#include "tools/compare/transport/coverage.hpp"

namespace echolab::compare {
namespace {

TEST(Percentile, IsAValueThatWasMeasured) {
  EXPECT_EQ(percentile({30, 10, 20}, 0.5), 20);
  EXPECT_EQ(percentile({4, 1, 3, 2}, 0.5), 2);
  EXPECT_EQ(percentile({7}, 0.99), 7);
}

TEST(Percentile, TheNinetyNinthOfAHundredLeavesOutTheLongest) {
  std::vector<double> values;
  for (int i = 100; i > 0; --i) values.push_back(i);
  EXPECT_EQ(percentile(values, 0.99), 99);
  EXPECT_EQ(percentile(values, 1), 100);
  EXPECT_EQ(percentile(values, 0), 1);
}

TEST(Spread, HasTheEndsAndTheMiddle) { EXPECT_EQ(spread_of({9, 2, 5}), (Spread{5, 2, 9})); }

TEST(Coverage, CountsEachByteOnce) {
  Coverage bytes;
  bytes.add(10, 20);
  bytes.add(10, 20);
  EXPECT_EQ(bytes.size(), 10U);
  bytes.add(30, 40);
  bytes.add(15, 35);  // joins both
  EXPECT_EQ(bytes.size(), 30U);
  bytes.add(0, 5);
  EXPECT_EQ(bytes.size(), 35U);
  bytes.add(0, 100);
  EXPECT_EQ(bytes.size(), 100U);
  bytes.add(7, 7);
  EXPECT_EQ(bytes.size(), 100U);
}

}  // namespace
}  // namespace echolab::compare
