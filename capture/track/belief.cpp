#include "capture/track/belief.hpp"

#include <algorithm>

namespace echolab::capture {
namespace {

constexpr bool of_handshake(Event event) {
  return event == Event::receive_syn || event == Event::receive_syn_ack || event == Event::receive_ack_of_syn;
}

/// Whatever state it was in before: what we believed of that no longer matters.
constexpr bool shows_state(Event event) {
  return event == Event::send_syn || event == Event::send_syn_ack || event == Event::send_rst;
}

}  // namespace

Certainty Belief::certainty() const {
  if (state() == State::unknown) return Certainty::unknown;
  return guessed_ || assumed_count_ > 0 ? Certainty::assumed : Certainty::seen;
}

const Rule* Belief::step(Event event) {
  if (const State now = state(); now != State::unknown) {
    const Rule* rule = transition(now, event);
    if (rule) states_ = {rule->to};
    return rule;
  }
  StateSet next;
  for (int i = 1; i < state_count; ++i) {
    const State from = static_cast<State>(i);
    if (!states_.has(from)) continue;
    if (const Rule* rule = transition(from, event)) next.add(rule->to);
  }
  if (next.empty()) return nullptr;
  guessed_ = true;
  states_ = next;
  return nullptr;
}

const Rule* Belief::happens(Event event) {
  const StateSet before = states_;
  const Rule* rule = step(event);
  if (rule || states_ != before) {
    if (shows_state(event)) guessed_ = false;
    assumed_count_ = 0;
  }
  return rule;
}

const Rule* Belief::assume(Event event, std::uint64_t frame) {
  const StateSet before = states_;
  const Rule* rule = step(event);
  if (states_ != before) {
    if (assumed_count_ == assumed_.size()) {  // cannot happen on a sane path: forget the oldest
      std::rotate(assumed_.begin(), assumed_.begin() + 1, assumed_.end());
      --assumed_count_;
    }
    assumed_[assumed_count_++] = {before, event, frame};
  }
  return rule;
}

const Rule* Belief::receives(Event event) {
  const Rule* rule = step(event);
  if (rule) guessed_ = false;
  return rule;
}

int Belief::find(Event event) const {
  for (int i = assumed_count_ - 1; i >= 0; --i)
    if (assumed_[i].event == event) return i;
  return -1;
}

void Belief::confirm(Event event) {
  const int last = find(event);
  if (last < 0) return;
  const StateSet believed = states_;
  const auto steps = assumed_;
  const int count = assumed_count_;
  const auto shown = [&](int i) { return i == last || (i < last && of_handshake(steps[i].event)); };
  states_ = steps[0].before;
  assumed_count_ = 0;
  for (int i = 0; i < count; ++i)
    if (shown(i)) step(steps[i].event);
  for (int i = 0; i < count; ++i)
    if (!shown(i)) assume(steps[i].event, steps[i].frame);
  if (const StateSet both = states_ & believed; !both.empty()) states_ = both;  // nothing is less known than before
}

const Rule* Belief::arrived(Event event) {
  const Rule* rule = transition(state(), event);
  const auto ack_of_fin = take_back(Event::receive_ack_of_fin);
  happens(event);
  if (ack_of_fin) assume(ack_of_fin->event, ack_of_fin->frame);
  return rule;
}

void Belief::has_received_fin() {
  StateSet left = states_ & received_fin;
  for (const Rule& rule : transition_table())
    if (rule.event == Event::receive_fin && states_.has(rule.from)) left.add(rule.to);
  if (left.empty() || left == states_) return;
  states_ = left;
  guessed_ = true;
}

std::optional<AssumedStep> Belief::take_back(Event event) {
  const int first = find(event);
  if (first < 0) return std::nullopt;
  const auto steps = assumed_;
  const int count = assumed_count_;
  assumed_count_ = static_cast<std::uint8_t>(first);
  states_ = steps[first].before;
  if (!of_handshake(event))
    for (int i = first + 1; i < count; ++i) assume(steps[i].event, steps[i].frame);
  return steps[first];
}

std::optional<Arrival> Belief::latest_arrival() const {
  if (assumed_count_ == 0) return std::nullopt;
  int first = assumed_count_ - 1;
  while (first > 0 && assumed_[first - 1].frame == assumed_[first].frame) --first;
  return Arrival{assumed_[first].frame, state(), assumed_[first].before.single()};
}

void Belief::narrow(StateSet evidence) {
  const StateSet left = states_ & evidence;
  if (left.empty() || left == states_) return;
  states_ = left;
  guessed_ = true;
}

void Belief::replace(StateSet states) {
  states_ = states;
  guessed_ = false;
  assumed_count_ = 0;
}

}  // namespace echolab::capture
