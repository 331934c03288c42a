// Packet times as text. No time zone is asked for: that would cost a look-up a line, and differ from machine to
// machine.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "capture/source/packet.hpp"

namespace echolab::capture {

/// "2023-11-19 01:20:00.123456 UTC".
std::string utc(Time time);

/// "1700364000.123456789": seconds since 1970 and nanoseconds; a time before then has its sign in front. It holds its
/// text itself, so that it costs no allocation for a packet.
class UnixTime {
 public:
  explicit UnixTime(Time time);
  operator std::string_view() const { return {text_.data() + begin_, text_.size() - begin_}; }

 private:
  std::array<char, 21> text_{};  // the longest: "-9223372036.854775808"
  std::size_t begin_;
};

/// Seconds from `start` to `time`, at the right of `width` columns: "  0.000123". As many digits after the point as
/// fit, at most six. A clock that was set back does not run below 0.
std::string seconds_since(Time start, Time time, int width);

}  // namespace echolab::capture
