#include "capture/render/clock.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace echolab::capture {

std::string utc(Time time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(floor<microseconds>(time - day));
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:06} UTC", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::string seconds_since(Time start, Time time, int width) {
  // Unsigned, so that the difference of the two most distant times does not overflow.
  const std::uint64_t nanoseconds = time < start ? 0
                                                 : static_cast<std::uint64_t>(time.time_since_epoch().count()) -
                                                       static_cast<std::uint64_t>(start.time_since_epoch().count());
  const std::uint64_t whole = nanoseconds / 1'000'000'000, micro = nanoseconds / 1000 % 1'000'000;
  const std::string text = fmt::format("{}.{:06}", whole, micro);
  const auto point = text.find('.');
  const auto room = std::max<std::size_t>(static_cast<std::size_t>(width), point);
  return fmt::format("{:>{}}", std::string_view(text).substr(0, room == point + 1 ? point : room), width);
}

}  // namespace echolab::capture
