// An echo client over TCP: str_cli of UNP 5.5. What TCP and UDP differ in: `diff -u tcp/client.cpp udp/client.cpp`.
#include "tcp/client.hpp"

#include <algorithm>

namespace echolab::tcp {

Client::Client(const net::Address& server, net::MessageOptions messages, net::Timeout timeout, Report& report)
    : server_(server),
      messages_(std::move(messages)),
      timeout_(timeout),
      report_(report),
      socket_(server.family(), report.calls()) {}

void Client::open() {
  socket_.send_at_once();
  socket_.connect(server_, net::Deadline(timeout_));  // SYN; SYN,ACK; ACK
}

void Client::talk() {
  while (const auto message = messages_.next(socket_.fd())) exchange(*message);
  if (!messages_.interrupted()) socket_.shutdown_send();  // our FIN
  read_to_the_end();                                      // the server's FIN
}

void Client::close() { socket_.close(); }

/// Sends the message and takes its echo, both at once: a server whose buffer is full reads on only when we read.
void Client::exchange(const net::Message& message) {
  report_.asks(message);
  Bytes unsent = message.bytes, missing = message.bytes;  // of the message, of its echo
  while (!missing.empty()) {
    const std::size_t taken = unsent.empty() ? 0 : socket_.send(unsent);
    report_.sent(taken);
    unsent = unsent.subspan(taken);
    if (!unsent.empty() && !socket_.wait_to_read_or_send(net::Deadline(timeout_))) continue;
    missing = missing.subspan(take_echo(missing, net::Deadline(timeout_)));
  }
  report_.answered(message);
}

/// The next bytes of the echo, as many as are here: a stream has no message borders, so they are counted.
std::size_t Client::take_echo(Bytes missing, const net::Deadline& deadline) {
  const auto room = std::span(room_).first(std::min(room_.size(), missing.size()));
  const auto size = socket_.receive(room, deadline);
  if (!size) throw Failure::silent;
  if (*size == 0) throw Failure::closed;  // the server's FIN
  const Bytes came = room.first(*size);
  const Bytes echo = came.first(std::ranges::mismatch(came, missing).in1 - came.begin());
  report_.echo(echo);  // nothing else: a stranger's bytes may command the terminal
  if (echo.size() < came.size()) throw Failure::not_an_echo;
  return echo.size();
}

/// Every echo is here: only the server's FIN may still come. What comes before it is counted, and nothing else.
void Client::read_to_the_end() {
  const net::Deadline deadline(timeout_);
  do {
    net::throw_if_stopped();
    const auto size = socket_.receive(room_, deadline);
    if (size == 0) return;
    bytes_unasked_ += size.value_or(0);
  } while (deadline.left());
  throw Failure::stays_open;
}

}  // namespace echolab::tcp
