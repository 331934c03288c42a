// What is named and not followed.
#include <gtest/gtest.h>

#include "tests/explain/told.hpp"

namespace echolab::capture {
namespace {

TEST(Other, IsNamedAndNotFollowed) {
  Observation seen = alone(Other{.kind = Other::Kind::not_ip, .number = 0x0806});
  EXPECT_EQ(in_english(seen).headline, "not IP: ARP");
  seen.decoded = Other{.kind = Other::Kind::wrapped, .number = 0x8847};
  EXPECT_EQ(in_english(seen).headline, "wrapped in MPLS");
  seen.decoded = Other{.kind = Other::Kind::tunnel, .number = 47};
  EXPECT_EQ(in_english(seen).headline, "tunnel: GRE");
  seen.decoded = Other{.kind = Other::Kind::icmp, .number = 8};
  EXPECT_EQ(in_english(seen).headline, "ICMP echo request");
  seen.decoded = Other{.kind = Other::Kind::not_ip, .number = 0x1234};
  EXPECT_EQ(in_english(seen).headline, "not IP: EtherType 0x1234");
}

}  // namespace
}  // namespace echolab::capture
