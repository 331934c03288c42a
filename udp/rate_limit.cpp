#include "udp/rate_limit.hpp"

#include <algorithm>

namespace echolab::udp {

bool RateLimit::allow(Clock::time_point now) {
  if (per_second_ == 0) return true;
  const std::chrono::duration<double> passed = std::max(now - filled_, Clock::duration::zero());
  tokens_ = std::min(per_second_, tokens_ + passed.count() * per_second_);
  filled_ = now;
  if (tokens_ < 1) return false;
  tokens_ -= 1;
  return true;
}

}  // namespace echolab::udp
