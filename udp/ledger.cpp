#include "udp/ledger.hpp"

#include <algorithm>

#include "net/messages.hpp"

namespace echolab::udp {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::answered: return "answered";
    case Outcome::unknown: return "unknown";
    case Outcome::unreachable: return "unreachable";
    case Outcome::resent: return "resent";
    case Outcome::duplicate: return "duplicate";
    case Outcome::late: return "late";
    case Outcome::stranger: return "stranger";
    case Outcome::unexpected: return "unexpected";
    case Outcome::retried: return "retried";
  }
  return {};
}

Ledger::NumberOf Ledger::numbered_messages(std::optional<std::size_t> size) {
  if (!size) return {};
  return [size = *size](std::span<const std::byte> bytes) {
    const auto number = net::number_in(bytes);
    return number && std::ranges::equal(bytes, net::numbered_message(*number, size)) ? number : std::nullopt;
  };
}

void Ledger::sent(std::uint64_t number, std::span<const std::byte> bytes) {
  ++sent_;
  waits_ = true;
  messages_.add(number, bytes);
}

void Ledger::count(Outcome outcome, std::uint64_t number) {
  using Fate = SentMessages::Fate;
  ++counts_[index(outcome)];
  if (outcome == Outcome::answered) {
    messages_.set(number, Fate::answered);
    if (tells_apart()) answers_.push_back(number);
  }
  if (outcome == Outcome::unknown) messages_.set(number, Fate::unknown);
  if (outcome == Outcome::unreachable && messages_.set(number, Fate::refused) == Fate::unknown)
    --counts_[index(Outcome::unknown)];  // it was given up, and now somebody knows
  const bool known = outcome == Outcome::answered || outcome == Outcome::unknown || outcome == Outcome::unreachable;
  if (known && number == sent_) waits_ = false;
}

Event Ledger::judge(std::span<const std::byte> bytes) {
  const auto number = tells_apart() ? number_of_(bytes) : std::nullopt;
  if (!number || *number == 0 || *number > sent_) return {.outcome = Outcome::unexpected, .number = sent_};
  const auto place = std::ranges::lower_bound(answers_, *number);
  if (place != answers_.end() && *place == *number) return {.outcome = Outcome::duplicate, .number = *number};
  if (*number == sent_ && waits_) return {.outcome = Outcome::unexpected, .number = sent_};
  answers_.insert(place, *number);  // late once; should it come again, that is a duplicate
  return {.outcome = Outcome::late, .number = *number};
}

bool Ledger::others_may_repeat(Outcome outcome) {
  return outcome != Outcome::answered && outcome != Outcome::unknown && outcome != Outcome::unreachable &&
         outcome != Outcome::resent;
}

}  // namespace echolab::udp
