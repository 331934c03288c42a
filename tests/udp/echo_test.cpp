// One datagram a message: every size that UDP has, over IPv4 and IPv6.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/echo_pair.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;

TEST(UdpEcho, MessagesComeBackExactly) {
  Server server("udp_server");
  const Ended client = server.ask("udp_client", {"-m", "hello", "-m", "안녕\n"});
  EXPECT_EQ(client.status, 0) << client.err;
  EXPECT_EQ(client.out, "hello안녕\n");
  EXPECT_EQ(client.err, "");
}

TEST(FaultF1, ADatagramOfNoBytesIsAMessageToo) {
  Server server("udp_server");
  EXPECT_EQ(server.ask("udp_client", {"-m", ""}).status, 0);
  EXPECT_THAT(server.process().end(SIGTERM).out, HasSubstr("datagrams 1, answered 1, bytes 0"));
}

TEST(FaultF2, EverySizeUpToTheLargestOverIPv4) {
  Server server("udp_server");
  for (const char* size : {"1", "8", "1472", "1473", "65506", "65507"}) {
    const Ended client = server.ask("udp_client", {"--count", "1", "--size", size});
    ASSERT_EQ(client.status, 0) << size << ": " << client.err;
    ASSERT_EQ(client.out.size(), std::stoul(size));
  }
}

TEST(FaultF2, TwentyBytesMoreOverIPv6) {
  Server server("udp_server", quiet({"--bind", "::1"}));
  const Ended client = server.ask("udp_client", {"--count", "1", "--size", "65527"});
  EXPECT_EQ(client.status, 0) << client.err;
  EXPECT_EQ(client.out.size(), 65527U);
}

TEST(FaultF2, OneByteMoreIsTooLargeAndSaysSo) {
  Server v4("udp_server"), v6("udp_server", quiet({"--bind", "::1"}));
  const Ended over4 = v4.ask("udp_client", {"--count", "1", "--size", "65508"});
  EXPECT_EQ(over4.status, 1);
  EXPECT_THAT(over4.err, HasSubstr("at most 65507 bytes"));
  const Ended over6 = v6.ask("udp_client", {"--count", "1", "--size", "65528"});
  EXPECT_EQ(over6.status, 1);
  EXPECT_THAT(over6.err, HasSubstr("at most 65527 bytes"));
}

TEST(UdpEcho, ALineOfInputIsADatagram) {
  Server server("udp_server");
  EXPECT_EQ(server.ask("udp_client", {}, "one\ntwo\nthree").out, "one\ntwo\nthree");
  EXPECT_THAT(server.process().end(SIGTERM).out, HasSubstr("datagrams 3"));
}

TEST(UdpEcho, AThousandMessagesOneAfterTheOther) {
  Server server("udp_server");
  const Ended client = server.ask("udp_client", {"--count", "1000", "--size", "9"});
  EXPECT_EQ(client.status, 0) << client.err;
  EXPECT_EQ(client.out.size(), 9000U);
}

}  // namespace
}  // namespace echolab::test
