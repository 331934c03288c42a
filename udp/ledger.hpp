// What a program over UDP must write down for itself, if it wants to know what became of its messages.
// tcp/ has no such file: there the kernel keeps these books, and calls them a connection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "udp/quotation.hpp"
#include "udp/report.hpp"

namespace echolab::udp {

class Ledger {
 public:
  /// The number of the message whose echo these bytes are; nullopt: of none, or nobody can say. An empty one: none has.
  using NumberOf = std::function<std::optional<std::uint64_t>(std::span<const std::byte>)>;
  /// For net::numbered_message of `size` bytes; nullopt: the messages are not numbered.
  static NumberOf numbered_messages(std::optional<std::size_t> size);

  explicit Ledger(NumberOf number_of) : number_of_(std::move(number_of)) {}

  void sent(std::uint64_t number, std::span<const std::byte> bytes);
  /// Whether nothing is known yet of the message that was sent last.
  bool waits() const { return waits_; }
  /// One more of this kind; `number` is the message that it is about.
  void count(Outcome outcome, std::uint64_t number);
  /// The message that an ICMP error quotes.
  std::optional<SentMessages::Quoted> quoted(std::span<const std::byte> bytes) const { return messages_.find(bytes); }
  /// What `bytes` from the server are, when they are not the echo of the message that was sent last.
  Event judge(std::span<const std::byte> bytes);
  Event stranger(const net::Address& from) const {
    return {.outcome = Outcome::stranger, .number = sent_, .from = from};
  }

  /// Whether the last one of this kind is to be told: what others can send without end is told a few times.
  bool tells(Outcome outcome) const { return !others_may_repeat(outcome) || (*this)[outcome] <= few; }
  /// Whether it is the last one that is.
  bool tells_no_more(Outcome outcome) const { return others_may_repeat(outcome) && (*this)[outcome] == few; }
  static constexpr std::uint64_t few = 5;

  std::uint64_t messages() const { return sent_; }
  std::uint64_t operator[](Outcome outcome) const { return counts_[index(outcome)]; }
  bool all_answered() const { return (*this)[Outcome::answered] == sent_; }
  /// Whether late answers and duplicates can be told apart from the answer that is awaited.
  bool tells_apart() const { return static_cast<bool>(number_of_); }

 private:
  static bool others_may_repeat(Outcome outcome);
  static constexpr std::size_t index(Outcome outcome) { return static_cast<std::size_t>(outcome); }

  NumberOf number_of_;
  std::uint64_t sent_ = 0;
  bool waits_ = false;
  std::uint64_t counts_[outcome_count] = {};
  SentMessages messages_;
  std::vector<std::uint64_t> answers_;  // the numbers of the messages whose answer has come, in order
};

}  // namespace echolab::udp
