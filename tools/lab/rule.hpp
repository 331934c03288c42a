// What the student tells the wire to do: "drop server SYN,ACK 1", "delay client ACK 1 300ms".
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "tools/lab/frame.hpp"

namespace echolab::lab {

/// What a frame is, to a rule. A frame may be more than one: a FIN may carry data, the first data may ride on the ACK.
enum class Kind : std::uint8_t { syn, syn_ack, ack, data, fin, rst, udp, icmp, any };
std::string_view to_string(Kind kind);  // "SYN", "SYN,ACK", "ACK" (one that is nothing else), "DATA", ...
bool is_kind(const Frame& frame, Kind kind);

enum class Action : std::uint8_t { drop, delay, duplicate, swap, corrupt, cut };
std::string_view to_string(Action action);  // "drop", "delay", "double", "swap", "corrupt", "cut"

/// drop server SYN,ACK 1 · drop client DATA 2..3 · delay client ACK 1 300ms · double server DATA 1 · swap client DATA 1
/// (it and the next frame of its direction change places) · corrupt client DATA 1 · cut after client DATA 3 for 2s
/// (from that frame on nothing passes, in either direction, for so long; the frame itself passes)
struct Rule {
  Action action = Action::drop;
  Host from = Host::client;
  Kind kind = Kind::any;
  std::uint32_t first = 1, last = 1;    // of the frames of this kind from this host, counted from 1
  std::chrono::nanoseconds duration{};  // of a delay or a cut
};
std::string to_string(const Rule& rule);

/// What is wrong with a rule, for the one who wrote it.
struct RuleError {
  std::string word;  // that was not understood; empty: something is missing at the end
  enum class Expected : std::uint8_t { action, host, kind, count, duration, after, for_, end, probability } expected;
};

std::variant<Rule, RuleError> parse_rule(std::string_view text);

/// "300ms", "2s", "50us", "1.5s".
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);

}  // namespace echolab::lab
