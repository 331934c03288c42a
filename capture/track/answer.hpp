// What a packet with an ACK says of the segments that its receiver has sent: which arrived, which did not, and which
// that were thought lost had arrived after all.
#pragma once

#include "capture/decode/decoded.hpp"
#include "capture/track/endpoint.hpp"
#include "capture/track/observation.hpp"

namespace echolab::capture {

/// Names a packet of `sender` as one that never arrived, if that is news.
void lose(TcpEndpoint& sender, std::uint64_t frame, TcpView& view);

class Answer {
 public:
  /// `segment`, which is no RST and has an ACK, comes from `me`, as it stood before, and answers `sender`.
  Answer(const Segment& segment, const Stamp& at, const TcpEndpoint& me, TcpEndpoint& sender, TcpView& view)
      : segment_(segment), at_(at), me_(me), sender_(sender), view_(view), ack_(segment.ack) {}

  /// Settles what was in doubt of the sender's segments, and names the one that the packet acknowledges.
  void settle();

 private:
  void hear_first();
  void hear_reports();
  void hear_of_duplicate(SeqNum left, SeqNum right);
  void hear_fin_again();
  bool reports(const SentSegment& sent) const;
  bool ends_within(const SentSegment& sent) const;
  bool answers_copy(const SentSegment& original, const SentSegment& copy) const;
  void look_into_doubts();
  void look_for_originals(std::uint32_t echo);
  void take_back(SentSegment& sent);
  void name_answered();

  const Segment& segment_;
  const Stamp& at_;
  const TcpEndpoint& me_;
  TcpEndpoint& sender_;
  TcpView& view_;
  SeqNum ack_;
};

}  // namespace echolab::capture
