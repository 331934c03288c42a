// Packets whose link and IP layers are wrong or strange, as the program tells of them: one suite a number. What decode
// makes of each byte stands in tests/decode.
#include "tests/programs/sniffed.hpp"
#include "tests/support/cases.hpp"

namespace echolab::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::uint32_t raw_ip = 101;

/// The only packet of a capture of raw IP.
nlohmann::json packet_of(const Bytes& ip, std::uint32_t link_type = raw_ip) {
  const Ended ended = sniffed(capture_of({ip}, link_type));
  EXPECT_EQ(ended.status, 0) << ended.err;
  return of_kind(ended.out, "packet").at(0);
}

TEST(FaultB1, WhatIsNotIpIsCountedWithItsReason) {
  const auto arp = with(ethernet_ipv4, 12, "08 06") + Bytes(28);
  const auto spanning_tree = Bytes(12) + bytes("00 26 42 42 03") + Bytes(35);
  Bytes tags(12);
  for (int i = 0; i < 9; ++i) tags = tags + bytes("81 00 00 01");
  const auto file = capture_of({arp, spanning_tree, tags + bytes("08 00") + tcp4, Bytes(13)});
  const auto summary = summary_of(sniffed(file));
  EXPECT_EQ(summary["others"], nlohmann::json::parse(R"({"not_ip":2,"chain_too_long":1})"));
  EXPECT_EQ(summary["malformed"], 1);  // 13 bytes are no Ethernet frame
  const auto text = shown(file).out;
  EXPECT_THAT(text, HasSubstr("not IP: ARP"));
  EXPECT_THAT(text, HasSubstr("not IP: spanning tree"));
  EXPECT_THAT(text, HasSubstr("other, content not followed: not IP 2, too many headers 1\n"));
}

TEST(FaultB2, ACookedProtocolOfNoMeaningIsNoIp) {
  const auto cooked = [](const std::string& hardware, const std::string& protocol) {
    return bytes("00 00 " + hardware + " 00 06 00 00 00 00 00 00 00 00 " + protocol);
  };
  EXPECT_EQ(packet_of(cooked("03 04", "08 00") + tcp4, 113)["proto"], "tcp");
  for (const auto* none : {"00 00", "00 01"}) EXPECT_EQ(packet_of(cooked("03 04", none) + tcp4, 113)["proto"], "other");
  EXPECT_EQ(packet_of(cooked("03 38", "08 00") + tcp4, 113)["proto"], "other");  // netlink's own numbers
}

TEST(FaultB3, EveryFamilyNumberInEitherByteOrderIsIp) {
  EXPECT_EQ(packet_of(bytes("00 00 00 02") + tcp4, 0)["proto"], "tcp");
  for (const auto* family : {"0a", "18", "1c", "1e"}) {
    EXPECT_EQ(packet_of(bytes(std::string(family) + " 00 00 00") + tcp6, 0)["proto"], "tcp") << family;
    EXPECT_EQ(packet_of(bytes("00 00 00 " + std::string(family)) + tcp6, 108)["proto"], "tcp") << family;
  }
}

TEST(FaultB4, AnotherVersionNibbleIsMalformedAndCounted) {
  const auto summary = summary_of(sniffed(capture_of({with(tcp4, 0, "75"), tcp4}, raw_ip)));
  EXPECT_EQ(summary["malformed"], 1);
  EXPECT_EQ(summary["tcp"], 1);
}

TEST(FaultB5, AHeaderThatCannotBeIsMalformedAndReachesNoConversation) {
  for (const auto* version_and_length : {"44", "4f", "05"}) {
    const Ended ended = sniffed(capture_of({with(tcp4, 0, version_and_length)}, raw_ip));
    EXPECT_EQ(summary_of(ended)["malformed"], 1) << version_and_length;
    EXPECT_THAT(of_kind(ended.out, "stream"), IsEmpty()) << version_and_length;
  }
}

TEST(FaultB6, BrokenOptionsAreToldAndTheSegmentIsRead) {
  const auto packet = packet_of(with(ipv4_tcp, 0, "46 00 00 31") + bytes("44 01 00 00") + tcp + hello);
  EXPECT_EQ(packet["len"], 5);
  EXPECT_THAT(packet["text"], HasSubstr("The IP options contradict themselves"));
}

