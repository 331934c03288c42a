// The table of contents: frame -> link layer -> IP -> TCP, UDP or ICMP.
//
//   link.cpp       null, loop, Linux cooked, raw IP    ethernet.cpp   Ethernet, VLAN tags, LLC/SNAP
//   ipv4.cpp  ipv6.cpp  extension.cpp  fragment.cpp    the Internet layer
//   transport.cpp                                      which protocol next; tunnels end here
//   tcp.cpp  tcp_options.cpp  udp.cpp  icmp.cpp        the transport layer
//   verify.cpp                                         the checksums of both
#include "capture/decode/decode.hpp"

#include "capture/decode/layers.hpp"

namespace echolab::capture {

Decoded decode(const Packet& packet) {
  if (packet.bytes.empty())
    return Other{.kind = Other::Kind::cut};  // nothing captured: nothing to blame the sender for
  Decoded decoded = decode_link(packet.link_type, Cursor(packet.bytes, packet.original_length));
  if (auto* segment = std::get_if<Segment>(&decoded)) segment->link = link_name(packet);
  return decoded;
}

}  // namespace echolab::capture
