// The time between two packets. Nobody knows it where one of them has none (pcapng's simple packet block): it is then
// neither short nor long, and a rule that asks for either does not hold.
#pragma once

#include <optional>

#include "capture/source/packet.hpp"

namespace echolab::capture {

/// Below zero where the clock was set back.
inline std::optional<Time::duration> elapsed(Time earlier, Time later) {
  if (earlier == no_time || later == no_time) return std::nullopt;
  return later - earlier;
}
/// As a measurement: a clock that was set back has measured nothing.
inline std::optional<Time::duration> measured(Time earlier, Time later) {
  const auto time = elapsed(earlier, later);
  return time && time->count() >= 0 ? time : std::nullopt;
}
inline bool within(Time::duration limit, Time earlier, Time later) {
  const auto time = elapsed(earlier, later);
  return time && *time < limit;
}
inline bool within_or_at(Time::duration limit, Time earlier, Time later) {
  const auto time = elapsed(earlier, later);
  return time && *time <= limit;
}
inline bool longer_than(Time::duration limit, Time earlier, Time later) {
  const auto time = elapsed(earlier, later);
  return time && *time > limit;
}

}  // namespace echolab::capture
