// What of a segment its receiver takes when it arrives. A FIN counts only when all data before it is there (RFC 9293,
// 3.10.7.4, "eighth"): one that overtook lost data waits, and comes into force with the segment that fills the hole.
#pragma once

#include <optional>
#include <vector>

#include "capture/decode/decoded.hpp"
#include "capture/track/seq_num.hpp"

namespace echolab::lab {

/// One direction of a conversation, as far as it has been delivered.
class InOrder {
 public:
  /// The segment as the receiver takes it: its FIN bit is set where a FIN comes into force with it.
  capture::Segment take(const capture::Segment& segment);
  /// Whether the segment begins exactly where the receiver expects the next one: an RST that does not is answered with
  /// a challenge ACK and changes nothing (RFC 5961, 3.2).
  bool expects(const capture::Segment& segment) const;

 private:
  struct Range {
    capture::SeqNum begin, end;
  };
  void add(Range range);

  std::optional<capture::SeqNum> isn_;
  std::optional<capture::SeqNum> next_;  // RCV.NXT; nullopt before anything came
  std::vector<Range> beyond_;            // arrived, but something before them is missing
  std::optional<capture::SeqNum> fin_;   // the number of a FIN that has arrived
  bool fin_taken_ = false;
};

}  // namespace echolab::lab
