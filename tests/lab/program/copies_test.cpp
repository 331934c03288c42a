// What is sent again while a frame is held, folded behind it.
#include "tools/lab/program/copies.hpp"

#include <gmock/gmock.h>

namespace echolab::lab {
namespace {

using testing::ElementsAre;

TEST(Copies, AreFoldedBehindTheFrameThatIsHeld) {
  Copies copies;
  EXPECT_FALSE(copies.hold(3, {}));
  EXPECT_FALSE(copies.hold(4, {})) << "no copy of anything";
  EXPECT_TRUE(copies.hold(5, 3));
  EXPECT_TRUE(copies.hold(6, 5)) << "a copy of a copy";
  EXPECT_EQ(copies.behind(3), 2U);
  EXPECT_EQ(copies.behind(4), 0U);
  EXPECT_FALSE(copies.is_folded(3));
  EXPECT_TRUE(copies.is_folded(6));
}

TEST(Copies, OfAFrameThatHasGoneStandForThemselves) {
  Copies copies;
  copies.hold(3, {});
  copies.let_go(3);
  EXPECT_FALSE(copies.hold(4, 3));
}

TEST(Copies, WhenTheirOriginalGoesTheFirstStandsForAll) {
  Copies copies;
  copies.hold(3, {});
  for (const std::uint64_t copy : {4, 5, 6}) copies.hold(copy, 3);
  copies.let_go(3);
  EXPECT_FALSE(copies.is_folded(4));
  EXPECT_EQ(copies.behind(4), 2U);
  EXPECT_EQ(copies.original_of(4), 3U);
  copies.let_go(4);
  EXPECT_EQ(copies.original_of(5), 3U) << "the original stays the original";
  EXPECT_EQ(copies.original_of(4), std::nullopt);
}

TEST(Copies, AreTakenWithoutTheirOriginal) {
  Copies copies;
  copies.hold(3, {});
  for (const std::uint64_t copy : {4, 5}) copies.hold(copy, 3);
  EXPECT_THAT(copies.take(3), ElementsAre(4, 5));
  EXPECT_EQ(copies.behind(3), 0U);
}

TEST(Copies, AreTakenWithTheOneThatStandsForThem) {
  Copies copies;
  copies.hold(3, {});
  for (const std::uint64_t copy : {4, 5}) copies.hold(copy, 3);
  copies.let_go(3);
  EXPECT_THAT(copies.take(4), ElementsAre(5, 4));
}

}  // namespace
}  // namespace echolab::lab
