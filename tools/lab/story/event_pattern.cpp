#include "tools/lab/story/event_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace echolab::lab {
namespace {

using Expected = EventPatternError::Expected;

template <typename Value>
std::optional<Value> named(std::string_view word, int count) {
  for (int i = 0; i < count; ++i)
    if (word == to_string(static_cast<Value>(i))) return static_cast<Value>(i);
  return std::nullopt;
}

template <typename Number>
std::optional<Number> number(std::string_view word) {
  Number value{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (word.empty() || error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

// Not every word in small letters is a call: a misspelt one must not wait for ever.
bool is_call(std::string_view word) {
  constexpr std::array<std::string_view, 14> calls{"socket", "bind",   "listen",     "accept",    "connect",
                                                   "send",   "sendto", "recv",       "recvfrom",  "shutdown",
                                                   "close",  "poll",   "setsockopt", "getsockopt"};
  return std::find(calls.begin(), calls.end(), word) != calls.end();
}

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) { step(); }

  std::variant<EventPattern, EventPatternError> parse() {
    if (taken("disagree")) return ended(Disagreed{});
    if (taken("note")) {
      const auto note = named<capture::Note>(word_, static_cast<int>(capture::note_count));
      return note ? last(Noted{*note}) : wrong(Expected::note);
    }
    if (taken("kernel")) {
      const auto host = parse_host(word_);
      if (!host) return wrong(Expected::host);
      step();
      const auto state = named<capture::State>(word_, capture::state_count);
      return state ? last(InState{true, *host, *state}) : wrong(Expected::state);
    }
    const auto host = parse_host(word_);
    if (!host) return wrong(Expected::beginning);
    step();
    return of_host(*host);
  }

 private:
  std::variant<EventPattern, EventPatternError> of_host(Host host) {
    if (const auto state = named<capture::State>(word_, capture::state_count))
      return last(InState{false, host, *state});
    if (taken("says")) {
      if (word_.empty()) return wrong(Expected::text);
      return EventPattern(Said{host, whole_rest()});
    }
    if (taken("ends")) {
      if (word_.empty()) return EventPattern(Ended{host, std::nullopt});
      const auto status = number<int>(word_);
      return status ? last(Ended{host, status}) : wrong(Expected::status);
    }
    if (is_call(word_)) return call(host);
    const auto kind = parse_kind(word_);
    if (!kind) return wrong(Expected::event);
    step();
    return frame(host, *kind);
  }

  std::variant<EventPattern, EventPatternError> call(Host host) {
    Called called{host, std::string(word_), std::nullopt};
    step();
    if (!taken("=")) return ended(called);
    if (word_.empty()) return wrong(Expected::text);
    called.result = word_;
    return last(called);
  }

  std::variant<EventPattern, EventPatternError> frame(Host host, Kind kind) {
    FrameMet met{host, kind, number<std::uint32_t>(word_), std::nullopt};
    if (met.number == 0u) return wrong(Expected::number_or_fate);
    if (met.number) step();
    if (taken("sent")) return ended(met);
    met.fate = named<Fate>(word_, static_cast<int>(fate_count));
    if (!met.fate) return wrong(met.number ? Expected::fate : Expected::number_or_fate);
    return last(met);
  }

  void step() {
    constexpr std::string_view blank = " \t";
    const auto from = std::min(rest_.find_first_not_of(blank), rest_.size());
    const auto end = std::min(rest_.find_first_of(blank, from), rest_.size());
    word_ = rest_.substr(from, end - from);
    rest_.remove_prefix(end);
  }
  bool taken(std::string_view word) {
    if (word_ != word) return false;
    step();
    return true;
  }
  std::string whole_rest() const { return std::string(word_.data(), rest_.data() + rest_.size()); }

  EventPatternError wrong(Expected expected) const { return {std::string(word_), expected}; }
  /// The word in hand is the last.
  std::variant<EventPattern, EventPatternError> last(const EventPattern& pattern) {
    step();
    return ended(pattern);
  }
  std::variant<EventPattern, EventPatternError> ended(const EventPattern& pattern) const {
    if (word_.empty()) return pattern;
    return wrong(Expected::end);
  }

  std::string_view rest_, word_;
};

struct Writer {
  std::string operator()(const FrameMet& met) const {
    return fmt::format("{} {}{} {}", capture::to_string(met.from), lab::to_string(met.kind),
                       met.number ? fmt::format(" {}", *met.number) : "",
                       met.fate ? lab::to_string(*met.fate) : "sent");
  }
  std::string operator()(const InState& in) const {
    return fmt::format("{}{} {}", in.kernel ? "kernel " : "", capture::to_string(in.host),
                       capture::to_string(in.state));
  }
  std::string operator()(const Called& called) const {
    return fmt::format("{} {}{}", capture::to_string(called.host), called.call,
                       called.result ? " = " + *called.result : "");
  }
  std::string operator()(const Said& said) const {
    return fmt::format("{} says {}", capture::to_string(said.host), said.text);
  }
  std::string operator()(const Ended& ended) const {
    return fmt::format("{} ends{}", capture::to_string(ended.host),
                       ended.status ? fmt::format(" {}", *ended.status) : "");
  }
  std::string operator()(const Noted& noted) const { return fmt::format("note {}", capture::to_string(noted.note)); }
  std::string operator()(const Disagreed&) const { return "disagree"; }
};

}  // namespace

std::string to_string(const EventPattern& pattern) { return std::visit(Writer{}, pattern); }

std::variant<EventPattern, EventPatternError> parse_event_pattern(std::string_view text) {
  return Parser(text).parse();
}

}  // namespace echolab::lab
