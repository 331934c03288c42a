#include "tools/lab/hand/order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace echolab::lab::hand {
namespace {

constexpr std::string_view blanks = " \t";

/// Cuts the first word off `rest`.
std::string_view word(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
  const auto first = rest.substr(0, rest.find_first_of(blanks));
  rest.remove_prefix(first.size());
  return first;
}

template <typename Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Order> parse_expect(std::string_view rest) {
  const auto kind = parse_kind(word(rest));
  if (!kind) return std::nullopt;
  Expect expect{.kind = *kind};
  auto next = word(rest);
  if (const auto count = number<std::uint32_t>(next)) {
    if (*count == 0) return std::nullopt;  // they are counted from 1
    expect.number = *count;
    next = word(rest);
  }
  if (next == "within") {
    auto time = word(rest);
    if (!time.ends_with('s')) return std::nullopt;
    time.remove_suffix(1);
    const auto seconds = number<std::uint32_t>(time);
    if (!seconds || std::chrono::seconds(*seconds) > Expect::longest) return std::nullopt;
    expect.within = std::chrono::seconds(*seconds);
    next = word(rest);
  }
  if (!next.empty()) return std::nullopt;
  return expect;
}

std::optional<Order> parse_send(std::string_view first, std::string_view rest) {
  Send send;
  const auto sign = first.find_first_of("+-");
  const auto kind = parse_kind(first.substr(0, sign));
  if (!kind) return std::nullopt;
  send.kind = *kind;
  if (sign != std::string_view::npos) {
    const auto by = number<std::int32_t>(first.substr(first[sign] == '+' ? sign + 1 : sign));
    if (send.kind != Kind::ack || !by || *by == 0 || (first[sign] == '+' && *by < 0)) return std::nullopt;
    send.too_much = *by;
  }
  if (send.kind == Kind::data) {
    if (rest.size() < 2) return std::nullopt;
    send.text = rest.substr(1);            // behind one blank: the others are its own
    constexpr std::size_t longest = 1460;  // 1500 less both headers: one segment
    if (send.text.size() > longest) return std::nullopt;
    return send;
  }
  const bool can_be_sent =
      send.kind == Kind::syn || send.kind == Kind::ack || send.kind == Kind::fin || send.kind == Kind::rst;
  if (!can_be_sent || !word(rest).empty()) return std::nullopt;
  return send;
}

std::string written(const Send& send) {
  std::string text(lab::to_string(send.kind));
  if (send.too_much != 0) text += fmt::format("{:+}", send.too_much);
  if (send.kind == Kind::data) text += " " + send.text;
  return text;
}

std::string written(const Expect& expect) {
  std::string text = "expect " + std::string(lab::to_string(expect.kind));
  if (expect.number) text += fmt::format(" {}", *expect.number);
  if (expect.within != Expect::usual) text += fmt::format(" within {}s", expect.within.count());
  return text;
}

}  // namespace

std::optional<Order> parse_order(std::string_view text) {
  const auto first = word(text);
  return first == "expect" ? parse_expect(text) : parse_send(first, text);
}

std::string to_string(const Order& order) {
  return std::visit([](const auto& what) { return written(what); }, order);
}

}  // namespace echolab::lab::hand
