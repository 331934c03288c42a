// Many clients at once, each in lock-step.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "net/address.hpp"

namespace echolab::load {

struct ManyClientsResult {
  std::uint64_t clients = 0;  // that came in
  std::uint64_t answers = 0;  // in the time that was measured
  std::chrono::nanoseconds time{};
};

/// `clients` sockets, one exchange under way on each. The clock starts when all have come in, or after a while, and
/// when they have asked for `warm_up`. A datagram that is not answered within `patience` is given up and the next one
/// sent; with `again` it is sent again, and twice as long is waited each time. `still_here` is called while all are
/// still connected, when they have been silent for `pause`. Throws net::CallError; EPROTO: over TCP something else came
/// than an echo.
struct ManyClients {
  std::size_t clients = 1, size = 64;
  std::chrono::milliseconds warm_up{0}, duration{500}, patience{200}, pause{0};
  bool again = false;
  std::function<void()> still_here = {};
};
/// `type`: SOCK_STREAM or SOCK_DGRAM.
ManyClientsResult run(const ManyClients& setup, int type, const net::Address& server);

}  // namespace echolab::load
