// Where the observer stands.
#pragma once

#include <cstdint>

namespace echolab::capture {

enum class Vantage : std::uint8_t {
  tap,   // beside the line: it sees packets leave, and can only assume that they arrive
  wire,  // it is the line: it hands packets over, or loses them, and knows which
};

}  // namespace echolab::capture
