#include "udp/ledger.hpp"

#include <algorithm>

#include "net/messages.hpp"

namespace echolab::udp {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::answered: return "answered";
    case Outcome::unknown: return "unknown";
    case Outcome::unreachable: return "unreachable";
    case Outcome::duplicate: return "duplicate";
    case Outcome::late: return "late";
    case Outcome::stranger: return "stranger";
    case Outcome::unexpected: return "unexpected";
  }
  return {};
}

void Ledger::answered(std::uint64_t number) {
  count(Outcome::answered);
  if (numbered_) answers_.push_back(number);
}

Ledger::Verdict Ledger::judge(std::span<const std::byte> bytes, std::uint64_t in_hand) const {
  const auto number = numbered_ ? net::number_in(bytes) : std::nullopt;
  if (!number || *number == 0 || *number > in_hand) return {Outcome::unexpected, in_hand};
  const bool known = std::ranges::binary_search(answers_, *number);
  return {known ? Outcome::duplicate : *number < in_hand ? Outcome::late : Outcome::unexpected, *number};
}

}  // namespace echolab::udp
