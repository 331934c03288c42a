#include "net/address.hpp"

#include <gtest/gtest.h>

namespace echolab::net {
namespace {

TEST(Address, PrintsIPv4AsHostAndPort) { EXPECT_EQ(to_string(resolve("127.0.0.1", 9000)), "127.0.0.1:9000"); }
TEST(Address, PrintsIPv6InBrackets) { EXPECT_EQ(to_string(resolve("::1", 9000)), "[::1]:9000"); }
TEST(Address, PrintsIPv6InItsShortestForm) {
  EXPECT_EQ(to_string(resolve("2001:db8:0:0:0:0:0:1", 7)), "[2001:db8::1]:7");
}
TEST(Address, PrintsTheZoneOfALinkLocalAddress) { EXPECT_EQ(to_string(resolve("fe80::1%lo", 9)), "[fe80::1%lo]:9"); }
TEST(Address, PrintsTheHostAlone) { EXPECT_EQ(host_string(resolve("::1", 9000)), "::1"); }

TEST(Address, ANameOfBothKindsIsIPv4) { EXPECT_EQ(to_string(resolve("localhost", 80)), "127.0.0.1:80"); }

TEST(Address, AnUnknownHostIsNamedInTheError) {
  try {
    resolve("no host has this name", 80);
    FAIL() << "resolved";
  } catch (const UnknownHost& unknown) {
    EXPECT_EQ(unknown.host, "no host has this name");
    EXPECT_FALSE(unknown.reason.empty());
  }
}

TEST(Address, KnowsItsKind) {
  EXPECT_TRUE(resolve("127.3.2.1", 1).is_loopback());
  EXPECT_TRUE(resolve("::1", 1).is_loopback());
  EXPECT_FALSE(resolve("128.0.0.1", 1).is_loopback());
  EXPECT_TRUE(resolve("0.0.0.0", 1).is_wildcard());
  EXPECT_TRUE(resolve("::", 1).is_wildcard());
  EXPECT_FALSE(resolve("0.0.0.1", 1).is_wildcard());
  EXPECT_TRUE(resolve("224.0.0.1", 1).is_multicast());
  EXPECT_TRUE(resolve("239.255.255.255", 1).is_multicast());
  EXPECT_FALSE(resolve("223.255.255.255", 1).is_multicast());
  EXPECT_TRUE(resolve("ff02::1", 1).is_multicast());
  EXPECT_TRUE(resolve("255.255.255.255", 1).is_broadcast());
}

TEST(Address, OfThisMachineIsOneThatASocketMayHave) {
  EXPECT_TRUE(is_own(resolve("127.0.0.1", 0)));
  EXPECT_FALSE(is_own(resolve("192.0.2.1", 0)));
}

TEST(Address, OfManyIsAlsoTheBroadcastAddressOfANetworkHere) {
  EXPECT_TRUE(is_group(resolve("224.0.0.1", 1)));
  EXPECT_TRUE(is_group(resolve("127.255.255.255", 1)));
  EXPECT_FALSE(is_group(resolve("127.0.0.1", 1)));
}

TEST(Address, IsEqualOnlyWithTheSamePort) {
  EXPECT_EQ(resolve("::1", 5), resolve("::1", 5));
  EXPECT_FALSE(resolve("::1", 5) == resolve("::1", 6));
  EXPECT_FALSE(resolve("127.0.0.1", 5) == resolve("127.0.0.2", 5));
  EXPECT_FALSE(resolve("0.0.0.0", 5) == resolve("::", 5));
}

}  // namespace
}  // namespace echolab::net
