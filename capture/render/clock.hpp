// Packet times as text. No time zone is asked for: that would cost a look-up a line, and differ from machine to
// machine.
#pragma once

#include <string>

#include "capture/source/packet.hpp"

namespace echolab::capture {

/// "2023-11-19 01:20:00.123456 UTC".
std::string utc(Time time);

/// Seconds from `start` to `time`, at the right of `width` columns: "  0.000123". As many digits after the point as
/// fit, at most six. A clock that was set back does not run below 0.
std::string seconds_since(Time start, Time time, int width);

}  // namespace echolab::capture
