// What stands on the arrow of one packet.
#pragma once

#include <string>

#include "capture/track/observation.hpp"

namespace echolab::capture {

/// The packet in the notation, with relative numbers, or `raw` ones.
std::string notation(const Observation& observation, bool raw);

/// The payload in quotes, at most `width` columns of it; empty where there is none.
std::string quoted_payload(const Observation& observation, int width, bool ascii);

/// "STATE", "STATE?" where it is assumed; empty for UDP.
std::string state_mark(const Observation& observation, Side side);

}  // namespace echolab::capture
