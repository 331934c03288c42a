// What the student orders the hand to do, one a line: "SYN", "ACK+1000", "DATA hello", "expect SYN,ACK 2 within 5s".
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "tools/lab/wire/rule.hpp"

namespace echolab::lab::hand {

/// SYN, RST, FIN            a segment with this flag
/// ACK                      acknowledges all that has come
/// ACK+1000, ACK-1          acknowledges so much more, or less, than has come: a wrong number
/// DATA hello               the rest of the line
struct Send {
  Kind kind = Kind::ack;
  std::int32_t too_much = 0;
  std::string text = {};
  friend bool operator==(const Send&, const Send&) = default;
};

/// expect SYN,ACK           the next that no expectation has seen yet
/// expect SYN,ACK 2         the second of all
/// expect FIN within 5s     and no longer than that; 10 s where nothing is said
struct Expect {
  static constexpr std::chrono::seconds usual{10}, longest{3600};
  Kind kind = Kind::any;
  std::optional<std::uint32_t> number = {};
  std::chrono::seconds within = usual;
  friend bool operator==(const Expect&, const Expect&) = default;
};

using Order = std::variant<Send, Expect>;
/// nullopt where it is none.
std::optional<Order> parse_order(std::string_view text);
/// As it is written.
std::string to_string(const Order& order);

}  // namespace echolab::lab::hand
