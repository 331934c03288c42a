#include "udp/ledger.hpp"

#include <gtest/gtest.h>

#include "net/messages.hpp"

namespace echolab::udp {
namespace {

using net::numbered_message;

TEST(Ledger, AnAnswerThatComesAgainIsADuplicate) {
  Ledger ledger(8);
  ledger.answered(1);
  const auto verdict = ledger.judge(numbered_message(1, 8), 2);
  EXPECT_EQ(verdict.outcome, Outcome::duplicate);
  EXPECT_EQ(verdict.number, 1U);
}

TEST(Ledger, TheAnswerToAMessageGivenUpIsLate) {
  Ledger ledger(8);
  ledger.answered(2);
  EXPECT_EQ(ledger.judge(numbered_message(1, 8), 3).outcome, Outcome::late);
}

TEST(Ledger, ALateAnswerThatComesAgainIsADuplicate) {
  Ledger ledger(8);
  EXPECT_EQ(ledger.judge(numbered_message(2, 8), 4).outcome, Outcome::late);
  EXPECT_EQ(ledger.judge(numbered_message(1, 8), 4).outcome, Outcome::late);
  EXPECT_EQ(ledger.judge(numbered_message(2, 8), 4).outcome, Outcome::duplicate);
}

TEST(Ledger, WhatWasNeverSentIsUnexpected) {
  Ledger ledger(8);
  EXPECT_EQ(ledger.judge(numbered_message(7, 8), 3).outcome, Outcome::unexpected) << "a number not yet sent";
  EXPECT_EQ(ledger.judge(numbered_message(0, 8), 3).outcome, Outcome::unexpected) << "a number never sent";
  EXPECT_EQ(ledger.judge(numbered_message(1, 9), 3).outcome, Outcome::unexpected) << "a number with other bytes";
  EXPECT_EQ(ledger.judge({}, 3).outcome, Outcome::unexpected) << "no number";
}

TEST(Ledger, WithoutNumbersNothingCanBeToldApart) {
  Ledger ledger(std::nullopt);
  ledger.answered(1);
  EXPECT_EQ(ledger.judge(numbered_message(1, 8), 2).outcome, Outcome::unexpected);
}

TEST(Ledger, AMessageThatWasGivenUpAndIsRefusedLaterIsNoLongerUnknown) {
  Ledger ledger(8);
  for (const std::uint64_t number : {1, 2}) {
    ledger.sent(number, numbered_message(number, 8));
    ledger.count(Outcome::unknown, number);
  }
  ledger.count(Outcome::unreachable, ledger.quoted(numbered_message(1, 8))->number);
  EXPECT_EQ(ledger[Outcome::unknown], 1U);
  EXPECT_EQ(ledger[Outcome::unreachable], 1U);
}

TEST(Ledger, AllAreAnsweredOnlyWhenAllAre) {
  Ledger ledger(8);
  ledger.sent(1, numbered_message(1, 8));
  EXPECT_FALSE(ledger.all_answered());
  ledger.answered(1);
  EXPECT_TRUE(ledger.all_answered());
}

}  // namespace
}  // namespace echolab::udp
