// Who refused: errno alone does not say. Either our own kernel did, and nothing was sent, or somebody on the way sent
// an ICMP error; that one stands in the socket's error queue, with who sent it and what it quotes (ip(7), IP_RECVERR).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/address.hpp"
#include "net/system_call.hpp"

namespace echolab::net {

/// An ICMP error that the kernel has handed to a socket.
struct IcmpError {
  int error = 0;  // what the kernel makes of it for errno: EHOSTUNREACH
  bool v6 = false;
  std::uint8_t type = 0, code = 0;     // RFC 792; of ICMPv6, RFC 4443
  std::uint32_t mtu = 0;               // what the next link takes, where the packet was too large for it
  Address from = {};                   // who says so
  std::vector<std::byte> quoted = {};  // the first bytes of what was sent, behind the UDP header

  bool port_unreachable() const { return v6 ? type == 1 && code == 4 : type == 3 && code == 3; }
  /// RFC 1191, RFC 8201: the router has thrown the packet away. The kernel makes the next ones small enough.
  bool packet_too_large() const { return v6 ? type == 2 : type == 3 && code == 4; }
};

/// "host unreachable": as RFC 792, 1812 and 4443 name it.
std::string_view name(const IcmpError& error);

/// ICMP errors become errors of the next call, even of a socket that is not connected, and are kept in its error queue.
/// Returns what setsockopt returns.
int report_errors(int fd, int family, bool on = true);

/// The oldest ICMP error in the queue. nullopt: there is none. errno is kept.
std::optional<IcmpError> next_error(int fd);
/// The ICMP error behind `error`, the errno of a call that has failed; of ETIMEDOUT, the last one that came. nullopt:
/// nobody but the peer or our own kernel has said anything. Empties the queue.
std::optional<IcmpError> icmp_behind(int fd, int error);

/// A call that failed while an ICMP error was there.
class RefusedOnTheWay : public CallError {
 public:
  RefusedOnTheWay(const std::string& call, const std::string& subject, int error, IcmpError icmp)
      : CallError(call, subject, error), icmp_(std::move(icmp)) {}
  const IcmpError& icmp() const { return icmp_; }

 private:
  IcmpError icmp_;
};

}  // namespace echolab::net
