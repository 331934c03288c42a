// The client of the pair, without a word to the user: what it tells goes to a report. Read it beside udp/client.hpp.
//
//     net::EchoReport report;                                // or a class of one's own
//     tcp::Client client(server, {.count = 100}, net::Timeout{5000}, report);
//     client.open();
//     client.talk();
//     client.close();
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "net/address.hpp"
#include "net/deadline.hpp"
#include "net/echo_report.hpp"
#include "net/messages.hpp"
#include "tcp/socket.hpp"

namespace echolab::tcp {

/// The server, or the way to it, does not do what an echo server does. What the kernel reports is a net::CallError.
enum class Failure : std::uint8_t {
  silent,       // no echo in time
  closed,       // its FIN came before the echo was complete
  not_an_echo,  // other bytes than those that were sent
  stays_open,   // no FIN in time after ours
};

class Client {
 public:
  using Bytes = std::span<const std::byte>;
  using Report = net::EchoReport;

  /// `timeout`: for the connection, and for each answer; 0: as long as it takes.
  Client(const net::Address& server, net::MessageOptions messages, net::Timeout timeout, Report& report);

  /// The handshake.
  void open();
  /// All messages, one after the other, and the close of both directions. Throws Failure, net::CallError, net::Stopped.
  void talk();
  void close();

  const Socket& socket() const { return socket_; }
  const net::Messages& messages() const { return messages_; }
  /// What the server has sent beyond the echoes.
  std::uint64_t bytes_unasked() const { return bytes_unasked_; }

 private:
  void exchange(const net::Message& message);
  std::size_t take_echo(Bytes missing, const net::Deadline& deadline);
  void read_to_the_end();

  const net::Address server_;
  net::Messages messages_;
  const net::Timeout timeout_;
  Report& report_;
  Socket socket_;
  std::vector<std::byte> room_ = std::vector<std::byte>(256 * 1024);  // one read takes what is there, up to this
  std::uint64_t bytes_unasked_ = 0;
};

}  // namespace echolab::tcp
