#include <gmock/gmock.h>

#include "tests/decode/packets.hpp"
#include "tests/decode/said.hpp"

namespace echolab::capture {
namespace {

using namespace test;

TEST(Ethernet, CarriesBothIpVersions) {
  EXPECT_EQ(said(LinkType::ethernet, ethernet_ipv4 + tcp4), tcp4_said);
  EXPECT_EQ(said(LinkType::ethernet, ethernet_ipv6 + udp6), udp6_said);
}

TEST(LinkLayer, SaysWhatWentToEverybody) {
  const auto broadcast = [](LinkType type, const Bytes& header) { return is_link_broadcast(packet(type, header)); };
  const Bytes to_all = bytes("ff ff ff ff ff ff"), to_group = bytes("01 00 5e 00 00 fb");
  EXPECT_TRUE(broadcast(LinkType::ethernet, with(ethernet_ipv4, 0, "ff ff ff ff ff ff")));
  EXPECT_FALSE(broadcast(LinkType::ethernet, with(ethernet_ipv4, 0, "ff ff ff ff ff 01")));
  EXPECT_FALSE(broadcast(LinkType::ethernet, to_group));
  EXPECT_FALSE(broadcast(LinkType::ethernet, bytes("ff ff ff")));
  EXPECT_TRUE(broadcast(LinkType::linux_sll, bytes("00 01 00 01")));
  EXPECT_FALSE(broadcast(LinkType::linux_sll, bytes("00 00 00 01")));
  EXPECT_TRUE(broadcast(LinkType::linux_sll2, with(Bytes(20), 10, "01")));
  EXPECT_FALSE(broadcast(LinkType::linux_sll2, Bytes(20)));
  EXPECT_FALSE(broadcast(LinkType::raw, to_all));
}

TEST(FaultB9, PaddingIsNoPayload) {
  const auto padded = ethernet_ipv4 + udp4 + Bytes(60 - 14 - 33);  // the shortest frame has 60 bytes
  EXPECT_EQ(said(LinkType::ethernet, padded), udp4_said);
}

TEST(FaultB1, NamesAForeignEtherType) {
  EXPECT_EQ(said(LinkType::ethernet, with(ethernet_ipv4, 12, "08 06") + Bytes(28)), "other not_ip 2054");  // ARP
}

TEST(FaultB1, AnEthernetFrameShorterThanItsHeaderIsMalformed) {
  EXPECT_EQ(said(LinkType::ethernet, Bytes(13)), "malformed ethernet needed 14 had 13 at 0");
}

TEST(FaultA9, CutByTheSnaplenIsNotMalformed) {
  EXPECT_EQ(said_cut(LinkType::ethernet, ethernet_ipv4 + tcp4, 13), "other cut 0");
  EXPECT_EQ(said_cut(LinkType::ethernet, ethernet_ipv4 + tcp4, 0), "other cut 0");
}

TEST(FaultA9, AFrameOfNoBytesAtAllIsCut) { EXPECT_EQ(said(LinkType::ethernet, {}), "other cut 0"); }

TEST(FaultA8, MoreCapturedThanThereWasIsTakenByWhatWasCaptured) {
  const auto bytes = ethernet_ipv4 + tcp4;
  auto packet = test::packet(LinkType::ethernet, bytes);
  packet.original_length = 10;
  EXPECT_EQ(said(decode(packet)), tcp4_said);
}

const Bytes addresses(12);
const Bytes tag = bytes("81 00 00 01");           // 802.1Q, VLAN 1
const Bytes provider_tag = bytes("88 a8 00 02");  // 802.1ad
const Bytes old_tag = bytes("91 00 00 03");
const Bytes type_ipv4 = bytes("08 00");

TEST(FaultB1, TagsStackInAnyMixture) {
  EXPECT_EQ(said(LinkType::ethernet, addresses + tag + type_ipv4 + tcp4), tcp4_said);
  EXPECT_EQ(said(LinkType::ethernet, addresses + provider_tag + old_tag + tag + type_ipv4 + tcp4), tcp4_said);
}

TEST(FaultB1, EightTagsAreWalkedAndTheNinthIsTooMany) {
  Bytes frame = addresses;
  for (int i = 0; i < 8; ++i) frame = frame + tag;
  EXPECT_EQ(said(LinkType::ethernet, frame + type_ipv4 + tcp4), tcp4_said);
  EXPECT_EQ(said(LinkType::ethernet, frame + tag + type_ipv4 + tcp4), "other chain_too_long 33024");
}

TEST(FaultB18, WhatMayBeIpBehindALabelIsNotSaidToBeNoIp) {
  EXPECT_EQ(said(LinkType::ethernet, addresses + bytes("88 47 00 00 81 01") + tcp4), "other wrapped 34887");
  EXPECT_EQ(said(LinkType::ethernet, addresses + tag + bytes("88 64 11 00 00 01 00 23 00 21") + tcp4),
            "other wrapped 34916");
}

TEST(FaultB1, ATagWithoutAnEtherTypeIsMalformed) {
  EXPECT_EQ(said(LinkType::ethernet, addresses + tag), "malformed vlan needed 4 had 2 at 14");
}

TEST(FaultB1, SnapCarriesIpAndTheLengthFieldEndsTheFrame) {
  const auto snap = bytes("aa aa 03 00 00 00 08 00");
  EXPECT_EQ(said(LinkType::ethernet, addresses + bytes("00 29") + snap + udp4 + Bytes(5)), udp4_said);  // 41 = 8 + 33
  EXPECT_EQ(said(LinkType::ethernet, addresses + bytes("00 07") + snap + udp4), "malformed snap needed 5 had 4 at 17");
}

TEST(FaultB1, OtherAccessPointsAreNamed) {
  EXPECT_EQ(said(LinkType::ethernet, addresses + bytes("00 03  42 42 03")), "other not_ip 16962");  // spanning tree
  EXPECT_EQ(said(LinkType::ethernet, addresses + bytes("00 02  42 42")), "malformed llc needed 3 had 2 at 14");
}

TEST(FaultB3, TheFamilyMayStandInEitherByteOrder) {
  EXPECT_EQ(said(LinkType::null, bytes("02 00 00 00") + tcp4), tcp4_said);
  EXPECT_EQ(said(LinkType::null, bytes("00 00 00 02") + tcp4), tcp4_said);
  EXPECT_EQ(said(LinkType::loop, bytes("00 00 00 02") + tcp4), tcp4_said);
}

TEST(FaultB3, EverySystemHasItsOwnNumberForIpv6) {
  for (const auto* family : {"0a 00 00 00", "18 00 00 00", "1c 00 00 00", "1e 00 00 00", "00 00 00 1e"}) {
    EXPECT_EQ(said(LinkType::null, bytes(family) + tcp6), tcp6_said) << family;
  }
}

TEST(FaultB3, AnEtherTypeInPlaceOfTheFamilyIsRead) {
  EXPECT_EQ(said(LinkType::null, bytes("0f 00 08 00") + tcp4), tcp4_said);
}

TEST(FaultB3, ForeignFamiliesAndShortFramesAreSaidToBe) {
  EXPECT_EQ(said(LinkType::null, bytes("07 00 00 00") + tcp4), "other not_ip 7");
  EXPECT_EQ(said(LinkType::null, bytes("02 00 00")), "malformed null needed 4 had 3 at 0");
}

const Bytes sll = bytes(R"(
  00 00                    # packet type: to us
  03 04                    # ARPHRD_LOOPBACK
  00 06                    # address length
  00 00 00 00 00 00 00 00  # address
  08 00                    # protocol: IPv4
)");

TEST(FaultB2, CarriesIpWhereTheProtocolIsValid) {
  EXPECT_EQ(said(LinkType::linux_sll, sll + tcp4), tcp4_said);
  EXPECT_EQ(said(LinkType::linux_sll, with(sll, 14, "86 dd") + tcp6), tcp6_said);
  EXPECT_EQ(said(LinkType::linux_sll, with(sll, 14, "81 00") + bytes("00 01 08 00") + tcp4), tcp4_said);
}

TEST(FaultB2, TheProtocolOfNetlinkIsNoEtherType) {
  EXPECT_EQ(said(LinkType::linux_sll, with(sll, 2, "03 38") + tcp4), "other not_ip 2048");  // ARPHRD_NETLINK
}

TEST(FaultB2, LinuxOwnFrameTypesAreNotIp) {
  EXPECT_EQ(said(LinkType::linux_sll, with(sll, 14, "00 01") + tcp4), "other not_ip 1");                   // Novell
  EXPECT_EQ(said(LinkType::linux_sll, with(sll, 14, "00 04") + bytes("42 42 03")), "other not_ip 16962");  // LLC
}

TEST(FaultB2, ShorterThanItsHeaderIsMalformed) {
  EXPECT_EQ(said(LinkType::linux_sll, Bytes(15)), "malformed sll needed 16 had 15 at 0");
}

TEST(FaultB2, TheSecondVersionCarriesIpToo) {
  const auto sll2 = bytes(R"(
    08 00 00 00              # protocol: IPv4; reserved
    00 00 00 01              # interface index
    03 04 00 06              # ARPHRD_LOOPBACK; packet type, address length
    00 00 00 00 00 00 00 00  # address
  )");
  EXPECT_EQ(said(LinkType::linux_sll2, sll2 + tcp4), tcp4_said);
  EXPECT_EQ(said(LinkType::linux_sll2, with(sll2, 8, "03 38") + tcp4), "other not_ip 2048");
  EXPECT_EQ(said(LinkType::linux_sll2, Bytes(19)), "malformed sll2 needed 20 had 19 at 0");
}

TEST(FaultB4, TheVersionNibbleTells) {
  EXPECT_EQ(said(LinkType::raw, tcp4), tcp4_said);
  EXPECT_EQ(said(LinkType::raw, tcp6), tcp6_said);
  EXPECT_EQ(said(LinkType::raw, with(tcp4, 0, "75")), "malformed ip version needed 4 had 7 at 0");
}

TEST(FaultB4, OneVersionLinkTypesTakeNoOther) {
  EXPECT_EQ(said(LinkType::ipv4, tcp4), tcp4_said);
  EXPECT_EQ(said(LinkType::ipv6, tcp6), tcp6_said);
  EXPECT_EQ(said(LinkType::ipv4, tcp6), "malformed ipv4 version needed 4 had 6 at 0");
  EXPECT_EQ(said(LinkType::ipv6, tcp4), "malformed ipv6 version needed 6 had 4 at 0");
}

TEST(FaultA12, AnUnknownOneIsNeverDecodedAsAnother) {
  EXPECT_EQ(said(static_cast<LinkType>(105), ethernet_ipv4 + tcp4), "other link_type 105");
}

}  // namespace
}  // namespace echolab::capture
