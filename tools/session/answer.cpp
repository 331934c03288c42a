#include "tools/session/answer.hpp"

namespace echolab::session {
namespace {

std::string head(const Answer& answer) {
  return answer.refused ? "NO " + std::string(name(*answer.refused)) : std::string("OK");
}

void append(std::string& line, std::string_view part) {
  if (part.empty()) return;
  line += ' ';
  line += part;
}

/// The first word of `text`, which is taken from it with the space behind it.
std::string_view take_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(text.size(), word.size() + 1));
  return word;
}

}  // namespace

std::string to_line(const Answer& answer, std::uint64_t number, std::string_view credential) {
  std::string line = head(answer);
  if (number != 0) append(line, "n=" + std::to_string(number));
  append(line, credential);
  append(line, answer.words);
  return line + "\n";
}

std::string to_text(const Answer& answer) {
  std::string text = head(answer);
  append(text, answer.words);
  return text;
}

std::optional<Answer> parse_answer(std::string_view text) {
  const std::string_view first = take_word(text);
  if (first == "OK") return ok(std::string(text));
  if (first != "NO") return std::nullopt;
  const auto reason = reason_named(take_word(text));
  if (!reason) return std::nullopt;
  return refusal(*reason, std::string(text));
}

}  // namespace echolab::session
