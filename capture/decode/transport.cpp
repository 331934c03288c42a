// Which protocol IP carries.
#include "capture/decode/layers.hpp"

namespace echolab::capture {

namespace {

/// Packets inside packets (IANA's protocol numbers). They are named, never followed: the wire that is looked at is the
/// outer one.
constexpr bool is_tunnel(std::uint8_t protocol) {
  return protocol == 4        // IPv4 in IP, RFC 2003
         || protocol == 41    // IPv6 in IP, RFC 4213
         || protocol == 47    // GRE, RFC 2784
         || protocol == 94    // IPIP
         || protocol == 97    // Ethernet in IP, RFC 3378
         || protocol == 98    // ENCAP, RFC 1241
         || protocol == 137;  // MPLS in IP, RFC 4023
}

}  // namespace

Decoded decode_transport(IpHeader ip, Cursor in) {
  if (auto ending = walk_extensions(ip, in)) return *ending;
  const bool icmp = ip.protocol == (ip.v6 ? ip_protocol::icmp6 : ip_protocol::icmp);
  const bool tcp = ip.protocol == ip_protocol::tcp, udp = ip.protocol == ip_protocol::udp;
  if (tcp || udp || icmp) ip.info.checksum = transport_checksum(ip, in);
  if (tcp) return decode_tcp(ip, in);
  if (udp) return decode_udp(ip, in);
  if (icmp) return decode_icmp(ip, in);
  return other(is_tunnel(ip.protocol) ? Other::Kind::tunnel : Other::Kind::ip_protocol, ip.protocol, &ip);
}

}  // namespace echolab::capture
