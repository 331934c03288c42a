// Which plans may share their words: those that differ only in digits of numbers that are as long.
#include <gtest/gtest.h>

#include "capture/render/wording.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

constexpr Fact sends{"The {who} sends {bytes}.", "{who}: {bytes} 보냄."};
constexpr Fact asks{"The {who} asks for {bytes}.", "{who}: {bytes} 요청."};
constexpr Fact is_in{"It is {to}.", "상태는 {to}."};
constexpr Fact names{"It is {name}.", "이름은 {name}."};

template <class Say>
std::string shape_of(Say say) {
  Plan plan;
  say(plan);
  Numbers numbers;
  std::string shape;
  append_shape(shape, plan, numbers);
  return shape;
}

const std::string five = shape_of([](Plan& plan) { plan.say<sends>(who(Side::client), bytes(5)); });

TEST(Shape, IsTheSameForOtherDigits) {
  EXPECT_EQ(five, shape_of([](Plan& plan) { plan.say<sends>(who(Side::client), bytes(7)); }));
}

TEST(Shape, DiffersWithTheLengthOfANumber) {
  EXPECT_NE(five, shape_of([](Plan& plan) { plan.say<sends>(who(Side::client), bytes(12)); }));
}

TEST(Shape, DiffersWhereOneIsNoPlural) {
  EXPECT_NE(five, shape_of([](Plan& plan) { plan.say<sends>(who(Side::client), bytes(1)); }));
}

TEST(Shape, DiffersWithTheSentenceAndItsWords) {
  EXPECT_NE(five, shape_of([](Plan& plan) { plan.say<asks>(who(Side::client), bytes(5)); }));
  EXPECT_NE(five, shape_of([](Plan& plan) { plan.say<sends>(who(Side::server), bytes(5)); }));
  EXPECT_NE(shape_of([](Plan& plan) { plan.say<is_in>(to(State::closed)); }),
            shape_of([](Plan& plan) { plan.say<is_in>(to(State::listen)); }));
  EXPECT_NE(shape_of([](Plan& plan) { plan.say<names>(plan.name("abc")); }),
            shape_of([](Plan& plan) { plan.say<names>(plan.name("abd")); }));
}

TEST(Shape, DiffersWithHowASentenceIsTold) {
  const auto with = [](bool Plan::Item::*flag) {
    return shape_of([flag](Plan& plan) { plan.say<sends>(who(Side::client), bytes(5)).*flag = true; });
  };
  EXPECT_NE(five, with(&Plan::Item::part));
  EXPECT_NE(five, with(&Plan::Item::whole));
  EXPECT_NE(five, with(&Plan::Item::unsuited));
}

}  // namespace
}  // namespace echolab::test
