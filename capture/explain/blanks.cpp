#include "capture/explain/blanks.hpp"

#include <array>
#include <charconv>

namespace echolab::capture {
namespace {

struct TextBlank {
  std::string_view name;
  std::string_view Blanks::*value;
};
struct NumberBlank {
  std::string_view name;
  std::uint64_t Blanks::*value;
};

constexpr auto text_blanks = std::to_array<TextBlank>({
    {"who", &Blanks::who},
    {"peer", &Blanks::peer},
    {"move", &Blanks::move},
    {"assumed", &Blanks::assumed},
    {"from", &Blanks::from},
    {"to", &Blanks::to},
    {"bytes", &Blanks::bytes},
    {"copy", &Blanks::copy},
    {"name", &Blanks::name},
    {"answer", &Blanks::answer},
    {"frames", &Blanks::frames},
    {"time", &Blanks::time},
    {"source", &Blanks::source},
    {"destination", &Blanks::destination},
    {"protocol", &Blanks::protocol},
    {"place", &Blanks::place},
    {"field", &Blanks::field},
    {"identification", &Blanks::identification},
    {"fragments", &Blanks::fragments},
});
constexpr auto number_blanks = std::to_array<NumberBlank>({
    {"frame", &Blanks::frame},
    {"ack", &Blanks::ack},
    {"number", &Blanks::number},
    {"window", &Blanks::window},
    {"needed", &Blanks::needed},
    {"had", &Blanks::had},
    {"offset", &Blanks::offset},
    {"end", &Blanks::end},
});

void append_number(std::string& out, std::uint64_t number) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

bool append_blank(std::string& out, std::string_view name, const Blanks& blanks) {
  for (const auto& blank : text_blanks) {
    if (blank.name != name) continue;
    out.append(blanks.*blank.value);
    return true;
  }
  for (const auto& blank : number_blanks) {
    if (blank.name != name) continue;
    append_number(out, blanks.*blank.value);
    return true;
  }
  return false;
}

}  // namespace

void fill(std::string& out, std::string_view sentence, const Blanks& blanks) {
  while (true) {
    const auto open = sentence.find('{');
    out.append(sentence.substr(0, open));
    if (open == std::string_view::npos) return;
    const auto close = sentence.find('}', open);
    if (close == std::string_view::npos || !append_blank(out, sentence.substr(open + 1, close - open - 1), blanks)) {
      out.append(sentence.substr(open));
      return;
    }
    sentence.remove_prefix(close + 1);
  }
}

std::string filled(std::string_view sentence, const Blanks& blanks) {
  std::string out;
  fill(out, sentence, blanks);
  return out;
}

}  // namespace echolab::capture
