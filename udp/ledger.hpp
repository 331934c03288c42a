// What a program over UDP must write down for itself, if it wants to know what became of its messages.
// tcp/ has no such file: there the kernel keeps these books, and calls them a connection.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "net/text.hpp"

namespace echolab::udp {

/// What a datagram, or its absence, turned out to be.
enum class Outcome : std::uint8_t {
  answered,
  unknown,      // no answer in time: request or answer lost, nobody can say which
  unreachable,  // an ICMP error came back
  duplicate,    // the answer to a message that was answered already
  late,         // the answer to a message that was given up as unknown
  stranger,     // from somebody whom we did not ask
  unexpected,   // from the server, but not what was sent
};
inline constexpr int outcome_count = 7;

/// "duplicate": the word in JSON.
std::string_view to_string(Outcome outcome);

class Ledger {
 public:
  /// `numbered`: the messages begin with their number, so that answers can be told apart.
  explicit Ledger(bool numbered) : numbered_(numbered) {}

  void sent() { ++sent_; }
  void count(Outcome outcome) { ++counts_[static_cast<std::size_t>(outcome)]; }
  void answered(std::uint64_t number);

  /// What `bytes` from the server are, when they are not the echo of the message in hand.
  struct Verdict {
    Outcome outcome;
    std::uint64_t number;  // of the message that it is about
  };
  Verdict judge(std::span<const std::byte> bytes, std::uint64_t in_hand) const;

  std::uint64_t messages() const { return sent_; }
  std::uint64_t operator[](Outcome outcome) const { return counts_[static_cast<std::size_t>(outcome)]; }
  bool all_answered() const { return (*this)[Outcome::answered] == sent_; }

 private:
  bool numbered_;
  std::uint64_t sent_ = 0;
  std::uint64_t counts_[outcome_count] = {};
  std::vector<std::uint64_t> answers_;  // the numbers of the messages that were answered, in order
};

}  // namespace echolab::udp
