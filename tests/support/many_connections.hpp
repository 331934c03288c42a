// A capture of many short connections, some of them at the same time: each follows one of a few scripts.
#pragma once

#include <string_view>
#include <vector>

#include "capture/track/finding.hpp"
#include "tests/notation/notation.hpp"
#include "tests/support/bytes.hpp"

namespace echolab::test {

struct Line {
  capture::Side from;
  std::string_view packet;  // see tests/notation
};
using Script = std::vector<Line>;

/// A connection that goes as the textbook says: a handshake, a question, its answer, a close.
inline Script textbook() {
  constexpr auto client = capture::Side::client, server = capture::Side::server;
  return {{client, "S 0:0(0) win 65495 <TS val 1 ecr 0> <wscale 7> <sackOK>"},
          {server, "S. 0:0(0) ack 1 win 65483 <TS val 1 ecr 1> <wscale 7> <sackOK>"},
          {client, ". 1:1(0) ack 1 win 512 <TS val 1 ecr 1>"},
          {client, "P. 1:12(11) ack 1 win 512 <TS val 1 ecr 1> \"hello world\""},
          {server, ". 1:1(0) ack 12 win 512 <TS val 1 ecr 1>"},
          {server, "P. 1:12(11) ack 12 win 512 <TS val 1 ecr 1> \"hello world\""},
          {client, ". 12:12(0) ack 12 win 512 <TS val 1 ecr 1>"},
          {client, "F. 12:12(0) ack 12 win 512 <TS val 1 ecr 1>"},
          {server, "F. 12:12(0) ack 13 win 512 <TS val 1 ecr 1>"},
          {client, ". 13:13(0) ack 13 win 512 <TS val 1 ecr 1>"}};
}

/// Each number with its most significant byte first.
class NetworkOrder {
 public:
  NetworkOrder& u8(std::size_t value) {
    bytes_.push_back(static_cast<std::byte>(value));
    return *this;
  }
  NetworkOrder& u16(std::size_t value) { return u8(value >> 8).u8(value); }
  NetworkOrder& u32(std::size_t value) { return u16(value >> 16).u16(value); }
  NetworkOrder& all(std::span<const std::byte> more) {
    bytes_.insert(bytes_.end(), more.begin(), more.end());
    return *this;
  }
  std::size_t size() const { return bytes_.size(); }
  const Bytes& bytes() const { return bytes_; }

 private:
  Bytes bytes_;
};

/// RFC 9293 3.2, RFC 7323, RFC 2018: those that the notation has; padded with no-operations.
inline Bytes options_of(const capture::TcpOptions& options) {
  NetworkOrder out;
  if (options.sack_permitted) out.u8(4).u8(2);
  if (options.timestamp_value) out.u8(8).u8(10).u32(*options.timestamp_value).u32(options.timestamp_echo.value_or(0));
  if (options.window_scale) out.u8(3).u8(3).u8(*options.window_scale);
  while (out.size() % 4 != 0) out.u8(1);
  return out.bytes();
}

/// The segment as an IPv4 packet between two loopback addresses; checksums are 0.
inline Bytes ipv4_of(const capture::Segment& segment, std::uint16_t source, std::uint16_t destination) {
  constexpr std::size_t ip_header = 20, tcp_header = 20;
  const Bytes options = options_of(segment.options);
  const std::size_t length = ip_header + tcp_header + options.size() + segment.payload.size();
  NetworkOrder out;
  out.u16(0x4500).u16(length).u16(segment.ip.identification).u16(0x4000).u8(64).u8(6).u16(0);
  out.u32(0x7f000001).u32(0x7f000001);
  out.u16(source).u16(destination).u32(segment.seq).u32(segment.ack);
  out.u16((tcp_header + options.size()) / 4 << 12 | segment.flags.bits).u16(segment.window).u16(0).u16(0);
  return out.all(options).all(segment.payload).bytes();
}

/// `count` connections that take the scripts in turn, `at_once` of them mixed packet by packet; link type raw. The
/// payloads are views into the scripts.
inline std::vector<Bytes> many_connections(const std::vector<Script>& scripts, std::size_t count, std::size_t at_once) {
  constexpr std::uint16_t server_port = 9000, first_port = 20000;
  struct Spoken {
    capture::Side from;
    capture::Segment segment;
  };
  std::vector<std::vector<Spoken>> spoken;
  for (const Script& script : scripts)
    for (auto& lines = spoken.emplace_back(); const Line& line : script)
      lines.push_back({line.from, parse_segment(line.packet)});
  struct Talk {
    std::size_t number, next = 0;
  };
  std::vector<Talk> talks;
  std::vector<Bytes> packets;
  for (std::size_t begun = 0; begun < count || !talks.empty();) {
    while (begun < count && talks.size() < at_once) talks.push_back({begun++});
    for (Talk& talk : talks) {
      auto [from, segment] = spoken[talk.number % spoken.size()][talk.next++];
      const auto isn = static_cast<std::uint32_t>(1'000'000 * (talk.number + 1));  // of both ends
      segment.seq += isn;
      if (segment.flags.ack()) segment.ack += isn;
      segment.ip.identification = static_cast<std::uint16_t>(packets.size() + 1);
      const auto port = static_cast<std::uint16_t>(first_port + talk.number);
      const bool asks = from == capture::Side::client;
      packets.push_back(ipv4_of(segment, asks ? port : server_port, asks ? server_port : port));
    }
    std::erase_if(talks, [&](const Talk& talk) { return talk.next == spoken[talk.number % spoken.size()].size(); });
  }
  return packets;
}

}  // namespace echolab::test
