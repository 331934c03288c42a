// Whom a UDP echo server must not answer. A UDP source address is only a claim: one forged datagram between two echo
// servers would go round for ever (CVE-2024-2169), and a reply to a group would reach many. RFC 862 says nothing of it.
// tcp/ has no such file: there the handshake shows that the client is where it says it is.
#pragma once

#include <cstdint>

#include "net/address.hpp"
#include "udp/socket.hpp"

namespace echolab::udp {

enum class Refusal : std::uint8_t {
  none,      // answer it
  low_port,  // a source port below 1024 is a service (echo 7, DNS 53, NTP 123 ...), not a client
  own_port,  // the source port is ours: this server itself, or another one like it
  group,     // it was sent to, or claims to come from, a multicast or broadcast address
  cut,       // larger than our buffer: an echo of a part would be a lie
};
inline constexpr int refusal_count = 5;

/// Whether to answer `datagram` on a server at `own_port`, and if not, why not.
Refusal refusal(const Datagram& datagram, std::uint16_t own_port);

}  // namespace echolab::udp
