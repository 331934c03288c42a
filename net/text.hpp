// A sentence in both languages. The program picks one; nothing is looked up at run time.
#pragma once

#include <cstdint>
#include <string_view>

namespace echolab::net {

enum class Language : std::uint8_t { en, ko };

struct Text {
  std::string_view en, ko;
  constexpr std::string_view in(Language language) const { return language == Language::ko ? ko : en; }
  constexpr bool empty() const { return en.empty(); }
};

}  // namespace echolab::net
