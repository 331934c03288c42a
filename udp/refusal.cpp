#include "udp/refusal.hpp"

namespace echolab::udp {

Refusal refusal(const Datagram& datagram, std::uint16_t own_port) {
  constexpr std::uint16_t first_client_port = 1024;
  if (datagram.cut) return Refusal::cut;
  if (datagram.to_group || datagram.from.is_multicast() || datagram.from.is_broadcast()) return Refusal::group;
  if (datagram.from.port() == own_port) return Refusal::own_port;
  if (datagram.from.port() < first_client_port) return Refusal::low_port;
  return Refusal::none;
}

}  // namespace echolab::udp
