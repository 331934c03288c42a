#include "capture/track/state.hpp"

#include <array>

namespace echolab::capture {

std::string_view to_string(State state) {
  static constexpr std::array<std::string_view, state_count> names = {
      "UNKNOWN",    "CLOSED",     "LISTEN",     "SYN_SENT", "SYN_RECEIVED", "ESTABLISHED",
      "FIN_WAIT_1", "FIN_WAIT_2", "CLOSE_WAIT", "CLOSING",  "LAST_ACK",     "TIME_WAIT"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view to_string(Certainty certainty) {
  switch (certainty) {
    case Certainty::unknown: return "unknown";
    case Certainty::assumed: return "assumed";
    case Certainty::seen: return "seen";
  }
  return "unknown";
}

}  // namespace echolab::capture
