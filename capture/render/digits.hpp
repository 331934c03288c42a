// Numbers as text, without an allocation.
#pragma once

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace echolab::capture {

/// A whole number: "4".
class Digits {
 public:
  explicit Digits(std::uint64_t number)
      : length_(static_cast<std::uint8_t>(std::to_chars(text_.data(), text_.data() + text_.size(), number).ptr -
                                          text_.data())) {}
  operator std::string_view() const { return {text_.data(), length_}; }

 private:
  friend class DurationText;
  Digits() = default;
  std::array<char, 24> text_;
  std::uint8_t length_ = 0;
};

/// How long something took, in three digits or more and the unit that suits: "0.4", "us"; "13", "us"; "1.02", "ms";
/// "60", "s". Not below 0.
class DurationText {
 public:
  explicit DurationText(std::chrono::nanoseconds time);
  std::string_view digits() const { return digits_; }
  std::string_view unit() const { return unit_; }

 private:
  Digits digits_;
  std::string_view unit_;
};

/// "1.02 ms".
std::string duration(std::chrono::nanoseconds time);

}  // namespace echolab::capture
