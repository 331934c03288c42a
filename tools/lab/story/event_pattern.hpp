// What a scenario may promise, as a teacher writes it: "client SYN 2 delivered", "kernel server SYN_RECEIVED".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "tools/lab/wire/event.hpp"
#include "tools/lab/wire/rule.hpp"

namespace echolab::lab {

/// client SYN 2 delivered                  a frame; `sent` is its arrival at the wire. The number counts as in rules;
///                                         left out, any of them is meant
struct FrameMet {
  Host from = Host::client;
  Kind kind = Kind::any;
  std::optional<std::uint32_t> number;
  std::optional<Fate> fate;  // nullopt: sent
  friend bool operator==(const FrameMet&, const FrameMet&) = default;
};
/// client SYN_SENT                         inferred of that host's end, after some frame of the conversation
/// kernel server SYN_RECEIVED              as that host's kernel says
struct InState {
  bool kernel = false;
  Host host = Host::client;
  capture::State state = capture::State::unknown;
  friend bool operator==(const InState&, const InState&) = default;
};
/// client connect                          a socket call starts
/// client connect = ECONNREFUSED           it returns, with this
struct Called {
  Host host = Host::client;
  std::string call;
  std::optional<std::string> result;
  friend bool operator==(const Called&, const Called&) = default;
};
/// server says hello                       a line of a program's output contains the rest
struct Said {
  Host host = Host::client;
  std::string text;
  friend bool operator==(const Said&, const Said&) = default;
};
/// client ends, client ends 1              a program has ended, with this status
struct Ended {
  Host host = Host::client;
  std::optional<int> status;
  std::string program = {};  // empty: any of that host
  friend bool operator==(const Ended&, const Ended&) = default;
};
/// note retransmission                     the sniffer remarks so on a frame
struct Noted {
  capture::Note note{};
  friend bool operator==(const Noted&, const Noted&) = default;
};
/// disagree                                inference and kernel differ, and it is none of the named kinds
struct Disagreed {
  friend bool operator==(const Disagreed&, const Disagreed&) = default;
};

using EventPattern = std::variant<FrameMet, InState, Called, Said, Ended, Noted, Disagreed>;
/// As it is written.
std::string to_string(const EventPattern& pattern);

struct EventPatternError {
  enum class Expected : std::uint8_t { beginning, host, event, number_or_fate, fate, state, text, status, note, end };
  std::string word;  // that was not understood; empty: something is missing at the end
  Expected expected = Expected::beginning;
  friend bool operator==(const EventPatternError&, const EventPatternError&) = default;
};
std::string sentence(const EventPatternError& error, Language language);

std::variant<EventPattern, EventPatternError> parse_event_pattern(std::string_view text);

}  // namespace echolab::lab
