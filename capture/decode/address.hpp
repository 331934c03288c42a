// IP addresses and ports as values that can be compared, hashed and printed.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace echolab::capture {

/// An IPv4 or IPv6 address in network byte order. IPv4 uses the first four bytes; the rest are zero.
struct IpAddress {
  enum class Version : std::uint8_t { v4 = 4, v6 = 6 };

  Version version = Version::v4;
  std::array<std::uint8_t, 16> bytes{};

  /// From exactly four bytes. Precondition: octets.size() >= 4.
  static IpAddress v4(std::span<const std::byte> octets);
  /// From exactly sixteen bytes. Precondition: octets.size() >= 16.
  static IpAddress v6(std::span<const std::byte> octets);

  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;
};

/// A group's: RFC 1112 (224.0.0.0/4), RFC 4291 2.7 (ff00::/8).
bool is_multicast(const IpAddress& address);
/// 255.255.255.255: everybody on the link (RFC 919). That an address is a subnet's broadcast, it does not tell itself.
bool is_limited_broadcast(const IpAddress& address);

/// One side of a conversation. Never an address alone: on loopback both addresses are the same.
struct Endpoint {
  IpAddress address{};
  std::uint16_t port = 0;

  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

/// "127.0.0.1", "::1" (RFC 5952).
std::string to_string(const IpAddress& address);
/// "127.0.0.1:9000", "[::1]:9000".
std::string to_string(const Endpoint& endpoint);

}  // namespace echolab::capture
