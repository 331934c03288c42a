#include <gmock/gmock.h>

#include "tests/decode/packets.hpp"
#include "tests/decode/said.hpp"

namespace echolab::capture {
namespace {

using namespace test;

const Bytes unreachable = bytes("03 03 00 00 00 00 00 00");  // destination unreachable, port unreachable
const Bytes unreachable6 = bytes("01 04 00 00 00 00 00 00");

std::string v4(const Bytes& icmp) {
  auto header = with(ipv4_tcp, 9, "01");
  header[3] = static_cast<std::byte>(20 + icmp.size());
  return said(LinkType::ipv4, header + icmp);
}

std::string v6(const Bytes& icmp) {
  auto header = with(ipv6_tcp, 6, "3a");
  header[5] = static_cast<std::byte>(icmp.size());
  return said(LinkType::ipv6, header + icmp);
}

TEST(FaultB17, AnErrorNamesTheConversationThatItQuotes) {
  EXPECT_EQ(v4(unreachable + udp4), "icmp 10.0.0.1 > 10.0.0.2 type 3 code 3 about 17 10.0.0.1:39454 > 10.0.0.2:9000");
  EXPECT_EQ(v6(unreachable6 + tcp6),
            "icmp6 2001:db8::1 > 2001:db8::2 type 1 code 4 about 6 [2001:db8::1]:39454 > [2001:db8::2]:9000");
}

TEST(FaultB17, EightQuotedBytesAreEnough) {
  EXPECT_EQ(v4(unreachable + first(tcp4, 28)),
            "icmp 10.0.0.1 > 10.0.0.2 type 3 code 3 about 6 10.0.0.1:39454 > 10.0.0.2:9000");
}

TEST(FaultB17, AQuoteWithoutPortsStillNamesTheProtocolAndTheHosts) {
  EXPECT_EQ(v4(unreachable + first(tcp4, 23)), "icmp 10.0.0.1 > 10.0.0.2 type 3 code 3 about 6 10.0.0.1 > 10.0.0.2");
  EXPECT_EQ(v6(unreachable6 + first(udp6, 43)),
            "icmp6 2001:db8::1 > 2001:db8::2 type 1 code 4 about 17 2001:db8::1 > 2001:db8::2");
}

TEST(FaultB17, AQuotedFragmentIsNamedByItsIdentification) {
  EXPECT_EQ(v4(unreachable + with(tcp4, 6, "00 01")),  // a later one
            "icmp 10.0.0.1 > 10.0.0.2 type 3 code 3 about 6 10.0.0.1 > 10.0.0.2 fragment 0x1234");
  EXPECT_EQ(v4(unreachable + with(tcp4, 6, "20 00")),  // the first one
            "icmp 10.0.0.1 > 10.0.0.2 type 3 code 3 about 6 10.0.0.1:39454 > 10.0.0.2:9000 fragment 0x1234");
  const auto later6 = with(ipv6_tcp, 6, "2c") + bytes("06 00 00 09 12 34 56 78") + hello;
  EXPECT_EQ(v6(unreachable6 + later6),
            "icmp6 2001:db8::1 > 2001:db8::2 type 1 code 4 about 6 2001:db8::1 > 2001:db8::2 fragment 0x12345678");
}

TEST(Icmp, AParameterProblemPointsAtAByte) {
  EXPECT_EQ(v4(bytes("0c 00 00 00 09 aa aa aa") + udp4),
            "icmp 10.0.0.1 > 10.0.0.2 type 12 code 0 about 17 10.0.0.1:39454 > 10.0.0.2:9000 at byte 9");
  EXPECT_EQ(v6(bytes("04 01 00 00 00 00 01 28") + udp6),
            "icmp6 2001:db8::1 > 2001:db8::2 type 4 code 1 about 17 [2001:db8::1]:39454 > [2001:db8::2]:9000 at byte "
            "296");
}

TEST(Icmp, WhatIsNoPointerIsNotTakenForOne) {
  for (const char* problem : {"0c 01 00 00 85 00 00 00", "0c 02 00 00 01 00 00 00", "0b 00 00 00 01 00 00 00"})
    EXPECT_THAT(v4(bytes(problem) + udp4), ::testing::Not(::testing::HasSubstr("at byte"))) << problem;
  for (const char* problem : {"04 03 00 00 00 00 00 00", "03 00 00 00 00 00 00 08"})
    EXPECT_THAT(v6(bytes(problem) + udp6), ::testing::Not(::testing::HasSubstr("at byte"))) << problem;
}

TEST(Icmp, APacketThatIsTooBigIsToldTheNextLinksMtu) {
  EXPECT_EQ(v4(bytes("03 04 00 00 ff ff 02 40") + udp4),
            "icmp 10.0.0.1 > 10.0.0.2 type 3 code 4 about 17 10.0.0.1:39454 > 10.0.0.2:9000 mtu 576");
  EXPECT_EQ(v6(bytes("02 00 00 00 00 00 05 00") + udp6),
            "icmp6 2001:db8::1 > 2001:db8::2 type 2 code 0 about 17 [2001:db8::1]:39454 > [2001:db8::2]:9000 mtu 1280");
  EXPECT_EQ(v4(bytes("03 04 00 00 00 00 00 00") + udp4),  // as routers did before RFC 1191
            "icmp 10.0.0.1 > 10.0.0.2 type 3 code 4 about 17 10.0.0.1:39454 > 10.0.0.2:9000");
}

TEST(FaultB17, AQuoteThatIsNoIpPacketIsIgnored) {
  EXPECT_EQ(v4(unreachable), "icmp 10.0.0.1 > 10.0.0.2 type 3 code 3 about 0");
  EXPECT_EQ(v4(unreachable + with(tcp4, 0, "75")), "icmp 10.0.0.1 > 10.0.0.2 type 3 code 3 about 0");
  EXPECT_EQ(v4(unreachable + with(tcp4, 0, "41")), "icmp 10.0.0.1 > 10.0.0.2 type 3 code 3 about 0");
  EXPECT_EQ(v6(unreachable6 + tcp4 + Bytes(20)), "icmp6 2001:db8::1 > 2001:db8::2 type 1 code 4 about 0");
}

TEST(FaultB17, AQuotedTunnelIsNotFollowed) {
  EXPECT_EQ(v4(unreachable + with(tcp4, 9, "04")),
            "icmp 10.0.0.1 > 10.0.0.2 type 3 code 3 about 4 10.0.0.1 > 10.0.0.2");
}

TEST(Icmp, MessagesThatAreNoErrorsAreNamed) {
  EXPECT_EQ(v4(bytes("08 00 00 00 00 01 00 01")), "other icmp 8 10.0.0.1 > 10.0.0.2");  // echo request
  EXPECT_EQ(v6(bytes("87 00 00 00 00 00 00 00")),
            "other icmp 135 2001:db8::1 > 2001:db8::2");  // neighbour solicitation
}

TEST(FaultB17, ShorterThanItsHeaderIsMalformed) {
  EXPECT_EQ(v4(Bytes(7)), "malformed icmp needed 8 had 7 at 20 type 0");
  EXPECT_EQ(v6(Bytes(7)), "malformed icmp6 needed 8 had 7 at 40 type 0");
}

TEST(Icmp, ShorterThanWhatAllMessagesHaveSaysSoAndItsType) {
  EXPECT_EQ(v4({}), "malformed icmp needed 8 had 0 at 20");
  EXPECT_EQ(v6({}), "malformed icmp6 needed 4 had 0 at 40");
  EXPECT_EQ(v6(bytes("80")), "malformed icmp6 needed 4 had 1 at 40 type 128");
  EXPECT_EQ(v6(bytes("80 00 00 00")), "malformed icmp6 needed 8 had 4 at 40 type 128");
}

}  // namespace
}  // namespace echolab::capture
