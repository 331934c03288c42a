// A TCP socket: one end of a connection, or a listener. Each call is logged where it starts and where it returns.
// The errors are net::CallError and name the call. Read it beside udp/socket.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "net/address.hpp"
#include "net/call_log.hpp"
#include "net/deadline.hpp"
#include "net/file_descriptor.hpp"

namespace echolab::tcp {

class Socket {
 public:
  /// `family` is AF_INET or AF_INET6. `log` may be nullptr: nothing is told then.
  Socket(int family, net::CallLog* log);

  // Both ends.
  void send_at_once();
  /// Hands over as many bytes as the kernel has room for now and returns their number, perhaps 0. Never blocks.
  std::size_t send(std::span<const std::byte> bytes);
  /// The number of bytes read into `room`; 0 when the peer sends no more: its FIN came, or on an accepted socket its
  /// RST, which is no failure of the server's.
  /// nullopt: nothing came in time, or nothing is there now on an accepted socket, which never blocks.
  std::optional<std::size_t> receive(std::span<std::byte> room, const net::Deadline& deadline = net::no_deadline);
  /// Closes our direction: the peer reads to the end, and may still send.
  void shutdown_send();
  void close();

  // The client.
  /// Throws CallError: with ETIMEDOUT where the handshake has not ended in time; RefusedOnTheWay where an ICMP error
  /// came.
  void connect(const net::Address& server, const net::Deadline& deadline);
  /// Waits until there is something to read or room to send. True: something to read.
  bool wait_to_read_or_send(const net::Deadline& deadline);
  /// Whether the peer's kernel has acknowledged every byte that `send` took.
  bool all_acknowledged() const;
  /// errno of the last ICMP error, which does not end a connection that is there (RFC 1122, 4.2.3.9); 0: none came.
  int soft_error() const;

  // The server.
  void reuse_address();
  void bind(const net::Address& address);
  /// From here on `accept` never blocks.
  void listen(int backlog);
  /// Why there is no client to accept.
  enum class NoClient : std::uint8_t {
    nobody_waits,   // or it is gone again
    no_descriptor,  // one waits, but this process or this machine has no file descriptor, or no memory, left for it
  };
  /// The next client, whose address goes to `peer`.
  std::variant<Socket, NoClient> accept(net::Address& peer);

  int fd() const { return fd_.get(); }
  net::Address local_address() const { return net::local_address(fd()); }

 private:
  Socket(net::FileDescriptor fd, net::CallLog* log) : fd_(std::move(fd)), log_(log), blocks_(false) {}
  int finish_interrupted_connect(const net::Deadline& deadline);

  net::FileDescriptor fd_;
  net::CallLog* log_;
  bool blocks_ = true;
  net::Timeout receive_timeout_{0};
};

}  // namespace echolab::tcp