TEST(FaultB7, LengthZeroIsSaidToBeOffload) {
  const auto packet = packet_of(with(tcp4, 2, "00 00") + Bytes(1456));
  EXPECT_EQ(packet["len"], 1461);
  EXPECT_THAT(packet["notes"], Contains("offload_length"));
  EXPECT_THAT(packet["text"], HasSubstr("the network card was to split this packet"));
}

TEST(FaultB7, LengthZeroOfASmallPacketIsSaidToBeWrong) {
  const auto packet = packet_of(with(tcp4, 2, "00 00") + Bytes(1455));  // 1500 bytes, which every Ethernet carries
  EXPECT_EQ(packet["len"], 1460);
  EXPECT_THAT(packet["notes"], Contains("offload_length"));
  EXPECT_THAT(packet["text"], HasSubstr("The IP length is 0, which is wrong"));
  EXPECT_THAT(packet["text"], Not(HasSubstr("the network card was to split this packet")));
}

TEST(FaultB8, ALengthBelowTheHeaderIsMalformed) { EXPECT_EQ(packet_of(with(tcp4, 2, "00 13"))["proto"], "malformed"); }

TEST(FaultH15, ALengthBeyondTheFrameIsMalformedAndBoundedByTheFrame) {
  const auto beyond = packet_of(with(tcp4, 2, "00 37"));
  EXPECT_EQ(beyond["len"], 5);
  EXPECT_EQ(beyond["dropped"], true);
  EXPECT_EQ(beyond["error"],
            nlohmann::json::parse(R"({"layer":"ip","needed":55,"had":45,"offset":0,"field":"total_length"})"));
  EXPECT_THAT(beyond["text"], HasSubstr("promises 10 bytes more than the frame holds"));
}

TEST(FaultH15, AFileWithASynAckThatSaysTooMuchIsDamaged) {
  if (!has_case("iplen_beyond_wire.pcap")) GTEST_SKIP() << no_case("iplen_beyond_wire.pcap");
  const Ended ended = run("capture", {"--format", "json", "-r", case_file("iplen_beyond_wire.pcap")});
  const auto packets = of_kind(ended.out, "packet");
  EXPECT_EQ(packets.at(1)["len"], 0);
  EXPECT_TRUE(packets.at(1).contains("error"));
  EXPECT_EQ(packets.at(2)["taken_all_the_same"], 2);
  const auto stream = of_kind(ended.out, "stream").at(0);
  EXPECT_EQ(stream["handshake"], "complete");
  EXPECT_EQ(stream["retransmissions"], 0);
}

TEST(FaultH30, ACutPacketWithoutALengthHasOneRuleForIt) {
  const Bytes kept = first(with(tcp4, 2, "00 00"), 45), on_the_wire = le32(2045);
  const Bytes file = file_header({.link_type = raw_ip}) + le32(1) + le32(0) + le32(kept.size()) + on_the_wire + kept;
  const auto packet = of_kind(sniffed(file).out, "packet").at(0);
  EXPECT_EQ(packet["len"], 2005);
  EXPECT_EQ(packet["notes"], nlohmann::json::parse(R"(["truncated","offload_length"])"));
  EXPECT_EQ(count_of(packet["text"], "length is"), 2) << packet["text"];  // it is 0, and what it is then
  EXPECT_THAT(packet["text"], Not(HasSubstr("headers")));
  EXPECT_THAT(packet["text"], HasSubstr("that of the frame on the wire"));
}

TEST(FaultB9, PaddingIsNoPayload) {
  EXPECT_EQ(packet_of(ethernet_ipv4 + with(ipv4_tcp, 3, "28") + tcp + Bytes(6), 1)["len"], 0);
}

