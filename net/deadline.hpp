// One deadline over several calls: a peer that gives a little each time must not buy the whole time-out again, nor must
// SIGSTOP and SIGCONT, which interrupt a call that waits with a time-out (signal(7)).
#pragma once

#include <chrono>
#include <optional>

#include "net/option.hpp"

namespace echolab::net {

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  /// `timeout` from now on; zero: it never passes.
  explicit Deadline(Timeout timeout)
      : timeout_(timeout), end_(timeout.count() == 0 ? Clock::time_point{} : Clock::now() + timeout) {}

  /// How long there is still to wait, as the calls take it; nullopt: no longer.
  std::optional<Timeout> left() const {
    if (timeout_.count() == 0) return Timeout{0};
    const auto left = std::chrono::ceil<Timeout>(end_ - Clock::now());
    return left.count() > 0 ? std::optional(left) : std::nullopt;
  }
  /// The same for poll(2), which then still looks whether something is there.
  int for_poll() const {
    const auto still = left();
    if (!still) return 0;
    return still->count() == 0 ? -1 : static_cast<int>(still->count());
  }

 private:
  Timeout timeout_;
  Clock::time_point end_;
};

inline const Deadline no_deadline{Timeout{0}};

}  // namespace echolab::net
