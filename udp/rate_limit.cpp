#include "udp/rate_limit.hpp"

#include <algorithm>

namespace echolab::udp {

void RateLimit::refill(Clock::time_point now) {
  const std::chrono::duration<double> passed = std::max(now - filled_, Clock::duration::zero());
  tokens_ = std::min(per_second_, tokens_ + passed.count() * per_second_);
  filled_ = now;
}

}  // namespace echolab::udp
