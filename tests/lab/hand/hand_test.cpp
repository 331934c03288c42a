// What the hand builds is what it meant: the sniffer's decoder reads it, and a kernel would find its checksums right.
#include <gtest/gtest.h>

#include <random>

#include "capture/decode/notation.hpp"
#include "tests/lab/frames.hpp"
#include "tools/lab/hand/hand.hpp"

namespace echolab::test {
namespace {

using namespace lab::hand;  // NOLINT
using capture::TcpFlags;
using lab::Host;
using lab::Kind;

End end_of(std::uint8_t last, std::uint16_t port) {
  const std::array octets{std::byte{10}, std::byte{0}, std::byte{0}, static_cast<std::byte>(last)};
  return {.mac = {2, 0, 0, 0, 0, last}, .ip = {capture::IpAddress::v4(octets), port}};
}
const End own = end_of(3, 40000), peer = end_of(2, 9000);

/// The segment that the frame is read as; its payload points into the frame.
capture::Segment read(const std::vector<std::byte>& frame) {
  return std::get<capture::Segment>(capture::decode({.frame = 1,
                                                     .time = {},
                                                     .link_type = capture::LinkType::ethernet,
                                                     .bytes = frame,
                                                     .original_length = static_cast<std::uint32_t>(frame.size())}));
}

/// A hand whose SYN takes number 1000, and a peer whose takes 5,000,000; what they say is written in relative numbers.
struct Dialogue {
  Hand hand{1000};
  std::string sends(const Send& order) {
    const auto frame = tcp_frame(own, peer, hand.header(order), order.text);
    EXPECT_TRUE(checksum_holds(frame));
    const auto segment = read(frame);
    const auto peers = hand.peers_isn().value_or(capture::SeqNum()).raw();
    return capture::notation(segment, segment.seq - 1000, segment.ack - peers);
  }
  void gets(std::string_view text) { hand.take(std::get<capture::Segment>(frame(1, Host::server, text).decoded)); }
};

TEST(HandSegment, EveryFieldIsReadAsItWasMeant) {
  const auto frame =
      tcp_frame(own, peer, {.seq = 0xdeadbeef, .ack = 7, .flags = {TcpFlags::ack_bit}, .window = 512}, "hello");
  const auto segment = read(frame);
  EXPECT_EQ(segment.source, own.ip);
  EXPECT_EQ(segment.destination, peer.ip);
  EXPECT_EQ(segment.seq, 0xdeadbeef);
  EXPECT_EQ(segment.ack, 7u);
  EXPECT_EQ(segment.flags.bits, TcpFlags::ack_bit);
  EXPECT_EQ(segment.window, 512);
  EXPECT_EQ(segment.payload_length, 5u);
  EXPECT_EQ(segment.ip.ttl, 64);
}

TEST(HandSegment, ChecksumsHoldWhateverIsSent) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string payload(random() % 1461, '\0');
    for (char& c : payload) c = static_cast<char>(random());
    const Header header{.seq = static_cast<std::uint32_t>(random()),
                        .ack = static_cast<std::uint32_t>(random()),
                        .flags = {static_cast<std::uint16_t>(random() & 0x1ff)},
                        .window = static_cast<std::uint16_t>(random())};
    const auto frame = tcp_frame(own, peer, header, payload);
    ASSERT_TRUE(checksum_holds(frame)) << "round " << round << ", seed 1";
    ASSERT_EQ(capture::checksum(std::span(frame).subspan(14, 20)), 0) << "IPv4's own, round " << round;
    ASSERT_EQ(read(frame).payload_length, payload.size());
  }
}

TEST(HandArp, IsReadAsItWasWritten) {
  const Arp asked{.operation = Arp::Operation::request,
                  .sender_mac = own.mac,
                  .sender = own.ip.address,
                  .target_mac = {},
                  .target = peer.ip.address};
  EXPECT_EQ(read_arp(arp_frame(everybody, asked)), asked);
  EXPECT_TRUE(read_arp(frame_bytes(Host::client, "ARP")));
}

TEST(HandArp, NothingElseIsTakenForIt) {
  EXPECT_FALSE(read_arp(frame_bytes(Host::client, "S 0:0(0)")));
  auto cut = frame_bytes(Host::client, "ARP");
  for (; !cut.empty(); cut.pop_back()) {
    if (cut.size() < 42) {
      EXPECT_FALSE(read_arp(cut)) << cut.size();
    }
  }
}

