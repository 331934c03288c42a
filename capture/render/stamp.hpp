// The time before a packet, as tcpdump's -t, -tt, -ttt and -tttt have it; without them, seconds since the first packet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "capture/source/packet.hpp"

namespace echolab::capture {

enum class TimeStyle : std::uint8_t {
  since_first,     // "0.000123"
  none,            // -t
  unix_time,       // -tt: seconds since 1970
  since_previous,  // -ttt
  date,            // -tttt: "2023-11-19 01:20:00.123456", UTC
};

/// Columns that the style needs, where the ladder has `usual` for its own.
int columns_of(TimeStyle style, int usual);

/// Stamps packets in their order.
class Stamps {
 public:
  Stamps(TimeStyle style, int width) : style_(style), width_(width) {}

  /// The packet's time at the right of its columns; "-" where it has none.
  std::string next(Time time);

 private:
  TimeStyle style_;
  int width_;
  std::optional<Time> first_, previous_;
};

}  // namespace echolab::capture
