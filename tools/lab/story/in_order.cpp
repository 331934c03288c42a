#include "tools/lab/story/in_order.hpp"

#include <algorithm>

namespace echolab::lab {

using capture::Segment;
using capture::SeqNum;

Segment InOrder::take(const Segment& segment) {
  const SeqNum begin(segment.seq);
  const bool begins = segment.flags.syn() && isn_ != begin;
  if (begins) *this = {};
  if (segment.flags.syn()) isn_ = begin;
  if (!next_) next_ = begin;
  const std::uint32_t before_fin = segment.payload_length + segment.flags.syn();
  add({begin, begin + before_fin});
  if (segment.flags.fin()) fin_ = begin + before_fin;

  const bool due = fin_ && fin_->at_or_before(*next_);
  const bool in_force = due && (!fin_taken_ || segment.flags.fin());  // a copy of it asks for another ACK
  fin_taken_ = due;
  Segment taken = segment;
  if (segment.flags.fin() != in_force) taken.flags.bits ^= capture::TcpFlags::fin_bit;
  return taken;
}

bool InOrder::expects(const Segment& segment) const {
  return !next_ || SeqNum(segment.seq) == *next_ + (fin_taken_ ? 1 : 0);
}

/// Moves RCV.NXT over everything that now lies without a hole.
void InOrder::add(Range range) {
  beyond_.push_back(range);
  for (bool moved = true; moved;) {
    moved = false;
    for (const Range& each : beyond_) {
      if (!each.begin.at_or_before(*next_) || !next_->before(each.end)) continue;
      next_ = each.end;
      moved = true;
    }
  }
  std::erase_if(beyond_, [&](const Range& each) { return each.end.at_or_before(*next_); });
}

}  // namespace echolab::lab
