#include "capture/track/flow_index.hpp"

#include <utility>

namespace echolab::capture {

void FlowIndex::put(const Slot& slot) {
  std::size_t at = home(slot.hash);
  while (slots_[at].place != none) at = next(at);
  slots_[at] = slot;
}

void FlowIndex::insert(std::uint32_t hash, Place place) {
  if (3 * (count_ + 1) > 2 * slots_.size()) {
    const auto old = std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
    for (const Slot& slot : old)
      if (slot.place != none) put(slot);
  }
  put({hash, place});
  ++count_;
}

/// What stands behind the gap moves up into it, unless it would come to stand before its home: so nothing is marked as
/// deleted, and a search ends at the first empty slot.
void FlowIndex::erase(std::uint32_t hash, Place place) {
  std::size_t gap = home(hash);
  while (slots_[gap].place != place) gap = next(gap);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = next(gap); slots_[at].place != none; at = next(at)) {
    const std::size_t from_home = (at - home(slots_[at].hash)) & mask, from_gap = (at - gap) & mask;
    if (from_home < from_gap) continue;
    slots_[gap] = slots_[at];
    gap = at;
  }
  slots_[gap] = {};
  --count_;
}

}  // namespace echolab::capture
