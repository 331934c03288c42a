#include "capture/decode/address.hpp"

#include <arpa/inet.h>
#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>

namespace echolab::capture {

namespace {

IpAddress from_octets(IpAddress::Version version, std::span<const std::byte> octets) {
  IpAddress address{.version = version};
  std::ranges::transform(octets, address.bytes.begin(), [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
  return address;
}

}  // namespace

IpAddress IpAddress::v4(std::span<const std::byte> octets) { return from_octets(Version::v4, octets.first(4)); }
IpAddress IpAddress::v6(std::span<const std::byte> octets) { return from_octets(Version::v6, octets.first(16)); }

bool is_multicast(const IpAddress& address) {
  const bool v4 = address.version == IpAddress::Version::v4;
  return v4 ? (address.bytes[0] & 0xf0) == 0xe0 : address.bytes[0] == 0xff;
}

bool is_limited_broadcast(const IpAddress& address) {
  const auto is_ff = [](std::uint8_t byte) { return byte == 0xff; };
  return address.version == IpAddress::Version::v4 &&
         std::all_of(address.bytes.begin(), address.bytes.begin() + 4, is_ff);
}

std::string to_string(const IpAddress& address) {
  const auto& b = address.bytes;
  if (address.version == IpAddress::Version::v4) return fmt::format(FMT_COMPILE("{}.{}.{}.{}"), b[0], b[1], b[2], b[3]);
  std::array<char, INET6_ADDRSTRLEN> text{};
  // No failure is possible: the family is known and the buffer holds the longest address.
  inet_ntop(AF_INET6, b.data(), text.data(), text.size());
  return text.data();
}

std::string to_string(const Endpoint& endpoint) {
  const bool v4 = endpoint.address.version == IpAddress::Version::v4;
  const auto address = to_string(endpoint.address);
  return v4 ? fmt::format(FMT_COMPILE("{}:{}"), address, endpoint.port)
            : fmt::format(FMT_COMPILE("[{}]:{}"), address, endpoint.port);
}

}  // namespace echolab::capture
