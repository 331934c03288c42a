// One deadline over several calls: a peer that gives a little each time must not buy the whole time-out again.
#pragma once

#include <chrono>
#include <optional>

#include "net/option.hpp"

namespace echolab::net {

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  /// `timeout` from now on; zero: it never passes.
  explicit Deadline(Timeout timeout) : timeout_(timeout), end_(Clock::now() + timeout) {}

  /// How long there is still to wait, as the calls take it; nullopt: no longer.
  std::optional<Timeout> left() const {
    if (timeout_.count() == 0) return Timeout{0};
    const auto left = std::chrono::ceil<Timeout>(end_ - Clock::now());
    return left.count() > 0 ? std::optional(left) : std::nullopt;
  }

 private:
  Timeout timeout_;
  Clock::time_point end_;
};

}  // namespace echolab::net
