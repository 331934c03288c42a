// The address that a datagram was sent to, and leaves from (ip(7), ipv6(7)): a socket bound to 0.0.0.0 or :: has many.
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <span>

#include "udp/socket.hpp"

namespace echolab::udp {

/// recvmsg on `fd`: one datagram with the address that it was sent to. Returns its true length, as recvfrom with
/// MSG_TRUNC and `flags`.
ssize_t receive_with_destination(int fd, std::span<std::byte> room, Datagram& datagram, int flags);

/// sendmsg on `fd` that leaves from `source`, one of our own addresses. Returns what sendmsg returns.
ssize_t send_from(int fd, const net::Address& source, const net::Address& peer, std::span<const std::byte> bytes);

}  // namespace echolab::udp
