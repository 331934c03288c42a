#include "tools/session/answer.hpp"

#include <algorithm>
#include <charconv>

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

/// An id or a token: nothing that could end the line it is put into.
bool is_plain(std::string_view credential) {
  return !credential.empty() && std::ranges::all_of(credential, [](char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '_' || c == '.';
  });
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

std::optional<AnswerLine> parse_answer_line(std::string_view line) {
  const auto answer = parse_answer(line);
  if (!answer) return std::nullopt;
  AnswerLine parsed{.answer = *answer, .credential = {}};
  std::string_view rest = answer->words;
  if (rest.starts_with("n=")) {
    const std::string_view digits = take_word(rest).substr(2);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), parsed.number);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  }
  if (rest.starts_with("id=") || rest.starts_with("token=")) {
    const std::string_view credential = take_word(rest);
    if (!is_plain(credential.substr(credential.find('=') + 1))) return std::nullopt;
    parsed.credential = credential;
  }
  parsed.answer.words = std::string(rest);
  return parsed;
}

}  // namespace echolab::session
