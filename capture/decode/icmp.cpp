// RFC 792 (ICMP), RFC 1191 (the next link's MTU), RFC 4443 (ICMPv6). Errors quote the start of the packet that they are
// about.
#include "capture/decode/layers.hpp"

namespace echolab::capture {

namespace {

bool is_error(bool v6, std::uint8_t type) {
  if (v6) return type < 128;  // RFC 4443, section 2.1
  switch (type) {
    case 3:   // destination unreachable
    case 4:   // source quench
    case 5:   // redirect
    case 11:  // time exceeded
    case 12:  // parameter problem
      return true;
    default: return false;
  }
}

/// What the four bytes behind the checksum hold, where the type gives them a meaning.
void read_parameter(std::uint32_t parameter, IcmpError& error) {
  if (error.v6) {
    constexpr int incomplete_chain = 3;  // RFC 7112, 5: its pointer is always 0
    if (error.type == 2) error.next_mtu = parameter;
    if (error.type == 4 && error.code != incomplete_chain) error.pointer = parameter;
  } else {
    const std::uint32_t mtu = parameter & 0xffff;
    if (error.type == 3 && error.code == 4 && mtu != 0) error.next_mtu = mtu;
    if (error.type == 12 && error.code == 0) error.pointer = parameter >> 24;
  }
}

/// Who sent the quoted packet to whom. Ports stand first in TCP's and UDP's header, and 8 quoted bytes are all that RFC
/// 792 promises.
void read_quoted_ends(const IpHeader& quoted, Cursor in, IcmpError& error) {
  error.quoted_protocol = quoted.protocol;
  error.quoted_sender = quoted.source;
  error.quoted_receiver = quoted.destination;
  if (quoted.info.fragment) error.quoted_identification = quoted.info.fragment->identification;
  const bool has_ports = quoted.protocol == ip_protocol::tcp || quoted.protocol == ip_protocol::udp;
  if (!has_ports || in.lacks(4)) return;
  error.quoted_source = Endpoint{quoted.source, in.u16()};
  error.quoted_destination = Endpoint{quoted.destination, in.u16()};
  if (quoted.protocol == ip_protocol::tcp && !in.lacks(4)) error.quoted_sequence = in.u32();
}

void read_quoted_ipv4(Cursor in, IcmpError& error) {
  if (in.lacks(20)) return;
  const auto version_and_ihl = in.u8();
  in.skip(3);
  const auto identification = in.u16();
  const auto piece = ipv4_fragment(identification, in.u16());
  in.skip(1);
  IpHeader quoted{.protocol = in.u8()};
  in.skip(2);
  quoted.source = IpAddress::v4(in.take(4));
  quoted.destination = IpAddress::v4(in.take(4));
  const int options = ((version_and_ihl & 0xf) - 5) * 4;
  if (version_and_ihl >> 4 != 4 || options < 0) return;
  const auto header_length = 20u + static_cast<std::size_t>(options);
  in.skip(header_length - 20);
  if (piece && enter_fragment(quoted, *piece, header_length, in)) in.set_length(0);
  read_quoted_ends(quoted, in, error);
}

void read_quoted_ipv6(Cursor in, IcmpError& error) {
  if (in.lacks(40)) return;
  const auto version = in.u32() >> 28;
  in.skip(2);
  IpHeader quoted{.v6 = true, .protocol = in.u8()};
  in.skip(1);
  quoted.source = IpAddress::v6(in.take(16));
  quoted.destination = IpAddress::v6(in.take(16));
  if (version != 6) return;
  if (walk_extensions(quoted, in)) in.set_length(0);  // the quote ends inside them
  read_quoted_ends(quoted, in, error);
}

/// Every ICMP message has 8 bytes (RFC 792); ICMPv6's have 4 in common (RFC 4443 2.1), and those that there are, 8.
std::optional<Shortage> shortage_of(bool v6, const Cursor& in) {
  constexpr std::size_t common_v6 = 4, least = 8;
  if (const auto shortage = in.lacks(common_v6); v6 && shortage) return shortage;
  return in.lacks(least);
}

Decoded cut_short(const IpHeader& ip, const Shortage& shortage, Cursor in) {
  Decoded ending = too_short(ip.v6 ? "icmp6" : "icmp", shortage, &ip);
  auto* malformed = std::get_if<Malformed>(&ending);
  if (malformed && !in.lacks(1)) malformed->icmp_type = in.u8();
  return ending;
}

}  // namespace

//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |     Type      |     Code      |          Checksum             |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |              unused, MTU, pointer or gateway                  |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |      the quoted IP header and what followed it                |
Decoded decode_icmp(const IpHeader& ip, Cursor in) {
  if (const auto shortage = shortage_of(ip.v6, in)) return cut_short(ip, *shortage, in);
  const auto type = in.u8();
  const auto code = in.u8();
  in.skip(2);
  const auto parameter = in.u32();
  if (!is_error(ip.v6, type)) return other(Other::Kind::icmp, type, &ip);

  IcmpError error{
      .v6 = ip.v6, .type = type, .code = code, .source = ip.source, .destination = ip.destination, .ip = ip.info};
  read_parameter(parameter, error);
  ip.v6 ? read_quoted_ipv6(in, error) : read_quoted_ipv4(in, error);
  return error;
}

}  // namespace echolab::capture
