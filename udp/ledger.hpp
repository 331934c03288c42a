// What a program over UDP must write down for itself, if it wants to know what became of its messages.
// tcp/ has no such file: there the kernel keeps these books, and calls them a connection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "net/text.hpp"
#include "udp/quotation.hpp"

namespace echolab::udp {

/// What a datagram, or its absence, turned out to be.
enum class Outcome : std::uint8_t {
  answered,
  unknown,      // no answer in time: request or answer lost, nobody can say which
  unreachable,  // an ICMP error came back
  resent,       // a router said that the packet was too large; the kernel cuts it from then on
  duplicate,    // the answer to a message that was answered already
  late,         // the answer to a message that was given up as unknown
  stranger,     // from somebody whom we did not ask
  unexpected,   // from the server, but not what was sent
};
inline constexpr int outcome_count = 8;

/// "duplicate": the word in JSON.
std::string_view to_string(Outcome outcome);

class Ledger {
 public:
  /// `numbered_size`: the messages are net::numbered_message of that size, so that answers can be told apart.
  explicit Ledger(std::optional<std::size_t> numbered_size) : numbered_size_(numbered_size) {}

  void sent(std::uint64_t number, std::span<const std::byte> bytes);
  /// One more of this kind; `number` is the message that it is about.
  void count(Outcome outcome, std::uint64_t number);
  void answered(std::uint64_t number);
  /// The message that an ICMP error quotes.
  std::optional<SentMessages::Quoted> quoted(std::span<const std::byte> bytes) const { return messages_.find(bytes); }

  /// What `bytes` from the server are, when they are not the echo of the message in hand.
  struct Verdict {
    Outcome outcome;
    std::uint64_t number;  // of the message that it is about
  };
  Verdict judge(std::span<const std::byte> bytes, std::uint64_t in_hand);

  /// Whether the last one of this kind is to be told: what others can send without end is told a few times.
  bool tells(Outcome outcome) const { return !others_may_repeat(outcome) || (*this)[outcome] <= few; }
  /// Whether it is the last one that is.
  bool tells_no_more(Outcome outcome) const { return others_may_repeat(outcome) && (*this)[outcome] == few; }
  static constexpr std::uint64_t few = 5;

  std::uint64_t messages() const { return sent_; }
  std::uint64_t operator[](Outcome outcome) const { return counts_[index(outcome)]; }
  bool all_answered() const { return (*this)[Outcome::answered] == sent_; }

 private:
  static bool others_may_repeat(Outcome outcome);
  static constexpr std::size_t index(Outcome outcome) { return static_cast<std::size_t>(outcome); }

  std::optional<std::size_t> numbered_size_;
  std::uint64_t sent_ = 0;
  std::uint64_t counts_[outcome_count] = {};
  SentMessages messages_;
  std::vector<std::uint64_t> answers_;  // the numbers of the messages whose answer has come, in order
};

}  // namespace echolab::udp
