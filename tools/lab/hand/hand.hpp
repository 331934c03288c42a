// What a TCP has to remember to make its next header, and nothing more: the hand sends what it is ordered to, when it
// is ordered to. No timer, no state machine, no rule is kept: that is the student's part.
#pragma once

#include <optional>

#include "capture/track/seq_num.hpp"
#include "tools/lab/hand/order.hpp"
#include "tools/lab/hand/segment.hpp"

namespace echolab::lab::hand {

class Hand {
 public:
  /// RFC 9293, 3.4.1: the number that our SYN takes should be one that nobody guesses.
  explicit Hand(std::uint32_t initial_sequence_number) : isn_(initial_sequence_number) {}

  /// The header that the order asks for. Data and a FIN take their numbers: the next segment follows them.
  Header header(const Send& send);
  /// A segment has come: from now on it is acknowledged, if it is the next in order.
  void take(const capture::Segment& segment);

  capture::SeqNum isn() const { return isn_; }
  /// The peer's initial sequence number; nullopt until its SYN,ACK has come.
  std::optional<capture::SeqNum> peers_isn() const { return peers_isn_; }

 private:
  capture::SeqNum isn_;
  capture::SeqNum send_next_ = isn_ + 1;         // SND.NXT: the SYN takes the first number
  std::optional<capture::SeqNum> peers_isn_;     // IRS
  std::optional<capture::SeqNum> receive_next_;  // RCV.NXT
};

}  // namespace echolab::lab::hand
