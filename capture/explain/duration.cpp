#include "capture/explain/duration.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace echolab::capture {

std::string duration(std::chrono::nanoseconds time) {
  const double nanoseconds = static_cast<double>(std::max(time, time.zero()).count());
  // From 999.5 of a unit on, three digits are 1000 of it.
  if (nanoseconds < 999.5e3) return fmt::format("{:.3g} us", nanoseconds / 1e3);
  if (nanoseconds < 999.5e6) return fmt::format("{:.3g} ms", nanoseconds / 1e6);
  return nanoseconds < 999.5e9 ? fmt::format("{:.3g} s", nanoseconds / 1e9)
                               : fmt::format("{:.0f} s", nanoseconds / 1e9);
}

}  // namespace echolab::capture
