// What stands in a cell of the receipt: a number with its unit, a word, or nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "net/text.hpp"

namespace echolab::compare {

enum class Unit : std::uint8_t {
  packets,
  bytes,
  share,  // 0 to 1
  round_trips,
  messages,
  milliseconds,
  microseconds,
  per_second,
  bytes_per_second,
  sockets,
  word,
};
/// "packets", "ms": the JSON's word.
std::string_view to_string(Unit unit);

/// A value that is no number.
enum class Word : std::uint8_t {
  silence,
  refused,
  closed,
  reset,
  other,
  kernel,
  client,
  nobody,
  goes_on,
  goes_on_short
};
struct WordTexts {
  Word word;
  std::string_view name;  // the JSON's word
  Text text;              // at most 12 columns
};
inline constexpr std::array word_texts{
    WordTexts{Word::silence, "silence", {"silence", "침묵"}},
    WordTexts{Word::refused, "refused", {"refused", "거절"}},
    WordTexts{Word::closed, "closed", {"FIN", "FIN"}},
    WordTexts{Word::reset, "reset", {"RST", "RST"}},
    WordTexts{Word::other, "other", {"an error", "오류"}},
    WordTexts{Word::kernel, "kernel", {"the kernel", "커널"}},
    WordTexts{Word::client, "client", {"the program", "프로그램"}},
    WordTexts{Word::nobody, "nobody", {"nobody", "아무도"}},
    WordTexts{Word::goes_on, "goes_on", {"goes on", "이어짐"}},
    WordTexts{Word::goes_on_short, "goes_on_short", {"gap, goes on", "비고 이어짐"}},
};
static_assert(
    [] {
      for (std::size_t i = 0; i < word_texts.size(); ++i)
        if (static_cast<std::size_t>(word_texts[i].word) != i || word_texts[i].text.en.empty() ||
            word_texts[i].text.ko.empty())
          return false;
      return true;
    }(),
    "each word once, in the order of the enumeration, in both languages");
constexpr const WordTexts& texts_of(Word word) { return word_texts[static_cast<std::size_t>(word)]; }

/// monostate: not measured here.
using Value = std::variant<std::monostate, double, Word>;
/// The number; nullopt: not measured, or a word.
std::optional<double> number(const Value& value);

}  // namespace echolab::compare
