// Many clients at once, each in lock-step; and one that sends as much as it can.
#pragma once

#include <cstdint>
#include <functional>

#include "tools/compare/plan.hpp"

namespace echolab::compare {

struct CrowdResult {
  std::uint64_t clients = 0;  // that came in
  std::uint64_t answers = 0;  // in the time that was measured
  Nanoseconds time{};
};

/// `clients` sockets, one exchange under way on each. The clock starts when all have come in, or after a while. A
/// datagram that is not answered within `patience` is given up and the next one sent. `still_here` is called while all
/// are still connected, when they have been silent for `pause`. Throws net::CallError.
struct Crowd {
  std::size_t clients = 1, size = 64;
  std::chrono::milliseconds duration{500}, patience{200}, pause{0};
  std::function<void()> still_here = {};
};
CrowdResult run(const Crowd& crowd, Protocol protocol, const net::Address& server);

struct BulkResult {
  std::uint64_t bytes_sent = 0, bytes_back = 0;
  Nanoseconds time{};  // until the last byte came back
};
/// One client sends as fast as its kernel takes it, and reads what comes back, for so long; then it waits for what is
/// under way, at most `patience` without a byte. Throws net::CallError.
BulkResult run_bulk(Protocol protocol, const net::Address& server, std::chrono::milliseconds duration,
                    std::chrono::milliseconds patience);

}  // namespace echolab::compare
