// One answer: OK, or NO and the reason; then what was asked for.
//   (OK | NO reason) [n=N] [id=ID | token=TOKEN] words
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tools/session/reason.hpp"

namespace echolab::session {

struct Answer {
  std::optional<Reason> refused;  // empty: OK
  std::string words;              // "apple:2 pear:1"

  bool ok() const { return !refused; }
  bool operator==(const Answer&) const = default;
};

inline Answer ok(std::string words = {}) { return {.refused = {}, .words = std::move(words)}; }
inline Answer refusal(Reason reason, std::string words = {}) { return {.refused = reason, .words = std::move(words)}; }

/// The line, with its line break. `number` 0: the request had none. `credential`: "id=...", "token=..." or nothing.
std::string to_line(const Answer& answer, std::uint64_t number = 0, std::string_view credential = {});

/// "OK apple:2" or "NO offset have=4096": the answer without number and credential, as a state remembers it.
std::string to_text(const Answer& answer);
std::optional<Answer> parse_answer(std::string_view text);

/// A whole line as it comes to a client, without its line break.
struct AnswerLine {
  Answer answer;
  std::uint64_t number = 0;  // n=; 0: it has none
  std::string credential;    // "id=...", "token=..." or nothing
};
std::optional<AnswerLine> parse_answer_line(std::string_view line);

}  // namespace echolab::session
