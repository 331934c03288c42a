#include "capture/render/stamp.hpp"

#include <algorithm>

#include "capture/render/clock.hpp"
#include "capture/render/width.hpp"

namespace echolab::capture {
namespace {

constexpr std::string_view longest_date = "2023-11-19 01:20:00.123456", longest_unix = "1700364000.123456";

/// Without its last `letters`.
std::string shortened(std::string_view text, std::size_t letters) {
  return std::string(text.substr(0, text.size() - letters));
}

}  // namespace

int columns_of(TimeStyle style, int usual) {
  if (style == TimeStyle::unix_time) return std::max(usual, static_cast<int>(longest_unix.size()));
  if (style == TimeStyle::date) return std::max(usual, static_cast<int>(longest_date.size()));
  return usual;
}

std::string Stamps::next(Time time) {
  if (time == no_time) return style_ == TimeStyle::none ? repeat(" ", width_) : pad_left("-", width_);
  const Time first = first_.value_or(time), previous = previous_.value_or(time);
  first_ = first;
  previous_ = time;
  switch (style_) {
    case TimeStyle::since_first: return seconds_since(first, time, width_);
    case TimeStyle::none: return repeat(" ", width_);
    case TimeStyle::unix_time: return pad_left(shortened(UnixTime(time), 3), width_);  // to the microsecond
    case TimeStyle::since_previous: return seconds_since(previous, time, width_);
    case TimeStyle::date: return pad_left(shortened(utc(time), std::string_view(" UTC").size()), width_);
  }
  return {};
}

}  // namespace echolab::capture
