// The layers of a packet, from the outside in. Each takes what is left of the frame, reads its own header and calls the
// next one; the last one's answer is the packet's. Private to capture/decode: others include decode.hpp.
#pragma once

#include <string_view>

#include "capture/decode/cursor.hpp"
#include "capture/decode/decoded.hpp"
#include "capture/source/packet.hpp"

namespace echolab::capture {

/// What the IP header, of either version, tells the layers above it.
struct IpHeader {
  bool v6 = false;
  std::uint8_t protocol = 0;  // of what follows: IPv6's extension headers are walked on the way
  IpAddress source{}, destination{};
  bool readdressed = false;  // the checksum is for other addresses: RFC 8200 8.1, RFC 6275 6.3
  IpInfo info{};
};

// IP protocol numbers (IANA). ICMP's and ICMPv6's belong to one IP version each.
namespace ip_protocol {
inline constexpr std::uint8_t icmp = 1, tcp = 6, udp = 17, authentication = 51, icmp6 = 58;
}

// Link layers: link.cpp, ethernet.cpp
inline constexpr std::uint16_t first_ethertype = 0x600;  // a smaller number in its place is the frame's length
constexpr bool is_vlan_tag(std::uint16_t ethertype) {
  return ethertype == 0x8100      // 802.1Q
         || ethertype == 0x88a8   // 802.1ad, the provider's outer tag
         || ethertype == 0x9100;  // the same before it had a standard
}
Decoded decode_link(LinkType link_type, Cursor in);
Decoded decode_ethernet(Cursor in);
/// What follows an EtherType, VLAN tags too. `in` stands behind the EtherType.
Decoded decode_ethertype(std::uint16_t type, Cursor in);
/// IEEE 802.2 LLC, and IP behind SNAP (RFC 1042).
Decoded decode_llc(Cursor in);

// The Internet layer: ipv4.cpp, ipv6.cpp, extension.cpp, fragment.cpp
Decoded decode_ip(Cursor in);  // the version nibble tells which
Decoded decode_ipv4(Cursor in);
Decoded decode_ipv6(Cursor in);
/// What of the bytes that the IP length promises the frame has: all, or it is no packet that a host takes.
std::size_t bounded_by_frame(IpHeader& ip, std::size_t promised, std::size_t frame);
/// Moves `in` past the extension headers and sets ip.protocol to what follows them. A packet that ends there is
/// returned.
std::optional<Decoded> walk_extensions(IpHeader& ip, Cursor& in);
/// nullopt where the packet is whole. Its length and protocol are not yet known.
std::optional<Fragment> ipv4_fragment(std::uint16_t identification, std::uint16_t flags_and_offset);
/// What both versions' fragment fields come to: `piece` holds them, and its bytes are what is left. `repeated`: bytes
/// of headers that count for a packet's largest length and stand in every fragment. A later fragment is returned, for
/// what it begins with is no header.
std::optional<Decoded> enter_fragment(IpHeader& ip, Fragment piece, std::size_t repeated, const Cursor& in);

// The transport layer: transport.cpp, tcp.cpp, tcp_options.cpp, udp.cpp, icmp.cpp
Decoded decode_transport(IpHeader ip, Cursor in);
Decoded decode_tcp(const IpHeader& ip, Cursor in);
TcpOptions decode_tcp_options(Cursor in);
Decoded decode_udp(const IpHeader& ip, Cursor in);
Decoded decode_icmp(const IpHeader& ip, Cursor in);

// Checksums: verify.cpp
Checksum header_checksum(std::span<const std::byte> header);  // IPv4's, from its first byte to its last
/// Of what IP carries: TCP, UDP, ICMP or ICMPv6, at whose header `in` stands.
Checksum transport_checksum(const IpHeader& ip, Cursor in);

// The ways a packet can end before its transport header: endings.cpp
/// Malformed where the packet itself is too short; Other::cut where only the capture is; Other::fragment where the rest
/// of the header travels in the next fragment. `field`: the one that asks for so many bytes.
Decoded too_short(std::string_view layer, const Shortage& shortage, const IpHeader* ip = nullptr,
                  Malformed::Field field = Malformed::Field::header);
/// With the ends of `ip`, where it is known.
Decoded malformed(Malformed what, const IpHeader* ip = nullptr);
Decoded other(Other::Kind kind, std::uint32_t number, const IpHeader* ip = nullptr);

}  // namespace echolab::capture