TEST(Hand, ShakesHandsSpeaksAndCloses) {
  Dialogue talk;
  EXPECT_EQ(talk.sends({.kind = Kind::syn}), "S 0:0(0) win 65535");
  talk.gets("S. 0:0(0) ack 1 win 64240");
  EXPECT_EQ(talk.sends({.kind = Kind::ack}), ". 1:1(0) ack 1");
  EXPECT_EQ(talk.sends({.kind = Kind::data, .text = "hello"}), "P. 1:6(5) ack 1");
  talk.gets("P. 1:6(5) ack 6");
  EXPECT_EQ(talk.sends({.kind = Kind::fin}), "F. 6:6(0) ack 6");
  talk.gets("F. 6:6(0) ack 7");
  EXPECT_EQ(talk.sends({.kind = Kind::ack}), ". 7:7(0) ack 7");
}

TEST(Hand, AWrongNumberIsWrongByWhatWasOrdered) {
  Dialogue talk;
  talk.gets("S. 0:0(0) ack 1 win 64240");
  EXPECT_EQ(talk.sends({.kind = Kind::ack, .too_much = 1000}), ". 1:1(0) ack 1001");
  EXPECT_EQ(talk.sends({.kind = Kind::ack, .too_much = -1}), ". 1:1(0) ack 0");
}

TEST(Hand, DataTooEarlyAcknowledgesNothing) {
  Dialogue talk;
  EXPECT_EQ(talk.sends({.kind = Kind::data, .text = "hello"}), "P 1:6(5)");
}

TEST(Hand, AResetTakesTheNumberThatThePeerExpects) {
  Dialogue talk;
  talk.sends({.kind = Kind::syn});
  talk.gets("S. 0:0(0) ack 1 win 64240");
  EXPECT_EQ(talk.sends({.kind = Kind::rst}), "R 1:1(0)");
}

TEST(Hand, WhatComesAgainOrOutOfOrderMovesNothing) {
  Dialogue talk;
  talk.gets("S. 0:0(0) ack 1 win 64240");
  talk.gets("P. 1:6(5) ack 1");
  talk.gets("S. 0:0(0) ack 1 win 64240");
  talk.gets("P. 1:6(5) ack 1");
  talk.gets("P. 11:16(5) ack 1");
  EXPECT_EQ(talk.sends({.kind = Kind::ack}), ". 1:1(0) ack 6");
}

TEST(HandOrder, ReadsAsItIsWritten) {
  for (const auto* text : {"SYN", "ACK", "ACK+1000", "ACK-1", "RST", "FIN", "DATA hello", "DATA  two blanks ",
                           "expect SYN,ACK", "expect SYN,ACK 2", "expect FIN within 60s", "expect DATA 3 within 1s"}) {
    const auto order = parse_order(text);
    ASSERT_TRUE(order) << text;
    EXPECT_EQ(to_string(*order), text);
  }
}

TEST(HandOrder, WhatIsNoneIsRefused) {
  for (const auto* text : {"",
                           " ",
                           "HELLO",
                           "SYN,ACK",
                           "UDP",
                           "SYN 2",
                           "SYN+1",
                           "ACK+",
                           "ACK+0",
                           "ACK+-1",
                           "ACK--1",
                           "ACK+99999999999",
                           "DATA",
                           "DATA ",
                           "expect",
                           "expect HELLO",
                           "expect SYN 0",
                           "expect SYN within",
                           "expect SYN within 5",
                           "expect SYN within -1s",
                           "expect SYN within 99999s",
                           "expect SYN 1 2"})
    EXPECT_FALSE(parse_order(text)) << text;
}

TEST(HandOrder, AnyBytesAreReadOrRefused) {
  std::mt19937 random(1);
  const std::array<std::string_view, 14> words{"SYN", "ACK", "DATA", "expect", "within", "FIN", "+",
                                               "-",   "1",   "5s",   " ",      ",",      "\t",  "\xea\xb0\x80"};
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (auto left = random() % 8; left > 0; --left)
      text +=
          random() % 4 == 0 ? std::string(1, static_cast<char>(random())) : std::string(words[random() % words.size()]);
    if (const auto order = parse_order(text)) {
      ASSERT_EQ(parse_order(to_string(*order)), order) << "'" << text << "', seed 1";
    }
  }
}

}  // namespace
}  // namespace echolab::test
