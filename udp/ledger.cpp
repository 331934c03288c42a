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
  }
  return {};
}

void Ledger::sent(std::uint64_t number, std::span<const std::byte> bytes) {
  ++sent_;
  messages_.add(number, bytes);
}

void Ledger::count(Outcome outcome, std::uint64_t number) {
  using Fate = SentMessages::Fate;
  ++counts_[index(outcome)];
  if (outcome == Outcome::answered) messages_.set(number, Fate::answered);
  if (outcome == Outcome::unknown) messages_.set(number, Fate::unknown);
  if (outcome == Outcome::unreachable && messages_.set(number, Fate::refused) == Fate::unknown)
    --counts_[index(Outcome::unknown)];  // it was given up, and now somebody knows
}

void Ledger::answered(std::uint64_t number) {
  count(Outcome::answered, number);
  if (numbered_size_) answers_.push_back(number);
}

Ledger::Verdict Ledger::judge(std::span<const std::byte> bytes, std::uint64_t in_hand) {
  const auto number = numbered_size_ ? net::number_in(bytes) : std::nullopt;
  const bool sent = number && *number > 0 && *number <= in_hand &&
                    std::ranges::equal(bytes, net::numbered_message(*number, *numbered_size_));
  if (!sent) return {Outcome::unexpected, in_hand};
  const auto place = std::ranges::lower_bound(answers_, *number);
  if (place != answers_.end() && *place == *number) return {Outcome::duplicate, *number};
  if (*number == in_hand) return {Outcome::unexpected, in_hand};
  answers_.insert(place, *number);  // late once; should it come again, that is a duplicate
  return {Outcome::late, *number};
}

bool Ledger::others_may_repeat(Outcome outcome) {
  return outcome != Outcome::answered && outcome != Outcome::unknown && outcome != Outcome::unreachable &&
         outcome != Outcome::resent;
}

}  // namespace echolab::udp
