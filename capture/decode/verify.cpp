// Whether a packet's checksums are right: RFC 791 3.1, RFC 9293 3.1, RFC 768, RFC 792, RFC 4443 2.3, RFC 8200 8.1.
#include "capture/decode/layers.hpp"

namespace echolab::capture {
namespace {

/// Where the checksum stands behind the start of the transport's header.
std::size_t place_of(std::uint8_t protocol) {
  switch (protocol) {
    case ip_protocol::tcp: return 16;
    case ip_protocol::udp: return 6;
    default: return 2;  // ICMP, ICMPv6
  }
}

/// UDP says its own length: behind it IP may have more.
std::size_t summed_length(const IpHeader& ip, Cursor in) {
  if (ip.protocol != ip_protocol::udp) return in.length() + ip.info.missing;
  Cursor header = in;
  header.skip(4);
  const std::size_t length = header.u16();
  return length == 0 ? in.length() : length;
}

/// A network card that is to compute the checksum finds the pseudo-header's sum in its place. Who splits a large
/// segment knows the pieces' lengths first, so some systems leave the length to the card, too; others leave all.
Checksum unfinished_or_bad(const IpHeader& ip, std::uint16_t field, std::size_t length) {
  if (ip.protocol != ip_protocol::tcp && ip.protocol != ip_protocol::udp) return Checksum::bad;
  const auto pseudo = [&](std::size_t of) {
    return InternetSum{}.add_pseudo_header(ip.source, ip.destination, ip.protocol, of).folded();
  };
  const bool left = field == 0 && ip.protocol == ip_protocol::tcp;
  return left || field == pseudo(length) || field == pseudo(0) ? Checksum::unfinished : Checksum::bad;
}

}  // namespace

Checksum header_checksum(std::span<const std::byte> header) {
  constexpr std::size_t place = 10;
  if (InternetSum{}.add(header).holds()) return Checksum::good;
  const bool left = header[place] == std::byte{} && header[place + 1] == std::byte{};
  return left ? Checksum::unfinished : Checksum::bad;
}

Checksum transport_checksum(const IpHeader& ip, Cursor in) {
  const std::size_t length = summed_length(ip, in), place = place_of(ip.protocol);
  const bool tcp_or_udp = ip.protocol == ip_protocol::tcp || ip.protocol == ip_protocol::udp;
  const bool has_length = !ip.info.offload_length || (tcp_or_udp && !ip.info.zero_length);
  const bool whole =
      has_length && !ip.info.fragment && !ip.readdressed && length >= place + 2 && length <= in.captured().size();
  if (!whole) return Checksum::unknown;
  const auto bytes = in.captured().first(length);
  in.skip(place);
  const std::uint16_t field = in.u16();
  if (field == 0 && ip.protocol == ip_protocol::udp) return ip.v6 ? Checksum::bad : Checksum::none;
  InternetSum sum;
  if (ip.protocol != ip_protocol::icmp) sum.add_pseudo_header(ip.source, ip.destination, ip.protocol, length);
  return sum.add(bytes).holds() ? Checksum::good : unfinished_or_bad(ip, field, length);
}

}  // namespace echolab::capture
