#include "tools/compare/transport/values.hpp"

#include <gtest/gtest.h>

namespace echolab::compare {
namespace {

using namespace std::chrono_literals;

TEST(Loss, IsPerCentWithAndWithoutItsSign) {
  EXPECT_EQ(parse_loss("10"), 0.1);
  EXPECT_EQ(parse_loss("10%"), 0.1);
  EXPECT_EQ(parse_loss("0.5%"), 0.005);
  EXPECT_EQ(parse_loss("0"), 0.0);
  for (const char* wrong : {"", "%", "91", "-1", "ten", "10%%", "1e1"}) EXPECT_FALSE(parse_loss(wrong)) << wrong;
}

TEST(Delay, IsMillisecondsWhereItHasNoUnit) {
  EXPECT_EQ(parse_delay("50"), 50ms);
  EXPECT_EQ(parse_delay("50ms"), 50ms);
  EXPECT_EQ(parse_delay("1.5s"), 1500ms);
  EXPECT_EQ(parse_delay("0"), 0ms);
  for (const char* wrong : {"", "ms", "3s", "-5", "5 ms", "5m"}) EXPECT_FALSE(parse_delay(wrong)) << wrong;
}

TEST(HostPort, KeepsAnIpv6AddressInItsBrackets) {
  EXPECT_EQ(parse_host_port("127.0.0.1:7")->host, "127.0.0.1");
  EXPECT_EQ(parse_host_port("localhost:9000")->port, 9000);
  EXPECT_EQ(parse_host_port("[::1]:9000")->host, "::1");
  for (const char* wrong : {"", ":7", "localhost", "::1:7", "localhost:", "localhost:0", "localhost:65536", "h:7x"})
    EXPECT_FALSE(parse_host_port(wrong)) << wrong;
}

TEST(SweepOfLoss, TakesTheUnitAtTheEndForAll) {
  const auto sweep = parse_sweep("loss=0,1,2,5,10%");
  ASSERT_TRUE(sweep);
  EXPECT_EQ(sweep->of, Sweep::Of::loss);
  EXPECT_EQ(sweep->losses, (std::vector{0.0, 0.01, 0.02, 0.05, 0.1}));
}

TEST(SweepOfDelay, IsInOrder) {
  const auto sweep = parse_sweep("delay=100,0,10,50ms");
  ASSERT_TRUE(sweep);
  EXPECT_EQ(sweep->of, Sweep::Of::delay);
  EXPECT_EQ(sweep->delays, (std::vector<Nanoseconds>{0ms, 10ms, 50ms, 100ms}));
  EXPECT_EQ(parse_sweep("delay=1s,20ms")->delays, (std::vector<Nanoseconds>{20ms, 1s}));
}

TEST(Sweep, RefusesWhatItIsNot) {
  for (const char* wrong :
       {"", "loss", "loss=", "loss=1,,2", "size=1,2", "delay=1,x", "loss=1,2ms", "loss=0,1,2,3,4,5,6,7,8,9,10,11,12"})
    EXPECT_FALSE(parse_sweep(wrong)) << wrong;
}

}  // namespace
}  // namespace echolab::compare