TEST(FaultH49, AWrongChecksumIsNamedWithItsProtocolAndThePacketIsNotTaken) {
  const std::vector<std::pair<Bytes, std::string>> wrong{
      {with(tcp4, 10, "de ad"), "ipv4"}, {with(tcp4, 36, "be ef"), "tcp"}, {with(udp4, 26, "de ad"), "udp"}};
  for (const auto& [bytes, protocol] : wrong) {
    const auto packet = packet_of(bytes);
    EXPECT_EQ(packet["checksum"], "bad");
    EXPECT_EQ(packet["checksum_of"], protocol);
    EXPECT_EQ(packet["notes"], nlohmann::json::parse(R"(["bad_checksum"])"));
    EXPECT_THAT(packet["text"], HasSubstr("checksum is wrong: the receiver drops this packet"));
  }
}

TEST(FaultH49, AnUnfinishedOneIsToldWithVerbosityAlone) {
  const Bytes file = capture_of({tcp4}, raw_ip);
  EXPECT_EQ(packet_of(tcp4)["checksum"], "unfinished");
  EXPECT_THAT(packet_of(tcp4)["notes"], IsEmpty());
  EXPECT_THAT(shown(file).out, Not(HasSubstr("checksum")));
  const TemporaryFolder folder;
  const auto told = run("capture", {"-v", "-r", folder.file("capture", file)}).out;
  EXPECT_THAT(told, HasSubstr("unfinished: captured at the sender"));
}

TEST(FaultB11, TheFirstFragmentIsMarked) {
  const auto packet = packet_of(with(with(udp4, 6, "20 00"), 24, "0f a0"));
  EXPECT_EQ(packet["proto"], "udp");
  EXPECT_EQ(packet["len"], 3992);  // what was sent, by UDP
  EXPECT_EQ(packet["fragment"]["length"], 13);
  EXPECT_THAT(packet["notes"], Contains("fragment"));
}

TEST(FaultB12, ALaterFragmentMakesNoConversation) {
  const Ended ended = sniffed(capture_of({with(tcp4, 6, "00 05")}, raw_ip));
  const auto packet = of_kind(ended.out, "packet").at(0);
  EXPECT_FALSE(packet.contains("stream"));
  EXPECT_EQ(packet["src"], "10.0.0.1");  // no port is invented
  EXPECT_EQ(packet["fragment"]["offset"], 40);
  EXPECT_THAT(packet["notes"], Contains("fragment"));
  EXPECT_THAT(of_kind(ended.out, "stream"), IsEmpty());
}

TEST(FaultB13, OverlappingFragmentsAreOnlyLabelled) {
  const auto first = with(tcp4, 6, "20 00"), inside = with(tcp4, 6, "20 01"), beyond = with(tcp4, 6, "1f ff");
  const Ended ended = sniffed(capture_of({first, inside, inside, beyond}, raw_ip));
  EXPECT_EQ(summary_of(ended)["others"]["fragment"], 3);
  EXPECT_EQ(count_of(ended.out, "cannot be reassembled"),
            1 + 3 + 1);  // beyond 65,535; none but the last has an end of its own; the packet that they would be
  EXPECT_EQ(of_kind(ended.out, "stream").at(0)["packets"], 1);
}

TEST(FaultB13, FragmentsInTheSamePlaceAreHeldAgainstEachOther) {
  const auto head = with(with(tcp4, 6, "20 00"), 2, "00 2c"), tail = with(tcp4, 6, "00 03");  // 24 bytes, then 25
  const auto other_head = with(head, 40, "ff");
  const Ended whole = sniffed(capture_of({head, head, tail}, raw_ip));
  EXPECT_EQ(of_kind(whole.out, "packet").at(1)["fragment"]["overlaps"]["content"], "same");
  EXPECT_EQ(of_kind(whole.out, "packet").at(2)["fragment"]["completes"], 49);
  EXPECT_THAT(of_kind(whole.out, "unfinished"), IsEmpty());
  const Ended spoilt = sniffed(capture_of({head, other_head, tail}, raw_ip));
  EXPECT_EQ(of_kind(spoilt.out, "packet").at(1)["fragment"]["overlaps"]["content"], "different");
  EXPECT_EQ(of_kind(spoilt.out, "unfinished").at(0)["why"], "overlap");
  const auto lacking = shown(capture_of({head}, raw_ip)).out;
  EXPECT_THAT(lacking, HasSubstr("TCP packet 0x1234, 10.0.0.1 > 10.0.0.2, 1 fragment"));
}

