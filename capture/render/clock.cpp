#include "capture/render/clock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace echolab::capture {

namespace {

/// "2023-11-19 ", kept while the day lasts: a calendar is slow.
std::string_view date_of(std::chrono::sys_days day) {
  thread_local std::chrono::sys_days known{};
  thread_local std::string text;
  if (text.empty() || known != day) {
    const std::chrono::year_month_day date(known = day);
    text = fmt::format("{:04}-{:02}-{:02} ", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
  }
  return text;
}

void append_digits(std::string& out, std::int64_t number, int count) {
  std::array<char, 6> digits;
  for (int i = count; i > 0; --i, number /= 10)
    digits[static_cast<std::size_t>(i - 1)] = static_cast<char>('0' + number % 10);
  out.append(digits.data(), static_cast<std::size_t>(count));
}

}  // namespace

std::string utc(Time time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const hh_mm_ss clock(floor<microseconds>(time - day));
  std::string text;
  text.reserve(sizeof "2023-11-19 01:20:00.123456 UTC");
  text += date_of(day);
  append_digits(text, clock.hours().count(), 2);
  append_digits(text += ':', clock.minutes().count(), 2);
  append_digits(text += ':', clock.seconds().count(), 2);
  append_digits(text += '.', clock.subseconds().count(), 6);
  return text += " UTC";
}

UnixTime::UnixTime(Time time) : begin_(text_.size()) {
  const std::int64_t count = time.time_since_epoch().count();
  // Unsigned, so that the most distant time before 1970 has its positive, too.
  std::uint64_t left = count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
  const auto put = [this](char character) { text_[--begin_] = character; };
  const auto put_digit = [&] { put(static_cast<char>('0' + std::exchange(left, left / 10) % 10)); };
  for (int digit = 0; digit < 9; ++digit) put_digit();
  put('.');
  do put_digit();
  while (left > 0);
  if (count < 0) put('-');
}

std::string seconds_since(Time start, Time time, int width) {
  // Unsigned, so that the difference of the two most distant times does not overflow.
  const std::uint64_t nanoseconds = time < start ? 0
                                                 : static_cast<std::uint64_t>(time.time_since_epoch().count()) -
                                                       static_cast<std::uint64_t>(start.time_since_epoch().count());
  std::array<char, 32> digits;  // 11 for the longest time before the point, 6 behind it
  char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), nanoseconds / 1'000'000'000).ptr;
  const auto whole = static_cast<std::size_t>(end - digits.data());
  *end = '.';
  auto micro = static_cast<std::uint32_t>(nanoseconds / 1000 % 1'000'000);
  for (int i = 6; i > 0; --i, micro /= 10) end[i] = static_cast<char>('0' + micro % 10);

  const auto room = static_cast<std::size_t>(width);
  std::size_t shown = std::clamp(room, whole, whole + 7);
  if (shown == whole + 1) shown = whole;  // a point alone says nothing
  std::string text(room > shown ? room - shown : 0, ' ');
  return text.append(digits.data(), shown);
}

}  // namespace echolab::capture
