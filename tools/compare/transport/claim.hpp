// The post's sentences that the receipt bears on.
#pragma once

#include <cstdint>

namespace echolab::compare {

/// docs/lessons/08 lists the claims by these numbers.
enum class Claim : std::uint8_t {
  goes_on_after_a_cut = 9,
  nobody_checks = 11,
  reliability_for_speed = 12,
  no_session_state = 13,
  less_load = 20,
  younger_than_tcp = 21,
};
inline constexpr Claim claims[] = {Claim::goes_on_after_a_cut, Claim::nobody_checks, Claim::reliability_for_speed,
                                   Claim::no_session_state,    Claim::less_load,     Claim::younger_than_tcp};

}  // namespace echolab::compare
