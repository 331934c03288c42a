// What a packet with an ACK says of the segments that its receiver has sent: which arrived, which did not, and which
// that were thought lost had arrived after all.
#pragma once

#include "capture/track/current_segment.hpp"

namespace echolab::capture {

class Answer {
 public:
  /// Of a packet that is no RST and has an ACK; its sender as it stood before it.
  explicit Answer(CurrentSegment& now) : now_(now), me_(now.sender), sender_(now.receiver), ack_(now.ack()) {}

  /// Settles what was in doubt of the sender's segments, and names the one that the packet acknowledges. Returns the
  /// bytes that count from now on, for they were in a probe, and have been taken.
  std::uint32_t settle();

 private:
  void hear_first();
  void hear_reports();
  void hear_of_duplicate(SeqNum left, SeqNum right);
  void hear_fin_again();
  void count_fin_answers();
  std::uint32_t take_probe();
  bool reports(const SentSegment& sent) const;
  bool ends_within(const SentSegment& sent) const;
  bool answers_copy(const SentSegment& original, const SentSegment& copy) const;
  void look_into_doubts();
  void look_for_originals(std::uint32_t echo);
  void take_back(SentSegment& sent);
  void name_answered();

  CurrentSegment& now_;
  TcpEndpoint& me_;      // who answers
  TcpEndpoint& sender_;  // of the segments that this is about
  SeqNum ack_;
};

}  // namespace echolab::capture
