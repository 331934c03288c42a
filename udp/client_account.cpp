// The part of the client that TCP's has not: what it hears beside the echoes, and how it keeps account of it.
#include "udp/client.hpp"

namespace echolab::udp {

void Client::tell(const Event& event) {
  ledger_.count(event.outcome, event.number);
  report_.tell(event);
}

void Client::give_up(net::Timeout waited, std::uint32_t tries) {
  if (!ledger_.waits()) return;  // it is known: an ICMP error came
  tell({.outcome = Outcome::unknown, .number = ledger_.messages(), .waited = waited, .tries = tries});
}

void Client::take_error(const net::IcmpError& error, Bytes message) {
  const auto event = errors_.judge(error);
  if (!event) return;
  tell(*event);
  if (event->outcome == Outcome::resent) socket_.send_to(server_, message);
}

/// Copies of the last answers may still be on their way: only messages with numbers can be told apart.
void Client::hear_stragglers() {
  constexpr net::Timeout moment{20}, longest{200};
  const net::Deadline deadline(longest);
  while (ledger_.tells_apart() && deadline.left() && socket_.wait_to_read(net::Deadline(moment)))
    take_echo({}, net::Deadline(moment));
}

}  // namespace echolab::udp
