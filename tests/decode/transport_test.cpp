#include <gmock/gmock.h>

#include "tests/decode/packets.hpp"
#include "tests/decode/said.hpp"

namespace echolab::capture {
namespace {

using namespace test;

std::string v4(const Bytes& packet) { return said(LinkType::ipv4, packet); }

TEST(Tcp, ReadsEveryField) {
  const auto packet = with(tcp4, 32, "51 f8 02 00 00 00 00 07");  // AE, CWR, ECE, URG, ACK, PSH; urgent pointer 7
  const auto segment = std::get<Segment>(decode(test::packet(LinkType::ipv4, packet)));
  EXPECT_EQ(segment.source.port, 39454);
  EXPECT_EQ(segment.destination.port, 9000);
  EXPECT_EQ(segment.seq, 1000u);
  EXPECT_EQ(segment.ack, 2000u);
  EXPECT_EQ(segment.flags.bits, 0x1f8);
  EXPECT_EQ(segment.window, 512);
  EXPECT_EQ(segment.urgent_pointer, 7);
  EXPECT_EQ(segment.payload.data(), packet.data() + 40);  // a view, not a copy
  EXPECT_EQ(segment.payload.size(), 5u);
}

TEST(Tcp, ReservedBitsAreKept) {
  const auto packet = with(tcp4, 32, "5e 18");
  EXPECT_EQ(std::get<Segment>(decode(test::packet(LinkType::ipv4, packet))).flags.bits, 0xe18);
}

TEST(Tcp, SynAndFinTakeASequenceNumberEach) {
  EXPECT_EQ((Segment{.flags = {TcpFlags::syn_bit}}.sequence_length()), 1u);
  EXPECT_EQ((Segment{.flags = {TcpFlags::syn_bit | TcpFlags::fin_bit}, .payload_length = 5}.sequence_length()), 7u);
}

TEST(Tcp, ADataOffsetBelowFiveIsMalformed) {
  EXPECT_EQ(v4(with(tcp4, 32, "40")), "malformed tcp data_offset needed 20 had 16 at 20");
}

TEST(Tcp, AHeaderLongerThanTheSegmentIsMalformed) {
  EXPECT_EQ(v4(with(tcp4, 32, "70")), "malformed tcp data_offset too large needed 28 had 25 at 20");
  EXPECT_EQ(v4(with(ipv4_tcp, 2, "00 21") + Bytes(13)), "malformed tcp needed 20 had 13 at 20");
}

TEST(Tcp, AHeaderCutByTheSnaplenIsNotMalformed) {
  EXPECT_EQ(said_cut(LinkType::ipv4, tcp4, 39), "other cut 6 10.0.0.1 > 10.0.0.2");
  EXPECT_EQ(said_cut(LinkType::ipv4, tcp4, 19), "other cut 0");
}

TEST(Tcp, APayloadCutByTheSnaplenKeepsItsLength) {
  EXPECT_EQ(said_cut(LinkType::ipv4, tcp4, 42), std::string(tcp4_said) + " captured 2");
}

TcpOptions options(const std::string& text, std::size_t cut = 0) {
  const auto list = bytes(text);
  const auto header = with(tcp, 12,
                           list.size() == 40   ? "f0"
                           : list.size() == 20 ? "a0"
                           : list.size() == 8  ? "70"
                                               : "60");
  const auto packet = with(ipv4_tcp, 2, "00 50") + header + list + Bytes(40 - list.size());
  auto view = test::packet(LinkType::ipv4, packet);
  view.bytes = view.bytes.first(packet.size() - cut);
  return std::get<Segment>(decode(view)).options;
}

TEST(TcpOption, LinuxSynHasFive) {
  const auto found = options(R"(
    02 04 ff d7                    # MSS 65495
    04 02                          # SACK permitted
    08 0a 00 00 00 01 00 00 00 02  # timestamps 1, 2
    01                             # no operation
    03 03 07                       # window scale 7
  )");
  EXPECT_EQ(found.maximum_segment_size, 65495);
  EXPECT_TRUE(found.sack_permitted);
  EXPECT_EQ(found.timestamp_value, 1u);
  EXPECT_EQ(found.timestamp_echo, 2u);
  EXPECT_EQ(found.window_scale, 7);
  EXPECT_FALSE(found.malformed);
  EXPECT_EQ(found.unknown_kind, 0);
}

TEST(TcpOption, ALengthBelowTwoEndsTheWalk) {
  EXPECT_TRUE(options("03 00 00 00").malformed);
  EXPECT_TRUE(options("03 01 00 00").malformed);
}

TEST(TcpOption, ALengthPastTheHeaderEndsTheWalk) {
  EXPECT_TRUE(options("02 05 ff d7").malformed);
  EXPECT_TRUE(options("01 01 01 02").malformed);  // a kind, and the header's end
}

TEST(TcpOption, WhatStandsBehindTheEndIsPadding) {
  const auto found = options("00 02 04 05");
  EXPECT_FALSE(found.malformed);
  EXPECT_FALSE(found.maximum_segment_size);
}

TEST(TcpOption, FortyNoOperationsAreLegal) {
  std::string list;
  for (int i = 0; i < 40; ++i) list += "01 ";
  EXPECT_FALSE(options(list).malformed);
}

TEST(TcpOption, AWrongLengthOfItsOwnKindIsPassedOver) {
  const auto found = options("02 03 05  03 03 0f  05 02");  // MSS of 3 bytes; scale 15; SACK of no blocks
  EXPECT_FALSE(found.maximum_segment_size);
  EXPECT_EQ(found.window_scale, 15);
  EXPECT_EQ(found.sack_blocks, 0);
  EXPECT_FALSE(found.malformed);
  EXPECT_EQ(found.misshapen_kind, 2);
  EXPECT_EQ(options("08 08 00 00 00 01 00 00").misshapen_kind, 8);
  EXPECT_EQ(options("08 0a 00 00 00 01 00 00 00 00 01 01").misshapen_kind, 0);
}

TEST(TcpOption, SackBlocksAreCounted) {
  EXPECT_EQ(options("01 01 05 12 00 00 00 01 00 00 00 02 00 00 00 03 00 00 00 04").sack_blocks, 2);
}

TEST(TcpOption, FastOpenIsNamedAndTheFirstForeignKindKept) {
  const auto found = options("22 02  1e 02  13 02  01 01");  // fast open; MPTCP (30); MD5 (19)
  EXPECT_TRUE(found.fast_open_cookie);
  EXPECT_EQ(found.unknown_kind, 30);
}

TEST(TcpOption, AnEmptyFastOpenCookieAsksForOne) {
  EXPECT_EQ(options("22 02 01 01").fast_open_cookie, 0);
  EXPECT_EQ(options("22 0a 01 02 03 04 05 06 07 08 01 01 01 01 01 01 01 01 01 01").fast_open_cookie, 8);
  EXPECT_FALSE(options("01 01 01 01").fast_open_cookie);
  EXPECT_FALSE(options("22 02 01 01").fast_open_by_experiment);
}

TEST(TcpOption, FastOpenIsKnownByItsNumberAmongTheExperiments) {
  EXPECT_EQ(options("fe 04 f9 89").fast_open_cookie, 0);
  EXPECT_EQ(options("fe 08 f9 89 01 02 03 04").fast_open_cookie, 4);
  EXPECT_TRUE(options("fe 04 f9 89").fast_open_by_experiment);
  EXPECT_EQ(options("fe 04 f9 89").unknown_kind, 0);
  for (const char* other : {"fe 04 f9 88", "fe 03 f9 01", "fe 02 01 01"}) {
    EXPECT_FALSE(options(other).fast_open_cookie) << other;
    EXPECT_EQ(options(other).unknown_kind, 254) << other;
  }
}

TEST(TcpOption, ThoseThatTheSnaplenLeftAreReadAndTheRestIsNotBlamed) {
  const auto found = options("02 04 05 b4 03 03 07 01", 34);  // 2 of the 8 bytes are left out
  EXPECT_EQ(found.maximum_segment_size, 1460);
  EXPECT_FALSE(found.window_scale);
  EXPECT_FALSE(found.malformed);
  EXPECT_EQ(found.cut, 2);
  EXPECT_EQ(options("02 04 05 b4 03 03 07 01").cut, 0);
  EXPECT_EQ(options("02 04 05 b4 00 00 00 00", 34).cut, 0);  // the list had ended before
}

TEST(Udp, AnEmptyDatagramIsLegal) {
  EXPECT_EQ(v4(with(ipv4_udp, 2, "00 1c") + with(udp, 4, "00 08")), "udp 10.0.0.1:39454 > 10.0.0.2:9000 UDP 0");
}

TEST(Udp, ALengthBelowItsHeaderIsMalformed) {
  EXPECT_EQ(v4(with(udp4, 24, "00 07")), "malformed udp length needed 8 had 7 at 20");
  EXPECT_EQ(v4(with(udp4, 24, "00 00")), "malformed udp length needed 8 had 0 at 20");
}

TEST(Udp, ALengthBeyondIpsIsMalformed) {
  EXPECT_EQ(v4(with(udp4, 24, "00 0e")), "malformed udp length too large needed 14 had 13 at 20");
}

TEST(Udp, ALengthBelowIpsEndsThePayload) {
  EXPECT_EQ(v4(with(udp4, 24, "00 0a")), "udp 10.0.0.1:39454 > 10.0.0.2:9000 UDP 2");
}

TEST(Udp, ShortHeadersAreCutOrMalformed) {
  EXPECT_EQ(v4(with(ipv4_udp, 2, "00 1b") + Bytes(7)), "malformed udp needed 8 had 7 at 20");
  EXPECT_EQ(said_cut(LinkType::ipv4, udp4, 27), "other cut 17 10.0.0.1 > 10.0.0.2");
  EXPECT_EQ(said_cut(LinkType::ipv4, udp4, 30), std::string(udp4_said) + " captured 2");
}

/// A datagram of this payload to this port.
std::string to_port(const std::string& port, const Bytes& payload) {
  auto ip = ipv4_udp, header = with(udp, 2, port);
  ip[3] = static_cast<std::byte>(28 + payload.size());
  header[5] = static_cast<std::byte>(8 + payload.size());
  return v4(ip + header + payload);
}

TEST(FaultB18, TunnelsOverUdpAreNamedByPortAndHeaderTogether) {
  const auto vxlan = bytes("08 00 00 00 00 00 2a 00"), geneve = bytes("00 00 65 58 00 00 2a 00");
  EXPECT_EQ(to_port("12 b5", vxlan + tcp4), "udp 10.0.0.1:39454 > 10.0.0.2:4789 UDP 53 VXLAN");
  EXPECT_EQ(to_port("21 18", vxlan + tcp4), "udp 10.0.0.1:39454 > 10.0.0.2:8472 UDP 53 VXLAN");
  EXPECT_EQ(to_port("17 c1", geneve + tcp4), "udp 10.0.0.1:39454 > 10.0.0.2:6081 UDP 53 Geneve");
  EXPECT_EQ(to_port("12 b5", hello), "udp 10.0.0.1:39454 > 10.0.0.2:4789 UDP 5");          // an echo on that port
  EXPECT_EQ(to_port("12 b5", geneve), "udp 10.0.0.1:39454 > 10.0.0.2:4789 UDP 8");         // the other one's header
  EXPECT_EQ(to_port("23 28", vxlan + tcp4), "udp 10.0.0.1:39454 > 10.0.0.2:9000 UDP 53");  // any other port
}

}  // namespace
}  // namespace echolab::capture
