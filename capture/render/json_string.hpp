// The buffer that JSON is written into, and a string in it.
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace echolab::capture {

using JsonBuffer = std::string;

inline void append(JsonBuffer& out, std::string_view text) { out.append(text); }
inline void append_value(JsonBuffer& out, std::string_view text) { out.append(text); }
inline void append_value(JsonBuffer& out, char letter) { out += letter; }
inline void append_value(JsonBuffer& out, std::same_as<bool> auto value) { out.append(value ? "true" : "false"); }
template <std::integral Number>
requires(!std::same_as<Number, bool>) void append_value(JsonBuffer& out, Number number) {
  std::array<char, 24> digits;
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

/// JSON with a {} for each value, and {{ and }} for braces: taken apart by the compiler.
template <std::size_t size>
struct JsonPattern {
  std::array<char, size> text{};
  std::array<std::size_t, 16> ends{};  // of the pieces in front of each value, and of all
  std::size_t values = 0;
  consteval JsonPattern(const char (&pattern)[size]) {  // NOLINT: written where a string is meant
    std::size_t length = 0;
    for (std::size_t i = 0; i + 1 < size; ++i) {
      const bool brace = pattern[i] == '{' || pattern[i] == '}';
      if (brace && pattern[i] == '{' && pattern[i + 1] == '}') {
        ends[values++] = length;
        ++i;
      } else if (brace && pattern[i + 1] != pattern[i]) {
        throw "a brace stands alone";
      } else {
        text[length++] = pattern[i];
        i += brace;
      }
    }
    ends[values] = length;
  }
  constexpr std::string_view piece(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return {text.data() + begin, ends[i] - begin};
  }
};

template <JsonPattern pattern, class... Values>
void append(JsonBuffer& out, const Values&... values) {
  static_assert(sizeof...(Values) == pattern.values, "a value for each {}");
  std::size_t piece = 0;
  ((out.append(pattern.piece(piece++)), append_value(out, values)), ...);
  out.append(pattern.piece(piece));
}

/// See json_string() in json.hpp.
void append_json_string(JsonBuffer& out, std::string_view text);

}  // namespace echolab::capture
