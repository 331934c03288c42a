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

TEST(APacketWithoutAHopLeft, IsMarked) {
  const auto ip_of = [](LinkType link_type, const Bytes& bytes) {
    return std::get<Segment>(decode(test::packet(link_type, bytes))).ip;
  };
  EXPECT_TRUE(ip_of(LinkType::ipv4, with(tcp4, 8, "00")).zero_ttl);
  EXPECT_TRUE(ip_of(LinkType::ipv6, with(tcp6, 7, "00")).zero_hop_limit);
  for (const IpInfo& ip : {ip_of(LinkType::ipv4, with(tcp4, 8, "01")), ip_of(LinkType::ipv6, with(tcp6, 7, "01"))})
    EXPECT_FALSE(ip.zero_ttl || ip.zero_hop_limit);
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
  EXPECT_EQ(v4(with(tcp4, 0, "44")), "malformed ipv4 header_length needed 20 had 16 at 0");
  EXPECT_EQ(v4(first(tcp4, 19)), "malformed ipv4 needed 20 had 19 at 0 from 10.0.0.1");
  EXPECT_EQ(v4(first(tcp4, 15)), "malformed ipv4 needed 20 had 15 at 0");
}

TEST(FaultB5, AHeaderLongerThanThePacketIsMalformed) {
  EXPECT_EQ(v4(with(tcp4, 0, "4f")), "malformed ipv4 total_length needed 60 had 45 at 0");
}

TEST(FaultB5, NeitherVersionFourNorSixIsMalformed) {
  for (const auto* version : {"05", "15", "75", "f5"}) {
    const auto packet = with(tcp4, 0, version);
    EXPECT_THAT(v4(packet), testing::StartsWith("malformed ipv4 version needed 4 had ")) << version;
    EXPECT_THAT(said(LinkType::raw, packet), testing::StartsWith("malformed ip version needed 4 had ")) << version;
  }
  EXPECT_EQ(v6(with(tcp6, 0, "50")), "malformed ipv6 version needed 6 had 5 at 0");
}

TEST(FaultB8, ATotalLengthBelowTheHeaderIsMalformed) {
  EXPECT_EQ(v4(with(tcp4, 2, "00 13")), "malformed ipv4 total_length needed 20 had 19 at 0");
}

