#include "udp/ledger.hpp"

#include <gtest/gtest.h>

#include "net/messages.hpp"

namespace echolab::udp {
namespace {

using net::numbered_message;

/// Messages up to `last` have been sent; they are numbered_message of 8 bytes.
Ledger after(std::uint64_t last) {
  Ledger ledger(Ledger::numbered_messages(8));
  for (std::uint64_t number = 1; number <= last; ++number) ledger.sent(number, numbered_message(number, 8));
  return ledger;
}

TEST(Ledger, AnAnswerThatComesAgainIsADuplicate) {
  Ledger ledger = after(2);
  ledger.count(Outcome::answered, 1);
  const auto verdict = ledger.judge(numbered_message(1, 8));
  EXPECT_EQ(verdict.outcome, Outcome::duplicate);
  EXPECT_EQ(verdict.number, 1U);
}

TEST(Ledger, TheAnswerToAMessageGivenUpIsLate) {
  Ledger ledger = after(3);
  ledger.count(Outcome::answered, 2);
  EXPECT_EQ(ledger.judge(numbered_message(1, 8)).outcome, Outcome::late);
}

TEST(Ledger, TheAnswerToTheLastMessageIsLateOnceThatIsGivenUp) {
  Ledger ledger = after(1);
  EXPECT_TRUE(ledger.waits());
  ledger.count(Outcome::unknown, 1);
  EXPECT_FALSE(ledger.waits());
  EXPECT_EQ(ledger.judge(numbered_message(1, 8)).outcome, Outcome::late);
}

TEST(Ledger, ALateAnswerThatComesAgainIsADuplicate) {
  Ledger ledger = after(4);
  EXPECT_EQ(ledger.judge(numbered_message(2, 8)).outcome, Outcome::late);
  EXPECT_EQ(ledger.judge(numbered_message(1, 8)).outcome, Outcome::late);
  EXPECT_EQ(ledger.judge(numbered_message(2, 8)).outcome, Outcome::duplicate);
}

TEST(Ledger, WhatWasNeverSentIsUnexpected) {
  Ledger ledger = after(3);
  EXPECT_EQ(ledger.judge(numbered_message(7, 8)).outcome, Outcome::unexpected) << "a number not yet sent";
  EXPECT_EQ(ledger.judge(numbered_message(0, 8)).outcome, Outcome::unexpected) << "a number never sent";
  EXPECT_EQ(ledger.judge(numbered_message(1, 9)).outcome, Outcome::unexpected) << "a number with other bytes";
  EXPECT_EQ(ledger.judge({}).outcome, Outcome::unexpected) << "no number";
}

TEST(Ledger, WithoutNumbersNothingCanBeToldApart) {
  Ledger ledger(Ledger::numbered_messages(std::nullopt));
  ledger.count(Outcome::answered, 1);
  EXPECT_EQ(ledger.judge(numbered_message(1, 8)).outcome, Outcome::unexpected);
}

TEST(Ledger, AMessageThatWasGivenUpAndIsRefusedLaterIsNoLongerUnknown) {
  Ledger ledger = after(0);
  for (const std::uint64_t number : {1, 2}) {
    ledger.sent(number, numbered_message(number, 8));
    ledger.count(Outcome::unknown, number);
  }
  ledger.count(Outcome::unreachable, ledger.quoted(numbered_message(1, 8))->number);
  EXPECT_EQ(ledger[Outcome::unknown], 1U);
  EXPECT_EQ(ledger[Outcome::unreachable], 1U);
}

TEST(Ledger, AllAreAnsweredOnlyWhenAllAre) {
  Ledger ledger = after(0);
  ledger.sent(1, numbered_message(1, 8));
  EXPECT_FALSE(ledger.all_answered());
  ledger.count(Outcome::answered, 1);
  EXPECT_TRUE(ledger.all_answered());
}

}  // namespace
}  // namespace echolab::udp