/// IPv6 with one header of 8 bytes before the segment.
Bytes ipv6_with(const std::string& next, const Bytes& header) {
  return with(with(ipv6_tcp, 6, next), 5, "21") + header + tcp + hello;
}

TEST(FaultB14, AnAtomicFragmentIsAWholePacket) {
  const auto packet = packet_of(ipv6_with("2c", bytes("06 00 00 00 00 00 00 01")));
  EXPECT_EQ(packet["len"], 5);
  EXPECT_THAT(packet["notes"], Not(Contains("fragment")));
}

TEST(FaultB15, AChainOfHeadersIsWalkedSoFarAndThenTooLong) {
  Bytes chain;
  for (int i = 0; i < 1000; ++i) chain = chain + bytes("3c 00 01 04 00 00 00 00");
  const auto packet = packet_of(with(with(ipv6_tcp, 6, "3c"), 4, "1f 40") + chain);
  EXPECT_EQ(packet["other"]["kind"], "chain_too_long");
  EXPECT_EQ(packet_of(with(tcp6, 6, "3b"))["headline"], "another transport: no next header");
  EXPECT_EQ(packet_of(with(tcp6, 6, "32"))["headline"], "another transport: ESP");
}

TEST(FaultB16, AJumbogramIsReadAsFarAsItWasCaptured) {
  const auto packet = packet_of(with(ipv6_with("00", bytes("06 00 c2 04 00 01 00 00")), 4, "00 00"));
  EXPECT_EQ(packet["len"], 5);
  EXPECT_THAT(packet["notes"], Contains("offload_length"));
  EXPECT_THAT(packet["text"], HasSubstr("or it is a jumbogram"));
}

TEST(FaultB17, AQuotedResetBelongsToItsConversationAndMovesNoState) {
  const auto syn = with(tcp4, 33, "02"), quoted_reset = with(tcp4, 33, "04");
  const auto icmp = [](const Bytes& quote) {
    auto header = with(with(ipv4_tcp, 9, "01"), 12, "0a 00 00 02 0a 00 00 01");
    header[3] = static_cast<std::byte>(28 + quote.size());
    return header + bytes("03 03 00 00 00 00 00 00") + quote;
  };
  const Bytes eight_bytes(quoted_reset.begin(), quoted_reset.begin() + 28);
  for (const auto& quote : {quoted_reset, eight_bytes}) {
    const Ended ended = sniffed(capture_of({syn, icmp(quote)}, raw_ip));
    const auto error = of_kind(ended.out, "packet").at(1);
    EXPECT_EQ(error["quoted"]["stream"], 0);
    EXPECT_THAT(error["notes"], Contains("port_unreachable"));
    const auto stream = of_kind(ended.out, "stream").at(0);
    EXPECT_EQ(stream["client_state"], "SYN_SENT");
    EXPECT_EQ(stream["server_state"], "LISTEN");
    EXPECT_EQ(stream["packets"], 1);
  }
}

TEST(FaultB18, TunnelsAreNamedAndNotFollowed) {
  for (const auto& [protocol, name] : {std::pair{"04", "IPv4 in IP"}, {"29", "IPv6 in IP"}, {"2f", "GRE"}}) {
    const Ended ended = sniffed(capture_of({with(ipv4_tcp, 9, protocol) + tcp4}, raw_ip));
    const auto packet = of_kind(ended.out, "packet").at(0);
    EXPECT_EQ(packet["headline"], std::string("tunnel: ") + name);
    EXPECT_THAT(packet["notes"], Contains("tunnel"));
    EXPECT_THAT(of_kind(ended.out, "stream"), IsEmpty());
  }
}

TEST(FaultB18, ATunnelOverUdpIsADatagramAndNamed) {
  auto ip = ipv4_udp, header = with(udp, 2, "12 b5");
  ip[3] = std::byte{81}, header[5] = std::byte{61};
  const auto packet = packet_of(ip + header + bytes("08 00 00 00 00 00 2a 00") + tcp4);
  EXPECT_EQ(packet["proto"], "udp");
  EXPECT_THAT(packet["text"], HasSubstr("It carries another packet (VXLAN)"));
}

}  // namespace
}  // namespace echolab::test
