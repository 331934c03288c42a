#include <gmock/gmock.h>

#include "tests/decode/packets.hpp"
#include "tests/decode/said.hpp"

namespace echolab::capture {
namespace {

using namespace test;

std::string v4(const Bytes& packet) { return said(LinkType::ipv4, packet); }
std::string v6(const Bytes& packet) { return said(LinkType::ipv6, packet); }

TEST(Ipv4, HandsOnWhatVerdictsNeed) {
  const auto packet = tcp4;
  const auto segment = std::get<Segment>(decode(test::packet(LinkType::ipv4, packet)));
  EXPECT_EQ(segment.ip.identification, 0x1234);
  EXPECT_EQ(segment.ip.ttl, 64);
}

std::string with_options(const std::string& four_bytes) {
  return v4(with(ipv4_tcp, 0, "46 00 00 31") + bytes(four_bytes) + tcp + hello);
}

TEST(FaultB6, OptionsAreSteppedOver) {
  EXPECT_EQ(with_options("94 04 00 00"), tcp4_said);  // router alert
  EXPECT_EQ(with_options("01 01 07 02"), tcp4_said);  // no operation twice; record route, without room
  EXPECT_EQ(with_options("00 44 01 00"), tcp4_said);  // end of the list: what follows is padding
}

TEST(FaultB6, AnImpossibleLengthIsSaidAndTheSegmentBehindItIsRead) {
  for (const auto* options : {"94 00 00 00", "44 01 00 00", "07 05 00 00", "01 01 01 07"})
    EXPECT_EQ(with_options(options), std::string(tcp4_said) + " options-malformed") << options;
}

TEST(FaultB6, FortyBytesOfOptionsEndWhereTheHeaderDoes) {
  Bytes nothing(40, std::byte{1});
  EXPECT_EQ(v4(with(ipv4_tcp, 0, "4f 00 00 55") + nothing + tcp + hello), tcp4_said);
  nothing.back() = std::byte{0x94};
  EXPECT_EQ(v4(with(ipv4_tcp, 0, "4f 00 00 55") + nothing + tcp + hello),
            std::string(tcp4_said) + " options-malformed");
}

TEST(FaultB6, OptionsThatTheSnaplenCutAreNotBlamed) {
  const auto packet = with(ipv4_tcp, 0, "46 00 00 31") + bytes("94 04 00 00") + tcp + hello;
  EXPECT_EQ(said_cut(LinkType::ipv4, packet, 21), "other cut 6 10.0.0.1 > 10.0.0.2");
}

TEST(FaultB5, AHeaderBelowTwentyBytesIsMalformed) {
  EXPECT_EQ(v4(with(tcp4, 0, "44")), "malformed ipv4 needed 20 had 16 at 0");
  EXPECT_EQ(v4(Bytes(19)), "malformed ipv4 needed 20 had 19 at 0");
}

TEST(FaultB5, AHeaderLongerThanThePacketIsMalformed) {
  EXPECT_EQ(v4(with(tcp4, 0, "4f")), "malformed ipv4 needed 60 had 45 at 0");
}

TEST(FaultB5, NeitherVersionFourNorSixIsMalformed) {
  for (const auto* version : {"05", "15", "75", "f5"})
    EXPECT_THAT(v4(with(tcp4, 0, version)), testing::StartsWith("malformed ipv4 needed 4 had ")) << version;
}

TEST(FaultB8, ATotalLengthBelowTheHeaderIsMalformed) {
  EXPECT_EQ(v4(with(tcp4, 2, "00 13")), "malformed ipv4 needed 20 had 19 at 0");
}

TEST(FaultB8, ATotalLengthBeyondTheFrameLeavesPayloadUncaptured) {
  EXPECT_EQ(v4(with(tcp4, 2, "01 00")),
            "tcp 10.0.0.1:39454 > 10.0.0.2:9000 P. 1000:1216(216) ack 2000 captured 5 missing 211");
  EXPECT_EQ(v4(with(udp4, 2, "00 22")), std::string(udp4_said) + " missing 1");  // the UDP length fits
  EXPECT_EQ(v6(with(tcp6, 4, "00 1a")),
            "tcp [2001:db8::1]:39454 > [2001:db8::2]:9000 P. 1000:1006(6) ack 2000 captured 5 missing 1");
  EXPECT_EQ(said_cut(LinkType::ipv4, tcp4, 42), std::string(tcp4_said) + " captured 2");  // the snaplen's doing
}

TEST(FaultB7, TotalLengthZeroIsOffload) {
  EXPECT_EQ(v4(with(tcp4, 2, "00 00")), std::string(tcp4_said) + " offload-length");
  EXPECT_EQ(v4(with(with(udp4, 2, "00 00"), 24, "00 00")), std::string(udp4_said) + " offload-length");
}

TEST(FaultB7, OffloadWithSnaplenCountsWhatWasOnTheWire) {
  EXPECT_EQ(said_cut(LinkType::ipv4, with(tcp4, 2, "00 00"), 42),
            std::string(tcp4_said) + " captured 2 offload-length");
}

TEST(FaultB10, AWrongChecksumIsNoReasonToLookAway) { EXPECT_EQ(v4(with(tcp4, 10, "de ad")), tcp4_said); }

TEST(FaultB11, TheFirstFragmentHasPortsAndIsMarked) {
  EXPECT_EQ(v4(with(tcp4, 6, "20 00")), std::string(tcp4_said) + " first-fragment");
}

TEST(FaultB11, TheFirstFragmentOfADatagramHoldsLessThanItsLengthSays) {
  EXPECT_EQ(v4(with(with(udp4, 6, "20 00"), 24, "0f a0")), std::string(udp4_said) + " first-fragment");
}

TEST(FaultB12, ALaterFragmentHasNoPorts) {
  EXPECT_EQ(v4(with(tcp4, 6, "20 01")), "other fragment 6 10.0.0.1 > 10.0.0.2");
  EXPECT_EQ(v4(with(tcp4, 6, "00 05")), "other fragment 6 10.0.0.1 > 10.0.0.2");
}

TEST(FaultB13, AFirstFragmentThatSplitsTheTcpHeaderIsNotMalformed) {
  EXPECT_EQ(v4(with(with(ipv4_tcp, 2, "00 1c"), 6, "20 00") + bytes("9a 1e 23 28 00 00 03 e8")),
            "other fragment 6 10.0.0.1 > 10.0.0.2");
}

TEST(FaultB18, TunnelsAreNamedAndNotFollowed) {
  EXPECT_EQ(v4(with(tcp4, 9, "04")), "other tunnel 4 10.0.0.1 > 10.0.0.2");
  EXPECT_EQ(v4(with(tcp4, 9, "29")), "other tunnel 41 10.0.0.1 > 10.0.0.2");
  EXPECT_EQ(v4(with(tcp4, 9, "2f")), "other tunnel 47 10.0.0.1 > 10.0.0.2");
}

TEST(FaultB15, OtherTransportsAreNamed) {
  EXPECT_EQ(v4(with(tcp4, 9, "84")), "other ip_protocol 132 10.0.0.1 > 10.0.0.2");  // SCTP
  EXPECT_EQ(v4(with(tcp4, 9, "32")), "other ip_protocol 50 10.0.0.1 > 10.0.0.2");   // ESP
  EXPECT_EQ(v4(with(tcp4, 9, "3a")), "other ip_protocol 58 10.0.0.1 > 10.0.0.2");   // ICMPv6, in the wrong version
}

TEST(FaultB13, FragmentsThatOverlapOrReachBeyondTheLargestPacketAreLabelledAlike) {
  const auto fragment = [](const std::string& field) { return v4(with(tcp4, 6, field)); };
  const std::string labelled = "other fragment 6 10.0.0.1 > 10.0.0.2";
  EXPECT_EQ(fragment("20 01"), labelled);  // a teardrop's second part, inside the first
  EXPECT_EQ(fragment("20 01"), labelled);  // the same once more: nothing is remembered
  EXPECT_EQ(fragment("1f ff"), labelled);  // ends beyond 65535: the ping of death
}

const Bytes authentication_to_tcp = bytes(R"(
  06 04 00 00   # next: TCP; (4 + 2) units of 4 bytes
  00 00 00 01 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00 00
)");

TEST(FaultB15, TheAuthenticationHeaderIsSteppedOver) {
  const auto ip = with(with(ipv4_tcp, 2, "00 45"), 9, "33");  // 69 = 45 + 24
  EXPECT_EQ(v4(ip + authentication_to_tcp + tcp + hello), tcp4_said);
}

TEST(Ipv6, CarriesTcpAndUdp) {
  EXPECT_EQ(v6(tcp6), tcp6_said);
  EXPECT_EQ(v6(udp6), udp6_said);
  EXPECT_EQ(v6(Bytes(39)), "malformed ipv6 needed 40 had 39 at 0");
}

TEST(FaultB18, EveryKnownTunnelIsNamedInBothVersions) {
  for (const int protocol : {4, 41, 47, 94, 97, 98, 137}) {
    auto inside4 = tcp4, inside6 = tcp6;
    inside4[9] = inside6[6] = static_cast<std::byte>(protocol);
    EXPECT_EQ(v4(inside4), fmt::format("other tunnel {} 10.0.0.1 > 10.0.0.2", protocol));
    EXPECT_EQ(v6(inside6), fmt::format("other tunnel {} 2001:db8::1 > 2001:db8::2", protocol));
  }
}

TEST(FaultB18, TenPacketsInsideEachOtherAreOneTunnel) {
  Bytes packet = tcp4;
  for (int i = 0; i < 10; ++i) {
    auto outer = with(ipv4_tcp, 9, "04");
    outer[2] = static_cast<std::byte>((packet.size() + 20) >> 8);
    outer[3] = static_cast<std::byte>(packet.size() + 20);
    packet = outer + packet;
  }
  EXPECT_EQ(v4(packet), "other tunnel 4 10.0.0.1 > 10.0.0.2");
}

TEST(FaultB16, PayloadLengthZeroIsAJumbogramOrOffload) {
  EXPECT_EQ(v6(with(tcp6, 4, "00 00")), std::string(tcp6_said) + " offload-length");
  EXPECT_EQ(v6(with(with(udp6, 4, "00 00"), 44, "00 00")), std::string(udp6_said) + " offload-length");
}

/// IPv6's fixed header with this first next header, for `extensions` bytes between it and the segment.
Bytes ipv6(const std::string& next, std::size_t extensions) {
  auto header = with(ipv6_tcp, 6, next);
  header[5] = static_cast<std::byte>(25 + extensions);
  return header;
}

Bytes extension(const std::string& next) { return bytes(next + " 00 01 04 00 00 00 00"); }  // 8 bytes, padding inside

TEST(FaultB15, ExtensionHeadersAreWalked) {
  const auto chain = extension("3c") + extension("2b") + extension("06");  // hop-by-hop, destination options, routing
  EXPECT_EQ(v6(ipv6("00", 24) + chain + tcp + hello), tcp6_said);
  EXPECT_EQ(v6(ipv6("33", 24) + authentication_to_tcp + tcp + hello), tcp6_said);
}

TEST(FaultB15, SixteenExtensionHeadersAreWalkedAndTheSeventeenthIsTooMany) {
  Bytes chain;
  for (int i = 0; i < 15; ++i) chain = chain + extension("3c");
  EXPECT_EQ(v6(ipv6("3c", 128) + chain + extension("06") + tcp + hello), tcp6_said);
  EXPECT_EQ(v6(ipv6("3c", 136) + chain + extension("3c") + extension("06") + tcp + hello),
            "other chain_too_long 60 2001:db8::1 > 2001:db8::2");
}

TEST(FaultB15, AnExtensionHeaderBeyondThePacketIsMalformed) {
  const auto endless = bytes("06 ff 00 00 00 00 00 00");
  EXPECT_EQ(v6(ipv6("00", 8) + endless + tcp + hello), "malformed ipv6 needed 2048 had 33 at 40");
}

TEST(FaultB16, TheJumboOptionIsSteppedOverAndTheCapturedLengthCounts) {
  const auto jumbo = bytes("06 00 c2 04 00 00 00 21");  // hop-by-hop: jumbo payload of 33 bytes
  EXPECT_EQ(v6(with(ipv6("00", 0), 4, "00 00") + jumbo + tcp + hello), std::string(tcp6_said) + " offload-length");
}

TEST(FaultB15, AHopByHopHeaderThatIsNotTheFirstIsWalkedAllTheSame) {
  EXPECT_EQ(v6(ipv6("3c", 16) + extension("00") + extension("06") + tcp + hello), tcp6_said);
}

TEST(FaultB15, AThousandHeadersEndAtTheSeventeenth) {
  Bytes chain;
  for (int i = 0; i < 1000; ++i) chain = chain + extension("3c");
  auto header = ipv6("3c", 0);
  header[4] = std::byte{0x1f}, header[5] = std::byte{0x40};  // 8000
  EXPECT_EQ(v6(header + chain), "other chain_too_long 60 2001:db8::1 > 2001:db8::2");
}

TEST(FaultB15, AnAuthenticationHeaderOfLengthZeroStillMovesOn) {
  const auto none = bytes("06 00 00 00 00 00 00 01");  // (0 + 2) units of 4 bytes
  EXPECT_EQ(v6(ipv6("33", 8) + none + tcp + hello), tcp6_said);
  Bytes loop;
  for (int i = 0; i < 20; ++i) loop = loop + bytes("33 00 00 00 00 00 00 01");
  EXPECT_EQ(v6(ipv6("33", loop.size()) + loop), "other chain_too_long 51 2001:db8::1 > 2001:db8::2");
}

TEST(FaultB15, EncryptionAndUnknownHeadersEndTheWalkWithTheirNumber) {
  EXPECT_EQ(v6(ipv6("32", 0) + tcp + hello), "other ip_protocol 50 2001:db8::1 > 2001:db8::2");
  EXPECT_EQ(v6(ipv6("fd", 0) + tcp + hello), "other ip_protocol 253 2001:db8::1 > 2001:db8::2");
}

TEST(FaultB14, AnAtomicFragmentIsAWholePacket) {
  const auto atomic = bytes("06 00 00 00 00 00 00 01");  // offset 0, no more fragments
  EXPECT_EQ(v6(ipv6("2c", 8) + atomic + tcp + hello), tcp6_said);
}

TEST(FaultB12, FragmentsAreToldApart) {
  const auto first = bytes("06 00 00 01 00 00 00 01");
  const auto later = bytes("06 00 00 08 00 00 00 01");  // offset 8
  EXPECT_EQ(v6(ipv6("2c", 8) + first + tcp + hello), std::string(tcp6_said) + " first-fragment");
  EXPECT_EQ(v6(ipv6("2c", 8) + later + tcp + hello), "other fragment 6 2001:db8::1 > 2001:db8::2");
}

TEST(FaultB15, NoNextHeaderIsNamed) { EXPECT_EQ(v6(ipv6("3b", 0)), "other ip_protocol 59 2001:db8::1 > 2001:db8::2"); }

TEST(Address, IsWrittenTheShortestWay) {
  EXPECT_EQ(to_string(IpAddress::v4(bytes("7f 00 00 01"))), "127.0.0.1");
  EXPECT_EQ(to_string(IpAddress::v6(bytes("00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01"))), "::1");
  EXPECT_EQ(to_string(IpAddress::v6(bytes("20 01 0d b8 00 00 00 01 00 00 00 00 00 00 00 01"))), "2001:db8:0:1::1");
  EXPECT_EQ(to_string(Endpoint{IpAddress::v6(Bytes(16)), 9000}), "[::]:9000");
}

TEST(Address, TheVersionsNeverCompareEqual) { EXPECT_NE(IpAddress::v4(Bytes(4)), IpAddress::v6(Bytes(16))); }

}  // namespace
}  // namespace echolab::capture
