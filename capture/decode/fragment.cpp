// RFC 791, sections 2.3 and 3.2 (IPv4); RFC 8200, section 4.5 (IPv6).
#include "capture/decode/layers.hpp"

namespace echolab::capture {

//   0                   1
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |R|D|M|     Fragment Offset     |   reserved, don't fragment, more fragments; the offset in units of 8 bytes
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
std::optional<Fragment> ipv4_fragment(std::uint16_t identification, std::uint16_t flags_and_offset) {
  const std::uint32_t offset = (flags_and_offset & 0x1fffu) * 8;
  const bool more = flags_and_offset & 0x2000;
  if (offset == 0 && !more) return std::nullopt;
  return Fragment{.identification = identification, .offset = offset, .more = more};
}

std::optional<Decoded> enter_fragment(IpHeader& ip, Fragment piece, std::size_t repeated, const Cursor& in) {
  constexpr std::size_t largest = 65535;  // the packet of IPv4, the payload of IPv6
  piece.length = static_cast<std::uint32_t>(in.length());
  piece.protocol = ip.protocol;
  piece.v6 = ip.v6;
  piece.captured = in.captured();
  piece.largest = static_cast<std::uint32_t>(largest - std::min(repeated, largest));
  if (!ip.info.fragment) ip.info.fragment = piece;  // one inside another is only counted
  if (piece.first()) return std::nullopt;
  return other(Other::Kind::fragment, ip.protocol, &ip);
}

}  // namespace echolab::capture
