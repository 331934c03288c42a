// An echo client over UDP: dg_cli of UNP 8.6. What TCP and UDP differ in: `diff -u tcp/client.cpp udp/client.cpp`.
#include "udp/client.hpp"

#include <algorithm>

namespace echolab::udp {

Client::Client(const net::Address& server, net::MessageOptions messages, net::Timeout timeout, Report& report)
    : server_(server),
      messages_(std::move(messages)),
      timeout_(timeout),
      report_(report),
      socket_(server.family(), report.calls()) {}

void Client::open() {
  socket_.report_errors();  // no handshake: an ICMP error alone will say that nobody listens
}

void Client::talk() {
  while (const auto message = messages_.next()) exchange(*message);
  hear_stragglers();  // no FIN: nobody says that nothing more will come
}

void Client::close() { socket_.close(); }

/// Sends the message and waits for its echo, one datagram each. Nobody says what became of them: the ledger has it.
void Client::exchange(const net::Message& message) {
  report_.asks(message);
  ledger_.sent(message.number, message.bytes);
  if (ask(message.bytes, net::Deadline(timeout_))) return answered(message);
  give_up(timeout_);
}

/// Whether the echo has come in time, and no ICMP error instead.
bool Client::ask(Bytes message, const net::Deadline& deadline) {
  socket_.send_to(server_, message);
  report_.sent(message.size());
  do {
    net::throw_if_stopped();
    if (take_echo(message, deadline)) return true;
  } while (ledger_.waits() && deadline.left());
  return false;
}

/// The next datagram, always whole, from whomever: is it the echo? The ledger knows what else it can be.
bool Client::take_echo(Bytes message, const net::Deadline& deadline) try {
  const auto datagram = socket_.receive_from(room_, deadline);
  if (!datagram) return false;
  const Bytes came = Bytes(room_).first(datagram->size);
  if (datagram->from == server_ && std::ranges::equal(came, message)) return true;
  tell(datagram->from == server_ ? ledger_.judge(came) : ledger_.stranger(datagram->from));
  return false;
} catch (const net::RefusedOnTheWay& refused) {
  take_error(refused.icmp(), message);
  return false;
}

void Client::answered(const net::Message& message) {
  report_.echo(message.bytes);
  ledger_.count(Outcome::answered, message.number);
  report_.answered(message);
}

}  // namespace echolab::udp
