#include "capture/track/state_history.hpp"

#include <algorithm>

namespace echolab::capture {
namespace {

constexpr bool is_counted(State state) { return state != State::closed && state != State::listen; }

}  // namespace

void StateHistory::begin(State now, std::chrono::nanoseconds since, std::uint64_t frame) {
  if (count_ == most) make_room();
  visits_[count_] = Visit(now, since);
  frames_[count_++] = static_cast<std::uint32_t>(frame);
}

// Between the one that is taken out and the last stand at most two that were assumed as well; they are what they were.
void StateHistory::take_back(std::uint64_t frame, State truth) {
  for (std::size_t i = count_; i-- > 1;) {
    if (frames_[i] != static_cast<std::uint32_t>(frame)) continue;
    forget(i);
    break;
  }
  if (count_ == 0) return;
  Visit& last = visits_[count_ - 1u];
  last = Visit(truth, last.since());
  if (count_ > 1 && visits_[count_ - 2u].state() == truth) forget(count_ - 1u);
}

/// An attempt after an ended one fills the places again. A stay in CLOSED or LISTEN does not count: without it what
/// came before moves up to what came after. Else the oldest goes, which no sane path comes to.
void StateHistory::make_room() {
  std::size_t pause = 0;
  while (pause + 1 < count_ && is_counted(visits_[pause].state())) ++pause;
  if (pause + 1 == count_) return forget(0);
  const auto lasted = visits_[pause + 1].since() - visits_[pause].since();
  for (std::size_t i = 0; i < pause; ++i) visits_[i] = Visit(visits_[i].state(), visits_[i].since() + lasted);
  forget(pause);
  if (pause > 0 && visits_[pause - 1].state() == visits_[pause].state()) forget(pause);
}

/// The one before it lasts on.
void StateHistory::forget(std::size_t visit) {
  const auto place = static_cast<std::ptrdiff_t>(visit);
  std::shift_left(visits_.begin() + place, visits_.begin() + count_, 1);
  std::shift_left(frames_.begin() + place, frames_.begin() + count_, 1);
  --count_;
}

StateTimes StateHistory::times(std::chrono::nanoseconds end) const {
  StateTimes times;
  for (std::size_t i = 0; i < count_; ++i) {
    const State state = visits_[i].state();
    if (!is_counted(state)) continue;
    const bool last = i + 1 == count_;
    const auto lasted = (last ? end : visits_[i + 1].since()) - visits_[i].since();
    const auto place = static_cast<std::size_t>(state);
    times.lasted[place] += std::max(lasted, lasted.zero());  // a clock that was set back makes no time
    times.visited.set(place);
    times.left.set(place, !last);
  }
  return times;
}

}  // namespace echolab::capture
