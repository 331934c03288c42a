// A sentence in both languages, beside the code that says it. A blank that has no such name, or stands in one language
// only, does not compile; neither does a sentence that is said with other values than its blanks ask for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "net/text.hpp"

namespace echolab::capture {

using echolab::Language;
using echolab::Text;

/// How much a reader wants to be told: see render/verbosity.hpp.
enum class Level : std::uint8_t {
  headline,  // a few words: what the packet is
  move,      // which state it moves, and why
  fact,      // what else it shows
  detail,    // what the columns show as well, and what only some ask for: options, the receiver's usual steps
  advice,    // what to look at next
  post,      // a step of the blog post beside it
};

/// What may stand in braces. Each has one type of value (plan.hpp) and one way to be worded (render/wording.cpp).
enum class Blank : std::uint8_t {
  who,      // a side
  peer,     // the other one
  from,     // a state
  to,       // a state
  move,     // from a state to a state
  assumed,  // the remark that a state hangs on something, or nothing
  // numbers
  frame,
  number,
  ack,
  window,
  needed,
  had,
  offset,
  end,
  bytes,      // "1 byte", "5 bytes"
  size,       // the same, of another thing in one sentence
  fragments,  // "2 fragments"
  time,       // "13 us"
  frames,     // "Packet 4", "Packets 4 and 5"
  // words without a language: names of protocols, addresses
  name,
  source,
  destination,
  protocol,
  field,
  identification,
  // another sentence, or nothing
  copy,
  answer,
  place,
  what,
  none,
};
inline constexpr std::array<std::string_view, static_cast<std::size_t>(Blank::none)> blank_names{
    "who", "peer", "from", "to", "move", "assumed", "frame", "number", "ack",
    "window", "needed", "had", "offset", "end", "bytes", "size", "fragments", "time",
    "frames", "name", "source", "destination", "protocol", "field", "identification", "copy", "answer",
    "place", "what"};

using Blanks = std::uint32_t;  // a bit a blank
constexpr Blanks bit(Blank blank) { return Blanks{1} << static_cast<unsigned>(blank); }

constexpr Blank blank_named(std::string_view name) {
  for (std::size_t i = 0; i < blank_names.size(); ++i)
    if (blank_names[i] == name) return static_cast<Blank>(i);
  throw "no blank has this name";
}

/// The blanks of a text; what stands in [brackets] is said with -v alone.
constexpr Blanks blanks_of(std::string_view text) {
  Blanks found = 0;
  bool bracket = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[' || text[i] == ']') {
      if (bracket == (text[i] == '[')) throw "a bracket too many, or one inside another";
      bracket = !bracket;
    }
    if (text[i] != '{') continue;
    const std::size_t close = text.find('}', i);
    if (close == text.npos) throw "a brace is not closed";
    found |= bit(blank_named(text.substr(i + 1, close - i - 1)));
    i = close;
  }
  if (bracket) throw "a bracket is not closed";
  return found;
}

struct Sentence {
  Level level;
  Text text;
  Blanks blanks;
  consteval Sentence(Level how, std::string_view en, std::string_view ko)
      : level(how), text{en, ko}, blanks(blanks_of(en)) {
    if (blanks_of(ko) != blanks) throw "the two languages have other blanks";
  }
};

struct Move : Sentence {
  consteval Move(std::string_view en, std::string_view ko) : Sentence(Level::move, en, ko) {}
};
struct Fact : Sentence {
  consteval Fact(std::string_view en, std::string_view ko) : Sentence(Level::fact, en, ko) {}
};
struct Detail : Sentence {
  consteval Detail(std::string_view en, std::string_view ko) : Sentence(Level::detail, en, ko) {}
};
struct Advice : Sentence {
  consteval Advice(std::string_view en, std::string_view ko) : Sentence(Level::advice, en, ko) {}
};

/// One of several, chosen while the program runs: it may leave some of these blanks out, and has no others.
template <Blank... given>
struct OneOf : Sentence {
  consteval OneOf(Level how, std::string_view en, std::string_view ko) : Sentence(how, en, ko) {
    if ((blanks & ~(Blanks{0} | ... | bit(given))) != 0) throw "a blank that is not given here";
  }
};

}  // namespace echolab::capture
