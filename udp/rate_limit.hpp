// One token bucket for everybody: the last fuse against an echo that feeds itself. It keeps nothing per source.
// One forged datagram between two echo servers goes round as fast as they answer, and neither can tell it from a
// client; RFC 862 has no protection. The first answer that is withheld ends it. tcp/ has no such file: there the
// handshake shows that the client is where it says it is.
#pragma once

#include <chrono>
#include <cstdint>

namespace echolab::udp {

class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  /// `per_second` answers a second, and as many at once after a quiet second; 0: no limit.
  RateLimit(std::uint32_t per_second, Clock::time_point now)
      : per_second_(per_second), tokens_(per_second), filled_(now) {}

  /// Takes a token if there is one. `now` gives the time; it is asked only when the bucket is empty.
  template <typename Now>
  bool allow(Now now) {
    if (per_second_ == 0) return true;
    if (tokens_ < 1) refill(now());
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }

 private:
  void refill(Clock::time_point now);

  double per_second_, tokens_;
  Clock::time_point filled_;
};

}  // namespace echolab::udp
