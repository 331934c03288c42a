// Read RFC 9293, section 3.3.2 (the states) before editing.
#pragma once

#include <cstdint>
#include <string_view>

namespace echolab::capture {

/// The eleven states of RFC 9293, 3.3.2, and `unknown` for an endpoint that the capture joined too late to know.
enum class State : std::uint8_t {
  unknown,
  closed,
  listen,
  syn_sent,
  syn_received,
  established,
  fin_wait_1,
  fin_wait_2,
  close_wait,
  closing,
  last_ack,
  time_wait,
};
inline constexpr int state_count = 12;

/// How we know a state.
enum class Certainty : std::uint8_t {
  unknown,  // the capture joined late
  assumed,  // follows if the peer's packet arrived: a tap cannot see arrivals
  seen,     // its own packet shows it
};

/// "SYN_RECEIVED". Never translated.
std::string_view to_string(State state);
/// "seen", "assumed", "unknown".
std::string_view to_string(Certainty certainty);

}  // namespace echolab::capture
