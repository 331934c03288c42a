// RFC 768. Tunnels over UDP: RFC 7348 (VXLAN), RFC 8926 (Geneve).
#include "capture/decode/layers.hpp"

namespace echolab::capture {

namespace {

constexpr std::uint16_t vxlan_port = 4789, vxlan_port_of_linux = 8472, geneve_port = 6081;

//  VXLAN                                       Geneve
//  +------------------+---------------+        +----------------------+------------------------+
//  | flags: 0x08 (1)  | reserved (3)  |        | version, length (2)  | protocol of inside (2) |
//  | network ID (3)   | reserved (1)  |        | network ID (3)       | reserved (1)           |
//  +------------------+---------------+        +----------------------+------------------------+
/// A port number alone proves nothing: the header behind it has to look like the tunnel's, too.
std::string_view tunnel_in(std::uint16_t port, Cursor in) {
  if (in.lacks(8)) return {};
  const auto first = in.u32(), second = in.u32();
  const bool reserved_is_zero = (second & 0xff) == 0;
  const bool vxlan = first == 0x08000000 && (port == vxlan_port || port == vxlan_port_of_linux);
  const auto version = first >> 30, inside = first & 0xffff;
  const bool geneve = port == geneve_port && version == 0 && (inside == 0x6558 || inside == 0x0800 || inside == 0x86dd);
  if (!reserved_is_zero) return {};
  return vxlan ? "VXLAN" : geneve ? "Geneve" : "";
}

/// Bytes that a datagram can have, where this packet holds so many of them.
std::size_t room_for(const IpHeader& ip, std::size_t here) {
  const auto& piece = ip.info.fragment;
  if (!piece) return here + ip.info.missing;
  const std::size_t before = piece->length - here;  // extension headers
  return piece->largest - std::min<std::size_t>(before, piece->largest);
}

}  // namespace

//   0      7 8     15 16    23 24    31
//  +--------+--------+--------+--------+
//  |     Source      |   Destination   |
//  |      Port       |      Port       |
//  +--------+--------+--------+--------+
//  |     Length      |    Checksum     |
//  +--------+--------+--------+--------+
Decoded decode_udp(const IpHeader& ip, Cursor in) {
  constexpr std::size_t header_length = Datagram::header_length;
  const auto start = in.offset();
  const auto ip_payload = in.length();
  if (const auto shortage = in.lacks(header_length)) return too_short("udp", *shortage, &ip);

  Datagram datagram{.source = {ip.source}, .destination = {ip.destination}, .ip = ip.info};
  datagram.source.port = in.u16();
  datagram.destination.port = in.u16();
  std::size_t length = in.u16();
  const auto sum = in.u16();

  // Length 0: a jumbogram (RFC 2675, section 4) or a datagram before its segmentation, as long as IP says.
  if (length == 0 && ip.info.offload_length) length = ip_payload;
  Malformed wrong{.layer = "udp", .field = Malformed::Field::length, .offset = start};
  if (length < header_length) {
    wrong.needed = header_length, wrong.had = length;
    return malformed(wrong, &ip);
  }
  if (const auto room = room_for(ip, ip_payload); length > room) {
    wrong.too_large = true, wrong.needed = length, wrong.had = room;
    return malformed(wrong, &ip);
  }
  const auto payload_length = length - header_length;
  in.set_length(std::min(payload_length, in.length()));
  datagram.payload_length = static_cast<std::uint32_t>(payload_length);
  datagram.absent = static_cast<std::uint32_t>(length - std::min(length, ip_payload));
  datagram.payload = in.captured();
  datagram.tunnel = tunnel_in(datagram.destination.port, in);
  const bool without = sum == 0 && ip.v6 && !datagram.tunnel.empty();  // RFC 6935: only in front of a tunnel
  if (without && ip.info.checksum == Checksum::bad) datagram.ip.checksum = Checksum::none;
  return datagram;
}

}  // namespace echolab::capture
