#include "udp/ledger.hpp"

#include <gtest/gtest.h>

#include "net/messages.hpp"

namespace echolab::udp {
namespace {

using net::numbered_message;

TEST(Ledger, AnAnswerThatComesAgainIsADuplicate) {
  Ledger ledger(true);
  ledger.answered(1);
  const auto verdict = ledger.judge(numbered_message(1, 8), 2);
  EXPECT_EQ(verdict.outcome, Outcome::duplicate);
  EXPECT_EQ(verdict.number, 1U);
}

TEST(Ledger, TheAnswerToAMessageGivenUpIsLate) {
  Ledger ledger(true);
  ledger.answered(2);
  EXPECT_EQ(ledger.judge(numbered_message(1, 8), 3).outcome, Outcome::late);
}

TEST(Ledger, WhatWasNeverSentIsUnexpected) {
  const Ledger ledger(true);
  EXPECT_EQ(ledger.judge(numbered_message(7, 8), 3).outcome, Outcome::unexpected) << "a number not yet sent";
  EXPECT_EQ(ledger.judge(numbered_message(0, 8), 3).outcome, Outcome::unexpected) << "a number never sent";
  EXPECT_EQ(ledger.judge({}, 3).outcome, Outcome::unexpected) << "no number";
}

TEST(Ledger, WithoutNumbersNothingCanBeToldApart) {
  Ledger ledger(false);
  ledger.answered(1);
  EXPECT_EQ(ledger.judge(numbered_message(1, 8), 2).outcome, Outcome::unexpected);
}

TEST(Ledger, AllAreAnsweredOnlyWhenAllAre) {
  Ledger ledger(true);
  ledger.sent();
  EXPECT_FALSE(ledger.all_answered());
  ledger.answered(1);
  EXPECT_TRUE(ledger.all_answered());
}

}  // namespace
}  // namespace echolab::udp
