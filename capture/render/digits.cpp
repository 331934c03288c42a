#include "capture/render/digits.hpp"

#include <algorithm>

namespace echolab::capture {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t nanoseconds;
};

/// From 999.5 of a unit on, three digits are 1000 of it.
Unit unit_for(std::uint64_t nanoseconds) {
  if (nanoseconds < 999'500) return {"us", 1'000};
  if (nanoseconds < 999'500'000) return {"ms", 1'000'000};
  return {"s", 1'000'000'000};
}

}  // namespace

DurationText::DurationText(std::chrono::nanoseconds time) {
  const auto nanoseconds = static_cast<std::uint64_t>(std::max(time, time.zero()).count());
  const Unit unit = unit_for(nanoseconds);
  unit_ = unit.name;
  // As many of the unit's places as three digits show: the last one that is kept counts `place` nanoseconds.
  std::uint64_t place = unit.nanoseconds;
  int decimals = 0;
  while (place > 1 && nanoseconds + place / 2 < 100 * place) place /= 10, ++decimals;
  std::uint64_t shown = (nanoseconds + place / 2) / place;
  while (decimals > 0 && shown % 10 == 0) shown /= 10, --decimals;
  std::uint64_t power = 1;
  for (int i = 0; i < decimals; ++i) power *= 10;
  char* end = std::to_chars(digits_.text_.data(), digits_.text_.data() + 20, shown / power).ptr;
  if (decimals > 0) *end++ = '.';
  for (std::uint64_t rest = shown % power; decimals > 0; rest %= power) {
    power /= 10, --decimals;
    *end++ = static_cast<char>('0' + rest / power);
  }
  digits_.length_ = static_cast<std::uint8_t>(end - digits_.text_.data());
}

std::string duration(std::chrono::nanoseconds time) {
  const DurationText text(time);
  return std::string(text.digits()).append(" ").append(text.unit());
}

}  // namespace echolab::capture
