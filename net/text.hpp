// The one Language and the one Text of the house: a sentence in both languages, compiled in, for gettext falls back to
// English in silence where a Korean locale is not installed.
#pragma once

#include <cstdint>
#include <string_view>

namespace echolab {

enum class Language : std::uint8_t { en, ko };

/// How much is told of a packet.
enum class Verbosity : std::uint8_t {
  quiet,    // the ladder alone
  usual,    // headlines, moves and facts; an advice and a step of the post in full once, then by name
  verbose,  // everything every time, with the states that move
};

struct Text {
  std::string_view en, ko;
  constexpr std::string_view in(Language language) const { return language == Language::ko ? ko : en; }
  constexpr bool empty() const { return en.empty(); }
};

}  // namespace echolab
