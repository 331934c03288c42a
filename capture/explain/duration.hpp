// How long something took, as text.
#pragma once

#include <chrono>
#include <string>

namespace echolab::capture {

/// In three digits or more and the unit that suits: "0.4 us", "13 us", "1.02 ms", "60 s". Not below 0.
std::string duration(std::chrono::nanoseconds time);

}  // namespace echolab::capture
