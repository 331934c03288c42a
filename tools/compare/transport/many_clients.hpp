// Many clients at once, each in lock-step.
#pragma once

#include <cstdint>
#include <functional>

#include "tools/compare/transport/plan.hpp"

namespace echolab::compare {

struct ManyClientsResult {
  std::uint64_t clients = 0;  // that came in
  std::uint64_t answers = 0;  // in the time that was measured
  Nanoseconds time{};
};

/// `clients` sockets, one exchange under way on each. The clock starts when all have come in, or after a while. A
/// datagram that is not answered within `patience` is given up and the next one sent; with `again` it is sent again,
/// and twice as long is waited each time. `still_here` is called while all
/// are still connected, when they have been silent for `pause`. Throws net::CallError; EPROTO: over TCP something else
/// came than an echo.
struct ManyClients {
  std::size_t clients = 1, size = 64;
  std::chrono::milliseconds duration{500}, patience{200}, pause{0};
  bool again = false;
  std::function<void()> still_here = {};
};
ManyClientsResult run(const ManyClients& setup, Protocol protocol, const net::Address& server);

}  // namespace echolab::compare
