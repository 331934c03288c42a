// The one Language and the one Text of the house: a sentence in both languages, compiled in, for gettext falls back to
// English in silence where a Korean locale is not installed.
#pragma once

#include <cstdint>
#include <string_view>

namespace echolab {

enum class Language : std::uint8_t { en, ko };

struct Text {
  std::string_view en, ko;
  constexpr std::string_view in(Language language) const { return language == Language::ko ? ko : en; }
  constexpr bool empty() const { return en.empty(); }
};

namespace net {
using echolab::Language;
using echolab::Text;
}  // namespace net

}  // namespace echolab
