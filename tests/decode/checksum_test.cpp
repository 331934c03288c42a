// The Internet checksum against a formulation of its own, a word at a time, and what is said of a packet's.
#include "capture/decode/checksum.hpp"

#include <gtest/gtest.h>

#include <random>

#include "capture/decode/decode.hpp"
#include "tests/decode/packets.hpp"

namespace echolab::capture {
namespace {

using namespace test;

/// RFC 1071, 1, as it stands there.
std::uint16_t by_words(std::span<const std::byte> bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    sum += std::to_integer<std::uint32_t>(bytes[i]) << (i % 2 == 0 ? 8 : 0);
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return static_cast<std::uint16_t>(~sum);
}

const IpInfo& ip_of(const Decoded& decoded) {
  return std::visit([](const auto& what) -> const IpInfo& { return what.ip; }, decoded);
}
Checksum said_of(const Bytes& bytes) { return ip_of(decode(packet(LinkType::ipv4, bytes))).checksum; }
Checksum said_of_v6(const Bytes& bytes) { return ip_of(decode(packet(LinkType::ipv6, bytes))).checksum; }
Checksum header_said_of(const Bytes& bytes) { return ip_of(decode(packet(LinkType::ipv4, bytes))).header_checksum; }

Bytes with_word(Bytes packet, std::size_t offset, std::uint16_t word) {
  packet.at(offset) = static_cast<std::byte>(word >> 8), packet.at(offset + 1) = static_cast<std::byte>(word);
  return packet;
}

/// The pseudo-header of a packet without IP options.
Bytes pseudo_header(const Bytes& packet, bool v6, std::size_t length) {
  const std::size_t addresses = v6 ? 8 : 12, size = v6 ? 32 : 8;
  Bytes pseudo(packet.begin() + static_cast<long>(addresses), packet.begin() + static_cast<long>(addresses + size));
  pseudo.insert(pseudo.end(), {std::byte{}, packet.at(v6 ? 6 : 9)});
  return with_word(pseudo + Bytes(2), pseudo.size(), static_cast<std::uint16_t>(length));
}

Bytes finished(const Bytes& packet, std::size_t place, bool v6 = false) {
  const std::size_t header = v6 ? 40 : 20;
  const Bytes zeroed = with_word(packet, place, 0), behind(zeroed.begin() + static_cast<long>(header), zeroed.end());
  return with_word(packet, place, by_words(pseudo_header(packet, v6, behind.size()) + behind));
}

const Bytes tcp4_right = finished(tcp4, 36), tcp6_right = finished(tcp6, 56, true);
const Bytes udp4_right = finished(udp4, 26), udp6_right = finished(udp6, 46, true);

TEST(InternetChecksum, IsThatOfTheRfcsExample) {
  EXPECT_EQ(checksum(bytes("00 01 f2 03 f4 f5 f6 f7")), static_cast<std::uint16_t>(~0xddf2));  // RFC 1071, 3
}

TEST(InternetChecksum, IsTheSameOverEveryLengthAndWhateverIsInIt) {
  std::mt19937 random(1);
  for (std::size_t length = 0; length < 300; ++length) {
    for (const int kind : {0, 0xff, -1}) {  // all carries, none, and some
      Bytes some(length);
      for (auto& byte : some) byte = static_cast<std::byte>(kind < 0 ? random() : static_cast<unsigned>(kind));
      ASSERT_EQ(checksum(some), by_words(some)) << length << " bytes of " << kind;
    }
  }
}

TEST(InternetChecksum, IsTheSameInPieces) {
  const Bytes whole = tcp4 + tcp6;
  const auto bytes = std::span(whole);
  for (std::size_t cut = 0; cut <= whole.size(); cut += 2)
    EXPECT_EQ(InternetSum{}.add(bytes.first(cut)).add(bytes.subspan(cut)).checksum(), by_words(whole)) << cut;
}

TEST(FaultH49, EveryChecksumIsVerified) {
  EXPECT_EQ(said_of(tcp4_right), Checksum::good);
  EXPECT_EQ(said_of(udp4_right), Checksum::good);
  EXPECT_EQ(said_of_v6(tcp6_right), Checksum::good);
  EXPECT_EQ(said_of_v6(udp6_right), Checksum::good);
  EXPECT_EQ(header_said_of(with_word(tcp4, 10, by_words(first(tcp4, 20)))), Checksum::good);
  const Bytes echo4 = bytes("08 00 00 00 12 34 00 01 68 65"), ip4 = with(with(ipv4_tcp, 2, "00 1e"), 9, "01");
  EXPECT_EQ(said_of(ip4 + with_word(echo4, 2, by_words(echo4))), Checksum::good);
  const Bytes echo6 = with(with(ipv6_tcp, 4, "00 0a"), 6, "3a") + bytes("80 00 00 00 12 34 00 01 68 65");
  EXPECT_EQ(said_of_v6(finished(echo6, 42, true)), Checksum::good);
}

TEST(FaultH49, AnyFlippedBitIsSeen) {
  for (std::size_t byte = 20; byte < tcp4_right.size(); ++byte) {
    Bytes flipped = tcp4_right;
    flipped[byte] ^= std::byte{0x10};
    if (byte == 32) continue;  // the header's length: no segment is left of it
    EXPECT_EQ(said_of(flipped), Checksum::bad) << byte;
  }
  EXPECT_EQ(header_said_of(with(with_word(tcp4, 10, by_words(first(tcp4, 20))), 8, "3f")), Checksum::bad);
  EXPECT_TRUE(ip_of(decode(packet(LinkType::ipv4, with(tcp4_right, 41, "00")))).is_damaged());
}

TEST(FaultH49, OneThatACardIsToComputeIsUnfinishedAndNoError) {
  const auto left_over = [](const Bytes& packet, std::size_t place, std::size_t length) {
    const bool v6 = packet.size() > 50;
    return with_word(packet, place, static_cast<std::uint16_t>(~by_words(pseudo_header(packet, v6, length))));
  };
  EXPECT_EQ(said_of(left_over(tcp4, 36, 25)), Checksum::unfinished);
  EXPECT_EQ(said_of(left_over(tcp4, 36, 0)), Checksum::unfinished);  // the card knows the pieces' lengths
  EXPECT_EQ(said_of(left_over(udp4, 26, 13)), Checksum::unfinished);
  EXPECT_EQ(said_of_v6(left_over(tcp6, 56, 25)), Checksum::unfinished);
  EXPECT_EQ(said_of(tcp4), Checksum::unfinished);  // nothing at all stands there
  EXPECT_EQ(header_said_of(tcp4), Checksum::unfinished);
  EXPECT_FALSE(ip_of(decode(packet(LinkType::ipv4, tcp4))).is_damaged());
  EXPECT_EQ(said_of(left_over(tcp4, 36, 24)), Checksum::bad);
}

TEST(FaultH49, ADatagramMayHaveNoneOverIpv4Alone) {
  EXPECT_EQ(said_of(udp4), Checksum::none);
  EXPECT_EQ(said_of_v6(udp6), Checksum::bad);  // RFC 8200, 8.1
  const Bytes vxlan = with(udp6, 5, "10") + bytes("00 00 00");
  const Bytes tunnel = with(with(vxlan, 42, "12 b5 00 10"), 48, "08 00 00 00 00 00 00 00");
  EXPECT_EQ(said_of_v6(tunnel), Checksum::none);  // RFC 6935
}

TEST(FaultH49, WhatIsNotAllHereIsNotJudged) {
  for (std::size_t cut = 0; cut < tcp4_right.size(); ++cut) {
    const Bytes kept = first(with(tcp4_right, 36, "de ad"), cut);
    Packet snapped = packet(LinkType::ipv4, kept);
    snapped.original_length = static_cast<std::uint32_t>(tcp4_right.size());
    EXPECT_EQ(ip_of(decode(snapped)).checksum, Checksum::unknown) << cut;
  }
  EXPECT_EQ(said_of(with(with(tcp4_right, 6, "20 00"), 36, "de ad")), Checksum::unknown);  // a first fragment
  EXPECT_EQ(said_of(with(with(tcp4_right, 2, "00 2e"), 36, "de ad")), Checksum::unknown);  // the frame lacks a byte
  const Bytes routed = with(with(ipv6_tcp, 4, "00 31"), 6, "2b") + bytes("06 02 00 01 00 00 00 00") + Bytes(16);
  EXPECT_EQ(said_of_v6(routed + tcp + hello), Checksum::unknown);  // it is for an end that stands elsewhere
  const Bytes away = with(with(ipv6_tcp, 4, "00 31"), 6, "3c") + bytes("06 02 01 02 00 00 c9 10") + Bytes(16);
  EXPECT_EQ(said_of_v6(away + tcp + hello), Checksum::unknown);  // and this of a host that is not at home
}

TEST(FaultH49, PaddingIsUnderNoChecksum) {
  EXPECT_EQ(said_of(tcp4_right + bytes("de ad")), Checksum::good);
  EXPECT_EQ(said_of(with(udp4_right, 2, "00 23") + bytes("de ad")), Checksum::good);  // UDP says its own length
}

}  // namespace
}  // namespace echolab::capture
