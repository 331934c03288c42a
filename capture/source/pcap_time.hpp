// Time stamps between libpcap's two fields and ours. Private to capture/source.
#pragma once

#include <algorithm>
#include <cstdint>

#include "capture/source/packet.hpp"

namespace echolab::capture {

inline constexpr std::int64_t nanoseconds_in_second = 1'000'000'000;

/// Any two numbers that a file may hold, made one time between 1970 and 2262. A classic file's seconds are 32 bits
/// without a sign, and libpcap reads them with one: the years 2038 to 2106 arrive as negative numbers.
inline Time to_time(std::int64_t seconds, std::int64_t nanoseconds) {
  constexpr std::int64_t two_to_the_32 = std::int64_t{1} << 32;
  constexpr std::int64_t last_second = INT64_MAX / nanoseconds_in_second - 1;
  if (seconds < 0 && seconds >= -two_to_the_32 / 2) seconds += two_to_the_32;
  nanoseconds = std::max<std::int64_t>(nanoseconds, 0);
  const auto whole = std::min(nanoseconds / nanoseconds_in_second, last_second);
  seconds = std::clamp<std::int64_t>(seconds, 0, last_second - whole) + whole;
  return Time(std::chrono::nanoseconds(seconds * nanoseconds_in_second + nanoseconds % nanoseconds_in_second));
}

}  // namespace echolab::capture
