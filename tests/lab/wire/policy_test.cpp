// What the wire decides: rules by number, chance by (seed, direction, n-th frame).
#include "tools/lab/wire/policy.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/lab/frames.hpp"

namespace echolab::lab {
namespace {

using namespace std::chrono_literals;
using test::frame;

Policy policy(const std::vector<std::string>& texts, Model model = {}) {
  std::vector<Rule> rules;
  for (const auto& text : texts)
    if (const auto error = add_rule(text, rules, model)) throw std::invalid_argument(text);
  return {rules, model};
}

Decision decide(Policy& policy, Host from, std::string_view text) { return policy.decide(frame(1, from, text)); }

TEST(Policy, LetsEverythingPassWithoutRules) {
  Policy open({}, {});
  const Decision decision = decide(open, Host::client, "S 0:0(0)");
  EXPECT_FALSE(decision.fates.any() || decision.swap || decision.by_chance());
  EXPECT_EQ(decision.delay, 0ns);
  EXPECT_EQ(decision.rule, nullptr);
}

TEST(Policy, CountsTheFramesOfAKindFromAHost) {
  Policy second = policy({"drop server DATA 2"});
  EXPECT_FALSE(decide(second, Host::server, "P. 1:6(5) ack 1").is(Fate::dropped));
  EXPECT_FALSE(decide(second, Host::client, "P. 1:6(5) ack 1").is(Fate::dropped));
  EXPECT_FALSE(decide(second, Host::server, ".  6:6(0) ack 6").is(Fate::dropped));
  EXPECT_TRUE(decide(second, Host::server, "P. 6:11(5) ack 6").is(Fate::dropped));
  EXPECT_FALSE(decide(second, Host::server, "P. 11:16(5) ack 6").is(Fate::dropped));
}

TEST(Policy, CountsAFrameSentAgainAgain) {
  Policy both = policy({"drop client SYN 1..2"});
  EXPECT_TRUE(decide(both, Host::client, "S 0:0(0)").is(Fate::dropped));
  EXPECT_TRUE(decide(both, Host::client, "S 0:0(0)").is(Fate::dropped));
  EXPECT_FALSE(decide(both, Host::client, "S 0:0(0)").is(Fate::dropped));
}

TEST(Policy, KnowsNoEndWhereTheRuleNamesNone) {
  Policy all = policy({"drop client UDP 2.."});
  EXPECT_FALSE(decide(all, Host::client, "UDP 5").is(Fate::dropped));
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(decide(all, Host::client, "UDP 5").is(Fate::dropped));
}

TEST(Policy, AddsDelaysUpAndADropWins) {
  Policy slow = policy(
      {"delay client SYN 1 300ms", "delay client ANY 1 1s", "delay 50ms", "drop client SYN 2", "double client SYN 2"});
  EXPECT_EQ(decide(slow, Host::client, "S 0:0(0)").delay, 1350ms);
  const Decision second = decide(slow, Host::client, "S 0:0(0)");
  EXPECT_TRUE(second.is(Fate::dropped));
  EXPECT_EQ(to_string(*second.rule), "drop client SYN 2");
}

TEST(Policy, NamesTheFirstRuleThatApplied) {
  Policy two = policy({"double server DATA 1", "corrupt server ANY 1"});
  const Decision decision = decide(two, Host::server, "P. 1:6(5) ack 1");
  EXPECT_TRUE(decision.is(Fate::doubled));
  EXPECT_TRUE(decision.is(Fate::corrupted));
  EXPECT_EQ(to_string(*decision.rule), "double server DATA 1");
  EXPECT_FALSE(decision.by_chance());
}

TEST(Policy, KnowsTheRulesThatNoFrameHasMet) {
  Policy two = policy({"drop client SYN 1", "drop client RST 1"});
  EXPECT_EQ(two.unmet().size(), 2u);
  decide(two, Host::client, "S 0:0(0)");
  ASSERT_EQ(two.unmet().size(), 1u);
  EXPECT_EQ(to_string(*two.unmet()[0]), "drop client RST 1");
}

TEST(Policy, LeavesAFrameThatARuleNamesAloneByChance) {
  Policy lossy = policy({"double client SYN 1", "loss 100%"});
  EXPECT_FALSE(decide(lossy, Host::client, "S 0:0(0)").is(Fate::dropped));
  const Decision second = decide(lossy, Host::client, "S 0:0(0)");
  EXPECT_TRUE(second.is(Fate::dropped));
  EXPECT_TRUE(second.by_chance());
}

TEST(Policy, LeavesRulesAndModelAsTheyWereWhereOneIsWrong) {
  std::vector<Rule> rules;
  Model model;
  const auto error = add_rule("loss 101%", rules, model);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->word, "101%");
  EXPECT_EQ(model.loss, 0);
  EXPECT_TRUE(rules.empty());
}

/// One letter a frame: lost, doubled, swapped, or passed. `both` lets the other direction's frames come between.
std::string fates(const Model& model, int frames, bool both) {
  Policy line({}, model);
  std::string letters;
  for (int i = 0; i < frames; ++i) {
    for (int k = 0; both && k < i % 3; ++k) decide(line, Host::server, "P. 1:6(5) ack 1");
    const Decision decision = decide(line, Host::client, "UDP 5");
    letters += decision.is(Fate::dropped) ? 'l' : decision.is(Fate::doubled) ? 'd' : decision.swap ? 's' : '.';
  }
  return letters;
}

TEST(Chance, DecidesTheSameHoweverTheOtherDirectionInterleaves) {
  const Model model{.loss = 0.2, .duplication = 0.2, .reordering = 0.2, .seed = 42};
  EXPECT_EQ(fates(model, 300, false), fates(model, 300, true));
  EXPECT_NE(fates(model, 300, false),
            fates({.loss = 0.2, .duplication = 0.2, .reordering = 0.2, .seed = 43}, 300, false));
}

TEST(Chance, MovesNoOtherDecisionWhereOneShareChanges) {
  const std::string few = fates({.duplication = 0.1, .seed = 3}, 400, false);
  const std::string more = fates({.loss = 0.3, .duplication = 0.1, .seed = 3}, 400, false);
  for (std::size_t i = 0; i < few.size(); ++i) EXPECT_TRUE(more[i] == 'l' || more[i] == few[i]) << i;
}

TEST(Chance, LosesMoreOfTheSameFramesWhereTheShareGrows) {
  const std::string few = fates({.loss = 0.1, .seed = 3}, 400, false),
                    more = fates({.loss = 0.2, .seed = 3}, 400, false);
  for (std::size_t i = 0; i < few.size(); ++i) EXPECT_TRUE(few[i] == '.' || more[i] == 'l') << i;
}

TEST(Chance, IsEvenlySpreadForEverySeedDirectionAndQuestion) {
  constexpr std::uint32_t frames = 20000;
  for (const std::uint64_t seed : {0ull, 1ull, 2ull, 0xffffffffffffffffull})
    for (const Host from : {Host::client, Host::server})
      for (const auto question : {Question::loss, Question::duplication, Question::reordering})
        for (const double share : {0.01, 0.1, 0.5}) {
          std::uint32_t hits = 0;
          for (std::uint32_t nth = 1; nth <= frames; ++nth) hits += chance(seed, from, nth, question) < share;
          // Five standard deviations of a binomial distribution.
          EXPECT_NEAR(hits, frames * share, 5 * std::sqrt(frames * share * (1 - share))) << seed << " " << share;
        }
}

TEST(Chance, HasNothingToDoWithItsNeighbours) {
  // The correlation of each series with the next frame's, the other direction's, the other question's, the next seed's.
  constexpr std::uint32_t frames = 20000;
  const auto correlation = [&](auto left, auto right) {
    double sum = 0;
    for (std::uint32_t nth = 1; nth <= frames; ++nth) sum += (left(nth) - 0.5) * (right(nth) - 0.5);
    return sum / frames * 12;  // the variance of an even spread is 1/12
  };
  const auto series = [](std::uint64_t seed, Host from, Question question, std::uint32_t shift = 0) {
    return [=](std::uint32_t nth) { return chance(seed, from, nth + shift, question); };
  };
  const auto base = series(1, Host::client, Question::loss);
  const double most = 5 / std::sqrt(frames);
  EXPECT_LT(std::abs(correlation(base, series(1, Host::client, Question::loss, 1))), most);
  EXPECT_LT(std::abs(correlation(base, series(1, Host::server, Question::loss))), most);
  EXPECT_LT(std::abs(correlation(base, series(1, Host::client, Question::duplication))), most);
  EXPECT_LT(std::abs(correlation(base, series(2, Host::client, Question::loss))), most);
}

}  // namespace
}  // namespace echolab::lab
