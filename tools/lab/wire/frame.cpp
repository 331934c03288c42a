#include "tools/lab/wire/frame.hpp"

#include <optional>
#include <utility>

namespace echolab::lab {
namespace {

using capture::Other;

bool shown(const Other& other) {
  switch (other.kind) {
    // RFC 4443, 4: of ICMPv6's messages that are no errors only the echoes are a program's; the rest is multicast
    // listeners (RFC 3810) and neighbours (RFC 4861).
    case Other::Kind::icmp: return !other.v6 || other.number == 128 || other.number == 129;
    case Other::Kind::fragment: return true;
    default: return false;
  }
}

constexpr std::size_t ip_header = 14;  // behind Ethernet's

/// Where the checksum of TCP, UDP or ICMP stands; nullopt where extension headers or tags lie before it.
std::optional<std::size_t> checksum_place(std::span<const std::byte> bytes) {
  const auto at = [&](std::size_t place) { return std::to_integer<std::size_t>(bytes[place]); };
  if (bytes.size() < ip_header + 20) return std::nullopt;
  std::size_t transport = 0, protocol = 0;
  switch (at(12) << 8 | at(13)) {
    case 0x0800:
      transport = ip_header + (at(ip_header) & 0xf) * 4;
      protocol = at(ip_header + 9);
      break;
    case 0x86dd:
      transport = ip_header + 40;
      protocol = at(ip_header + 6);
      break;
    default: return std::nullopt;
  }
  switch (protocol) {
    case 6: return transport + 16;  // RFC 9293, 3.1
    case 17: return transport + 6;  // RFC 768
    case 1:
    case 58: return transport + 2;  // RFC 792, RFC 4443
    default: return std::nullopt;
  }
}

}  // namespace

Frame make_frame(std::uint64_t number, Host from, capture::Time arrived, std::vector<std::byte> bytes) {
  Frame frame;
  frame.number = number;
  frame.from = from;
  frame.arrived = arrived;
  frame.bytes = std::move(bytes);
  frame.decoded = capture::decode(frame.packet());
  return frame;
}

bool shown(const capture::Decoded& decoded) {
  if (const auto* other = std::get_if<Other>(&decoded)) return shown(*other);
  if (const auto* malformed = std::get_if<capture::Malformed>(&decoded)) return malformed->source.has_value();
  return true;
}

std::vector<std::byte> corrupted(const Frame& frame) {
  auto bytes = frame.bytes;
  if (bytes.empty()) return bytes;
  std::size_t place = bytes.size() - 1;  // of a fragment, say: its last byte is under the checksum, too
  if (const auto payload = payload_of(frame.decoded); !payload.empty())
    place = static_cast<std::size_t>(payload.data() - frame.bytes.data());
  else if (const auto checksum = checksum_place(bytes); checksum && *checksum + 1 < bytes.size())
    place = *checksum;
  bytes[place] ^= std::byte{0x55};
  // RFC 768: a checksum of 0 means that there is none, and the datagram would be taken.
  if (place + 1 < bytes.size() && bytes[place] == std::byte{} && bytes[place + 1] == std::byte{})
    bytes[place] = std::byte{0xaa};
  return bytes;
}

}  // namespace echolab::lab
