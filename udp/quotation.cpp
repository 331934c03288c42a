#include "udp/quotation.hpp"

#include <algorithm>
#include <utility>

namespace echolab::udp {
namespace {

constexpr std::size_t most_kept = 64, longest_beginning = 512;

/// How well a quote fits a message: 0: not at all; 1: it goes on behind the message's end (RFC 4884: it is padded, and
/// more follows); 2: the message begins so; 3: it is the whole message.
int fit(std::span<const std::byte> quote, std::span<const std::byte> message) {
  const std::size_t common = std::min(quote.size(), message.size());
  if (!std::ranges::equal(quote.first(common), message.first(common))) return 0;
  return quote.size() == message.size() ? 3 : quote.size() < message.size() ? 2 : 1;
}

}  // namespace

void SentMessages::add(std::uint64_t number, std::span<const std::byte> bytes) {
  const auto beginning = bytes.first(std::min(bytes.size(), longest_beginning));
  if (sent_.size() == most_kept) sent_.pop_front();
  sent_.push_back({.number = number, .beginning = {beginning.begin(), beginning.end()}, .fate = Fate::waits});
}

SentMessages::Fate SentMessages::set(std::uint64_t number, Fate fate) {
  const auto message = std::ranges::find(sent_, number, &Sent::number);
  return message != sent_.end() ? std::exchange(message->fate, fate) : fate;
}

std::optional<SentMessages::Quoted> SentMessages::find(std::span<const std::byte> quote) const {
  quote = quote.first(std::min(quote.size(), longest_beginning));
  int best = 1;
  for (const Sent& message : sent_) best = std::max(best, fit(quote, message.beginning));
  const Sent* found = nullptr;
  int open = 0;  // messages that fit and of which nothing certain is known
  for (const Sent& message : sent_) {
    if (fit(quote, message.beginning) != best) continue;
    const bool is_open = message.fate == Fate::waits || message.fate == Fate::unknown;
    if (found == nullptr || (is_open && open == 0)) found = &message;  // errors come in the order of what they quote
    open += is_open ? 1 : 0;
  }
  if (found == nullptr) return std::nullopt;
  return Quoted{.number = found->number, .fate = found->fate, .certain = open <= 1};
}

}  // namespace echolab::udp
