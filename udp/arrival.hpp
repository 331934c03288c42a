// What the kernel says beside a datagram (ip(7), ipv6(7), socket(7)): where it was sent to, what was lost before it.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstddef>

#include "udp/socket.hpp"

namespace echolab::udp {

/// Room for the control messages of one datagram.
struct ControlRoom {
  alignas(cmsghdr) std::array<std::byte, 128> bytes;
};

/// Reads the control messages that came with `message` into `datagram`.
void read_arrival(const msghdr& message, Datagram& datagram);

/// Makes `message` leave from `source`. `room` must live until it is sent.
void set_source(msghdr& message, const net::Address& source, ControlRoom& room);

}  // namespace echolab::udp
