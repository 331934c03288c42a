#include "capture/render/memory.hpp"

#include <gtest/gtest.h>

namespace echolab::capture {
namespace {

TEST(TextMemory, MakesATextOnce) {
  TextMemory memory;
  int made = 0;
  const auto make = [&] { return std::to_string(++made); };
  EXPECT_EQ(memory.recall("a", make), "1");
  EXPECT_EQ(memory.recall("a", make), "1");
  EXPECT_EQ(memory.recall("b", make), "2");
}

TEST(TextMemory, StaysSmallHoweverMuchItIsAsked) {
  TextMemory memory;
  int made = 0;
  for (int i = 0; i < 100'000; ++i) memory.recall(std::to_string(i), [&] { return std::to_string(++made); });
  EXPECT_EQ(memory.recall("99999", [] { return "again"; }), "100000");
  EXPECT_EQ(memory.recall("0", [] { return "again"; }), "again");
}

TEST(AddressBook, KeepsApartEndpointsThatShareAPlace) {
  AddressBook names;
  Endpoint one, other;
  one.address.bytes = other.address.bytes = {127, 0, 0, 1};
  one.port = 9000;
  other.port = 9000 + 509;
  EXPECT_EQ(names(one) + " > " + names(other), "127.0.0.1:9000 > 127.0.0.1:9509");
  EXPECT_EQ(names(one), "127.0.0.1:9000");
}

}  // namespace
}  // namespace echolab::capture
