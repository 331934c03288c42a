#include "tools/session/conversation.hpp"

#include <poll.h>

#include <algorithm>
#include <charconv>

#include "net/system_call.hpp"
#include "tools/session/request.hpp"

namespace echolab::session {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_pause{50}, longest_pause{1000};
constexpr int most_paddings = 4;

bool says_who_asks(std::string_view typed) {
  return typed.starts_with("n=") || typed.starts_with("id=") || typed.starts_with("token=");
}

/// How long "NO pad length=67" wants the request to be; where it says nothing, twice as long.
std::size_t wanted_length(const Answer& answer, std::size_t size) {
  constexpr std::string_view name = "length=";
  std::size_t length = 0;
  if (answer.words.starts_with(name))
    std::from_chars(answer.words.data() + name.size(), answer.words.data() + answer.words.size(), length);
  return std::min(std::max(length, 2 * size), longest_line);
}

milliseconds shorter(milliseconds wait, const net::Deadline& end) {
  return std::min<milliseconds>(wait, end.left().value_or(milliseconds(1)));
}

}  // namespace

void pause(milliseconds time) {
  ::poll(nullptr, 0, static_cast<int>(time.count()));
  net::throw_if_stopped();
}

/// What is typed with a number, an id or a token of its own goes as it is.
std::string Conversation::line_for(std::string_view typed, std::uint64_t& number) {
  if (says_who_asks(typed)) {
    const auto request = parse_request(typed);
    number = request ? request->number : 0;
    return std::string(typed);
  }
  number = ++number_;
  std::string line = "n=" + std::to_string(number) + " ";
  if (!credential_.empty() && !typed.starts_with("LOGIN")) line += credential_ + " ";
  return line += typed;
}

Asked Conversation::ask(std::string_view typed, std::string_view body) {
  Asked asked{.request = std::string(typed)};
  std::string line = line_for(typed, asked.number);
  for (int paddings = 0;; ++paddings) {
    const std::string request = line + "\n" + std::string(body);
    const std::string answer = answer_to(request, asked);
    const auto parsed = parse_answer_line(answer);
    if (!parsed) throw NotAnAnswer{answer};
    asked.bytes_out = request.size();
    asked.bytes_in = answer.size() + 1;
    take(*parsed, typed, asked);
    if (asked.answer.refused != Reason::pad || paddings == most_paddings) return asked;
    asked.padded_to = wanted_length(asked.answer, line.size());
    line.resize(std::max(line.size(), asked.padded_to), ' ');
    asked.tries = 0;
  }
}

void Conversation::take(const AnswerLine& line, std::string_view typed, Asked& asked) {
  heard_ = true;
  asked.answer = line.answer;
  if (!line.credential.empty()) credential_ = line.credential;
  if (typed == "LOGOUT" && line.answer.ok()) credential_.clear();
}

/// Asks until somebody answers: after a wait that doubles, or once the server that is gone may be back.
std::string Conversation::answer_to(std::string_view request, Asked& asked) {
  const net::Deadline end(patience_);
  milliseconds wait = wire_.first_wait(), rest = first_pause;
  while (end.left()) {
    ++asked.tries;
    try {
      auto line = wire_.ask(request, asked.number, net::Deadline(shorter(wait, end)));
      if (line) return std::move(*line);
      wait *= 2;
    } catch (const net::CallError&) {
      if (!heard_) throw;
      pause(shorter(rest, end));
      rest = std::min(2 * rest, longest_pause);
    }
  }
  throw NoAnswer{asked.tries};
}

}  // namespace echolab::session
