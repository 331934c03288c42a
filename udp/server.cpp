// An echo server over UDP: one socket, and nothing is kept for a client, as dg_echo in UNP 8.4. Read it beside
// tcp/server.cpp.
#include "udp/server.hpp"

#include "net/system_call.hpp"

namespace echolab::udp {

Server::Server(const net::Address& address, const ServerOptions& options, Report& report)
    : address_(address),
      options_(options),
      report_(report),
      socket_(address.family(), report.calls()),
      limit_(options.rate, RateLimit::Clock::now()) {}

void Server::bind() {
  if (address_.is_wildcard()) socket_.report_destination();
  socket_.bind(address_);
  address_ = socket_.local_address();
}

void Server::serve() {
  while (!done()) {
    net::throw_if_stopped();
    const auto datagram = receive();
    report_.tick();
    if (datagram && may_answer(*datagram)) answer(*datagram);
  }
  hang_up();
}

/// The next datagram, whole, from whomever. nullopt: an ICMP error about an earlier answer came instead. That client
/// has gone, and we never knew it.
std::optional<Datagram> Server::receive() try {
  const auto datagram = socket_.receive_from(room_);
  if (datagram) ++served_.datagrams;
  return datagram;
} catch (const net::CallError& error) {
  if (error.code().value() == ECONNREFUSED) return std::nullopt;
  throw;
}

/// A source address is only a claim: not everybody may be answered.
bool Server::may_answer(const Datagram& datagram) {
  const Refusal why = refusal(datagram, address_.port());
  ++served_.verdicts[static_cast<std::size_t>(why)];
  if (why != Refusal::none) return false;
  if (limit_.allow(RateLimit::Clock::now)) return true;
  ++served_.over_limit;
  report_.over_limit();
  return false;
}

/// Never more bytes than came, and from the address that was asked.
void Server::answer(const Datagram& datagram) try {
  socket_.send_to(datagram.from, std::span<const std::byte>(room_).first(datagram.size),
                  address_.is_wildcard() ? &datagram.to : nullptr);
  ++served_.answered;
  served_.bytes += datagram.size;
} catch (const net::CallError&) {  // no way back to it, or no room: UDP loses it like any other
  ++served_.unsendable;
}

void Server::hang_up() {
  served_.overflowed = socket_.overflowed();
  socket_.close();
}

}  // namespace echolab::udp
