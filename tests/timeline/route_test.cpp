// Where the sniffer has to look.
#include "tools/timeline/route.hpp"

#include <gtest/gtest.h>

#include "net/system_call.hpp"

namespace echolab::timeline {
namespace {

TEST(Route, ToLoopbackIsTheLoopbackInterface) {
  EXPECT_EQ(interface_to(net::resolve("127.0.0.1", 9000)), "lo");
  EXPECT_EQ(interface_to(net::resolve("127.9.9.9", 9000)), "lo");
}

TEST(Route, OfAServerThatListensEverywhereIsAnyInterface) {
  EXPECT_EQ(interface_of(net::resolve("0.0.0.0", 9000)), "any");
  EXPECT_EQ(interface_of(net::resolve("::", 9000)), "any");
}

TEST(Route, OfALoopbackAddressIsTheLoopbackInterface) {
  EXPECT_EQ(interface_of(net::resolve("127.0.0.1", 9000)), "lo");
}

}  // namespace
}  // namespace echolab::timeline
