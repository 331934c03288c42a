#include "udp/icmp_errors.hpp"

#include <utility>

namespace echolab::udp {

std::optional<Event> IcmpErrors::judge(const net::IcmpError& error) {
  using Fate = SentMessages::Fate;
  const auto quoted = ledger_.quoted(error.quoted);
  if (!quoted) return Event{.outcome = Outcome::unexpected, .number = ledger_.messages(), .icmp = error};
  if (quoted->number == ledger_.messages() && ledger_.waits() && error.packet_too_large()) {
    if (!path_shrinks(error)) return std::nullopt;  // it is about the packet before, or its fragments
    return Event{.outcome = Outcome::resent, .number = quoted->number, .icmp = error};
  }
  if (quoted->fate == Fate::answered || quoted->fate == Fate::refused) return std::nullopt;
  return Event{.outcome = Outcome::unreachable, .number = quoted->number, .icmp = error, .certain = quoted->certain};
}

/// Path MTU discovery: the kernel knows the limit now, and cuts what is larger into fragments (RFC 1191, RFC 8201).
bool IcmpErrors::path_shrinks(const net::IcmpError& error) {
  if (std::exchange(number_, ledger_.messages()) != ledger_.messages()) path_mtu_ = no_limit;
  return error.mtu < std::exchange(path_mtu_, std::min(path_mtu_, error.mtu));
}

}  // namespace echolab::udp