TEST(FaultH15, ATotalLengthBeyondTheFrameIsBoundedByIt) {
  EXPECT_EQ(v4(with(tcp4, 2, "01 00")), std::string(tcp4_said) + " missing 211");
  EXPECT_EQ(v4(with(udp4, 2, "00 22")), std::string(udp4_said) + " missing 1");  // the UDP length fits
  EXPECT_EQ(v4(with(with(udp4, 2, "00 24"), 24, "00 0f")),
            "udp 10.0.0.1:39454 > 10.0.0.2:9000 UDP 7 absent 2 missing 3");
  EXPECT_EQ(v6(with(tcp6, 4, "00 1a")), std::string(tcp6_said) + " missing 1");
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

TEST(FaultB11, TheFirstFragmentHasPortsAndIsMarked) {
  EXPECT_EQ(v4(with(ipv4_tcp, 2, "00 2c 12 34 20 00") + tcp + Bytes(4)),
            "tcp 10.0.0.1:39454 > 10.0.0.2:9000 P. 1000:1004(4) ack 2000 fragment 0x1234 of 6 0:24(24) more");
}

/// The first fragment of a datagram: 16 bytes of it, of which UDP's header takes 8. `length` is the one in that header.
std::string first_of_datagram(const std::string& length) {
  return v4(with(ipv4_udp, 2, "00 24 12 34 20 00") + with(udp, 4, length) + Bytes(8));
}

TEST(FaultB11, TheFirstFragmentOfADatagramIsToldByTheUdpLength) {
  EXPECT_EQ(first_of_datagram("0f a0"),
            "udp 10.0.0.1:39454 > 10.0.0.2:9000 UDP 3992 absent 3984 fragment 0x1234 of 17 0:16(16) more");
  EXPECT_EQ(v4(with(ipv4_udp, 2, "00 1c 12 34 20 00") + with(udp, 4, "24 c1")),  // nothing but the header
            "udp 10.0.0.1:39454 > 10.0.0.2:9000 UDP 9401 absent 9401 fragment 0x1234 of 17 0:8(8) more");
}

TEST(FaultB11, AFirstFragmentIsNotBelievedMoreThanAnIpPacketCanHold) {
  EXPECT_EQ(first_of_datagram("ff eb"),  // 65,515 and IPv4's header: just so
            "udp 10.0.0.1:39454 > 10.0.0.2:9000 UDP 65507 absent 65499 fragment 0x1234 of 17 0:16(16) more");
  EXPECT_EQ(first_of_datagram("ff ec"), "malformed udp length too large needed 65516 had 65515 at 20");
}

TEST(FaultB11, ADatagramThatEndsInItsFirstFragmentIsAsShortAsItsHeaderSays) {
  EXPECT_EQ(first_of_datagram("00 0a"), "udp 10.0.0.1:39454 > 10.0.0.2:9000 UDP 2 fragment 0x1234 of 17 0:16(16) more");
}

TEST(FaultB11, TheFirstFragmentOfAPingIsNamedAsOne) {
  const auto echo_request = bytes("08 00 00 00 00 01 00 01");
  EXPECT_EQ(v4(with(with(ipv4_tcp, 2, "00 1c 12 34 20 00"), 9, "01") + echo_request),
            "other icmp 8 10.0.0.1 > 10.0.0.2 fragment 0x1234 of 1 0:8(8) more");
}

TEST(FaultB12, ALaterFragmentHasNoPortsAndItsPlace) {
  const auto later = [](const std::string& field) { return v4(with(ipv4_tcp, 2, "00 24 12 34 " + field) + Bytes(16)); };
  EXPECT_EQ(later("20 01"), "other fragment 6 10.0.0.1 > 10.0.0.2 fragment 0x1234 of 6 8:24(16) more");
  EXPECT_EQ(later("00 b9"), "other fragment 6 10.0.0.1 > 10.0.0.2 fragment 0x1234 of 6 1480:1496(16)");
}

TEST(FaultB12, ALaterFragmentsPlaceIsCountedFromBehindTheOptions) {
  EXPECT_EQ(v4(with(ipv4_tcp, 0, "46 00 00 20 12 34 00 01") + bytes("94 04 00 00") + Bytes(8)),
            "other fragment 6 10.0.0.1 > 10.0.0.2 fragment 0x1234 of 6 8:16(8)");
}

TEST(FaultB12, PaddingBehindAFragmentIsNoneOfItsBytes) {
  EXPECT_EQ(v4(with(ipv4_tcp, 2, "00 15 12 34 00 01") + Bytes(26)),
            "other fragment 6 10.0.0.1 > 10.0.0.2 fragment 0x1234 of 6 8:9(1)");
}

TEST(FaultB13, AFirstFragmentThatSplitsTheTcpHeaderIsNotMalformed) {
  EXPECT_EQ(v4(with(ipv4_tcp, 2, "00 1c 12 34 20 00") + bytes("9a 1e 23 28 00 00 03 e8")),
            "other fragment 6 10.0.0.1 > 10.0.0.2 fragment 0x1234 of 6 0:8(8) more");
}

TEST(FaultB13, AFragmentThatNoOtherCanFollowIsMarked) {
  EXPECT_EQ(v4(with(ipv4_tcp, 2, "00 21 12 34 20 01") + Bytes(13)),
            "other fragment 6 10.0.0.1 > 10.0.0.2 fragment 0x1234 of 6 8:21(13) more uneven");
}

TEST(FaultB13, AFragmentThatEndsBeyondTheLargestPacketIsMarked) {
  const auto last = [](const std::string& length) { return v4(with(ipv4_tcp, 2, length + " 12 34 1f fd") + Bytes(8)); };
  EXPECT_EQ(last("00 17"), "other fragment 6 10.0.0.1 > 10.0.0.2 fragment 0x1234 of 6 65512:65515(3)");
  EXPECT_EQ(last("00 18"), "other fragment 6 10.0.0.1 > 10.0.0.2 fragment 0x1234 of 6 65512:65516(4) beyond-largest");
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
  EXPECT_EQ(v6(ipv6("00", 8) + endless + tcp + hello),
            "malformed ipv6 extension_length too large needed 2048 had 33 at 40");
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
  EXPECT_EQ(v6(ipv6("33", loop.size() - 25) + loop), "other chain_too_long 51 2001:db8::1 > 2001:db8::2");
}

TEST(FaultB15, EncryptionAndUnknownHeadersEndTheWalkWithTheirNumber) {
  EXPECT_EQ(v6(ipv6("32", 0) + tcp + hello), "other ip_protocol 50 2001:db8::1 > 2001:db8::2");
  EXPECT_EQ(v6(ipv6("fd", 0) + tcp + hello), "other ip_protocol 253 2001:db8::1 > 2001:db8::2");
}

TEST(FaultB14, AnAtomicFragmentIsAWholePacket) {
  const auto atomic = bytes("06 00 00 00 00 00 00 01");  // offset 0, no more fragments
  EXPECT_EQ(v6(ipv6("2c", 8) + atomic + tcp + hello), std::string(tcp6_said) + " atomic-fragment");
}

TEST(FaultB12, FragmentsAreToldApart) {
  const auto first = bytes("06 00 00 01 12 34 56 78"), later = bytes("06 00 00 08 12 34 56 78");  // M; offset 8
  EXPECT_EQ(v6(ipv6("2c", 8) + first + tcp + hello),
            std::string(tcp6_said) + " fragment 0x12345678 of 6 0:25(25) more uneven");
  EXPECT_EQ(v6(ipv6("2c", 8) + later + tcp + hello),
            "other fragment 6 2001:db8::1 > 2001:db8::2 fragment 0x12345678 of 6 8:33(25)");
}

TEST(FaultB13, AFragmentInsideAFragmentIsOnlyCounted) {
  const auto outer = bytes("2c 00 00 01 00 00 aa aa"), first = bytes("06 00 00 01 00 00 bb bb"),
             later = bytes("06 00 00 08 00 00 bb bb");
  const auto around = [&](const Bytes& inner) { return v6(ipv6("2c", 16) + outer + inner + tcp + hello); };
  EXPECT_THAT(around(first), testing::EndsWith(" fragment 0xaaaa of 44 0:33(33) more uneven 2 fragment headers"));
  EXPECT_THAT(around(later), testing::StartsWith("other fragment 6"));
}

TEST(FaultB14, AtomicFragmentsBehindOneAnotherAreCounted) {
  const auto again = bytes("2c 00 00 00 00 00 00 01"), atomic = bytes("06 00 00 00 00 00 00 01");
  EXPECT_EQ(v6(ipv6("2c", 16) + again + atomic + tcp + hello),
            std::string(tcp6_said) + " 2 fragment headers atomic-fragment");
  Bytes many;
  for (int i = 0; i < 17; ++i) many = many + again;
  EXPECT_THAT(
      v6(ipv6("2c", many.size()) + many + tcp + hello),
      testing::AllOf(testing::StartsWith("other chain_too_long 44"), testing::HasSubstr(" 16 fragment headers")));
}

TEST(FaultB13, HeadersThatEveryFragmentRepeatsCountForTheLargestPacket) {
  const auto last = bytes("06 00 ff f0 00 00 00 01");  // offset 65,520
  const auto fragment = [](const Bytes& headers, std::size_t size, const std::string& next) {
    return v6(ipv6(next, headers.size() + size - 25) + headers + Bytes(size));
  };
  EXPECT_THAT(fragment(last, 15, "2c"), testing::EndsWith("65520:65535(15)"));
  EXPECT_THAT(fragment(last, 16, "2c"), testing::EndsWith("65520:65536(16) beyond-largest"));
  EXPECT_THAT(fragment(extension("2c") + last, 15, "3c"), testing::EndsWith("65520:65535(15) beyond-largest"));
}

TEST(FaultB11, HeadersBeforeADatagramInItsFirstFragmentLeaveItLessRoom) {
  const auto first = bytes("3c 00 00 01 00 00 00 01");
  const auto datagram = [&](const std::string& length) {
    return v6(ipv6("2c", 7) + first + extension("11") + with(udp, 4, length) + Bytes(8));
  };
  EXPECT_EQ(datagram("ff f7"),
            "udp [2001:db8::1]:39454 > [2001:db8::2]:9000 UDP 65519 absent 65511 fragment 0x1 of 60 0:24(24) more");
  EXPECT_EQ(datagram("ff f8"), "malformed udp length too large needed 65528 had 65527 at 56");
}

TEST(FaultB14, AnAtomicHeaderInsideAFragmentMakesItNoWholePacket) {
  const auto first = bytes("2c 00 00 01 00 00 00 01"), atomic = bytes("06 00 00 00 00 00 00 02");
  EXPECT_EQ(v6(ipv6("2c", 16) + first + atomic + tcp + hello),
            std::string(tcp6_said) + " fragment 0x1 of 44 0:33(33) more uneven 2 fragment headers");
}

TEST(FaultB15, NoNextHeaderIsNamed) {
  EXPECT_EQ(v6(ipv6("3b", 0) + tcp + hello), "other ip_protocol 59 2001:db8::1 > 2001:db8::2");
}

TEST(Address, IsWrittenTheShortestWay) {
  EXPECT_EQ(to_string(IpAddress::v4(bytes("7f 00 00 01"))), "127.0.0.1");
  EXPECT_EQ(to_string(IpAddress::v6(bytes("00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01"))), "::1");
  EXPECT_EQ(to_string(IpAddress::v6(bytes("20 01 0d b8 00 00 00 01 00 00 00 00 00 00 00 01"))), "2001:db8:0:1::1");
  EXPECT_EQ(to_string(Endpoint{IpAddress::v6(Bytes(16)), 9000}), "[::]:9000");
}

TEST(Address, TheVersionsNeverCompareEqual) { EXPECT_NE(IpAddress::v4(Bytes(4)), IpAddress::v6(Bytes(16))); }

}  // namespace
}  // namespace echolab::capture
