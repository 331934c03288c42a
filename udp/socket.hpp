// A UDP socket: it belongs to no connection. Each call is logged where it starts and where it returns.
// The errors are net::CallError and name the call. Read it beside tcp/socket.hpp.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>

#include "net/address.hpp"
#include "net/call_log.hpp"
#include "net/deadline.hpp"
#include "net/file_descriptor.hpp"
#include "net/socket_error.hpp"

namespace echolab::udp {

/// The largest payload: 65535 bytes less the UDP header of 8 (RFC 768), and over IPv4 less the IP header of 20 too.
inline constexpr std::size_t largest_payload_v4 = 65507, largest_payload_v6 = 65527;

/// One datagram that came.
struct Datagram {
  std::size_t size = 0;   // bytes in the room that was given
  bool cut = false;       // it was larger than the room: the rest is gone
  bool to_group = false;  // it was sent to a multicast or broadcast address; only after report_destination
  net::Address from;
  net::Address to;  // the address it was sent to, port 0; only after report_destination
};

class Socket {
 public:
  /// `family` is AF_INET or AF_INET6. `log` may be nullptr: nothing is told then.
  Socket(int family, net::CallLog* log);

  // Both ends.
  /// Sends one datagram. `source`: the address that it shall come from; nullptr: the kernel chooses.
  /// Throws CallError where our own kernel refuses, and nothing was sent: EMSGSIZE, ENETUNREACH, EACCES ...
  void send_to(const net::Address& peer, std::span<const std::byte> bytes, const net::Address* source = nullptr);
  /// One datagram, from whomever. nullopt: none came in time.
  /// Throws RefusedOnTheWay for each ICMP error that came, where report_errors was called.
  std::optional<Datagram> receive_from(std::span<std::byte> room, const net::Deadline& deadline = net::no_deadline);
  void close();

  // The client.
  /// ICMP errors become errors of the next call, although the socket is not connected.
  void report_errors();
  /// Waits until a datagram or an ICMP error is there.
  bool wait_to_read(const net::Deadline& deadline);

  // The server.
  /// Fills Datagram's `to` and `to_group`. A socket that is bound to one address needs it not: only that one reaches
  /// it.
  void report_destination();
  /// How many datagrams found the receive buffer full, and were lost.
  std::uint32_t overflowed() const;
  void bind(const net::Address& address);

  int fd() const { return fd_.get(); }
  net::Address local_address() const { return net::local_address(fd()); }

 private:
  ssize_t receive_once(std::span<std::byte> room, Datagram& datagram, const net::Deadline& deadline);
  bool take_errors();
  void throw_next_error();

  int family_;
  net::FileDescriptor fd_;
  net::CallLog* log_;
  net::Timeout receive_timeout_{0};
  std::deque<net::IcmpError> errors_;  // that came, and are still to be thrown
  bool destination_wanted_ = false;
};

}  // namespace echolab::udp
