#include "udp/quotation.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace echolab::udp {
namespace {

using Fate = SentMessages::Fate;

std::span<const std::byte> bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

/// "one", "two" ... with the numbers from 1.
SentMessages sent(std::initializer_list<std::string_view> texts) {
  SentMessages messages;
  std::uint64_t number = 0;
  for (const auto text : texts) messages.add(++number, bytes(text));
  return messages;
}

TEST(Quotation, IsOfTheMessageThatBeginsSo) {
  const SentMessages messages = sent({"one", "two"});
  EXPECT_EQ(messages.find(bytes("two"))->number, 2U);
  EXPECT_EQ(messages.find(bytes("tw"))->number, 2U);
  EXPECT_TRUE(messages.find(bytes("tw"))->certain);
  EXPECT_FALSE(messages.find(bytes("three")));
}

TEST(Quotation, OfAWholeMessageIsNotOfALongerOneNorOfItsBeginning) {
  const SentMessages messages = sent({"abc", "ab", "a"});
  EXPECT_EQ(messages.find(bytes("ab"))->number, 2U);
  EXPECT_TRUE(messages.find(bytes("ab"))->certain);
}

TEST(Quotation, MayGoOnBehindTheMessage) { EXPECT_EQ(sent({"one"}).find(bytes("one, padded"))->number, 1U); }

TEST(Quotation, ThatTellsNothingApartIsOfTheOldestOfWhichNothingIsKnown) {
  SentMessages messages = sent({"x", "x", "x"});
  messages.set(1, Fate::answered);
  for (const auto* quote : {"x", ""}) {
    EXPECT_EQ(messages.find(bytes(quote))->number, 2U);
    EXPECT_FALSE(messages.find(bytes(quote))->certain);
  }
  messages.set(2, Fate::refused);
  EXPECT_EQ(messages.find(bytes("x"))->number, 3U);
  EXPECT_TRUE(messages.find(bytes("x"))->certain);
}

TEST(Quotation, OfAMessageWhoseFateIsKnownSaysSo) {
  SentMessages messages = sent({"x"});
  EXPECT_EQ(messages.set(1, Fate::unknown), Fate::waits);
  EXPECT_EQ(messages.set(1, Fate::refused), Fate::unknown);
  EXPECT_EQ(messages.find(bytes("x"))->fate, Fate::refused);
}

TEST(Quotation, OfLongMessagesTheBeginningIsEnough) {
  const std::string a = std::string(1000, 'x') + "a", b = "y" + std::string(1000, 'x');
  EXPECT_EQ(sent({a, b}).find(bytes(b).first(548))->number, 2U);
}

TEST(Quotation, IsLookedForAmongTheLastMessagesAlone) {
  SentMessages messages = sent({"first"});
  for (std::uint64_t number = 2; number < 200; ++number) messages.add(number, bytes("x"));
  EXPECT_FALSE(messages.find(bytes("first")));
}

}  // namespace
}  // namespace echolab::udp
