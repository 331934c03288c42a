#include "tools/timeline/fold.hpp"

#include <utility>

namespace echolab::timeline {

bool Fold::tells(Event event, net::WallTime time) {
  last_ = time;
  if (told_ < shown) {
    ++told_;
    return true;
  }
  ++(event == Event::call ? folded_.calls : folded_.packets);
  return false;
}

Fold::Counts Fold::end() {
  told_ = 0;
  return std::exchange(folded_, {});
}

}  // namespace echolab::timeline
