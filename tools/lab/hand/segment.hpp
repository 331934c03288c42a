// A TCP segment made by hand: every byte of the frame is put there by us, where a socket would have the kernel do it.
// Pure: bytes in, bytes out. Whoever wants to see how a header is made reads segment.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "capture/decode/decoded.hpp"

namespace echolab::lab::hand {

using Mac = std::array<std::uint8_t, 6>;
inline constexpr Mac everybody{0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

/// Where a frame comes from, or goes to, on all three layers.
struct End {
  Mac mac{};
  capture::Endpoint ip{};  // IPv4
};

/// What of a TCP header we decide; ports are the ends', the checksum follows from all.
struct Header {
  std::uint32_t seq = 0, ack = 0;
  capture::TcpFlags flags{};
  std::uint16_t window = 65535;
};

/// Ethernet, IPv4, TCP: a whole frame, ready to send.
std::vector<std::byte> tcp_frame(const End& from, const End& to, const Header& header, std::string_view payload);

/// ARP (RFC 826): who has this IPv4 address, and who answers.
struct Arp {
  enum class Operation : std::uint16_t { request = 1, reply = 2 } operation = Operation::request;
  Mac sender_mac{};
  capture::IpAddress sender{};
  Mac target_mac{};  // nobody's in a request: it is what is asked
  capture::IpAddress target{};
  friend bool operator==(const Arp&, const Arp&) = default;
};
std::vector<std::byte> arp_frame(const Mac& to, const Arp& arp);
/// nullopt where the frame is no ARP for IPv4 over Ethernet.
std::optional<Arp> read_arp(std::span<const std::byte> frame);

}  // namespace echolab::lab::hand
