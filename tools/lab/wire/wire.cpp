#include "tools/lab/wire/wire.hpp"

#include <algorithm>

namespace echolab::lab {
namespace {

std::size_t index(Host host) { return static_cast<std::size_t>(host); }

}  // namespace

void Wire::take(Frame frame) {
  // The wall clock may be set back; within a direction frames keep their order all the same.
  auto& arrived = arrived_[index(frame.from)];
  arrived = std::max(arrived, frame.arrived);
  auto in_flight = std::make_unique<InFlight>();
  in_flight->frame = std::move(frame);
  wait(std::move(in_flight), arrived);
}

std::optional<Passage> Wire::next(capture::Time now) {
  if (std::exchange(again_, false)) {
    Passage passage = give(std::move(last_), Fate::doubled);
    passage.copy = 2;
    return passage;
  }
  last_.reset();
  now = std::max({now, arrived_[0], arrived_[1]});  // what has arrived is no future
  while (auto in_flight = whose_turn(now)) {
    std::optional<Passage> passage;
    switch (in_flight->stage) {
      case InFlight::Stage::arriving: passage = arrive(std::move(in_flight)); break;
      case InFlight::Stage::decided: passage = set_out(std::move(in_flight)); break;
      default: passage = leave(std::move(in_flight));
    }
    if (passage) return passage;
  }
  now_ = now;
  return std::nullopt;
}

std::optional<capture::Time> Wire::due() const {
  if (again_ || !ready_.empty()) return now_;
  if (!waiting_.empty()) return waiting_.begin()->first.first;
  return std::nullopt;
}

Wire::Owned Wire::whose_turn(capture::Time now) {
  if (!ready_.empty()) {
    Owned in_flight = std::move(ready_.front());
    ready_.pop_front();
    return in_flight;
  }
  if (waiting_.empty() || waiting_.begin()->first.first > now) return nullptr;
  auto turn = waiting_.extract(waiting_.begin());
  now_ = turn.key().first;
  InFlight& in_flight = *turn.mapped();
  if (in_flight.stage != InFlight::Stage::swapped) return std::move(turn.mapped());
  std::erase(swapped_[index(in_flight.frame.from)], turn.key());
  if (follower_is_held(in_flight)) {  // the student still thinks about it
    wait(std::move(turn.mapped()), now_ + longest_swap);
    return whose_turn(now);
  }
  in_flight.decision.swap = false;  // nothing has followed it
  return std::move(turn.mapped());
}

bool Wire::follower_is_held(const InFlight& swapped) const {
  return std::ranges::any_of(held_, [&](const auto& held) {
    return held.second->frame.from == swapped.frame.from && held.first > swapped.frame.number;
  });
}

std::optional<Passage> Wire::arrive(Owned in_flight) {
  const Frame& frame = in_flight->frame;
  if (!shown(frame)) return give(std::move(in_flight), Fate::delivered);
  in_flight->decision = policy_.decide(frame);
  if (!by_hand_) return set_out(std::move(in_flight));
  if (now_ < cut_until_) {
    in_flight->decision = {.rule = cut_};
    in_flight->decision.add(Fate::dropped);
  }
  in_flight->stage = InFlight::Stage::decided;
  held_.emplace(frame.number, std::move(in_flight));
  return Passage{.fate = Fate::held, .frame = &frame};
}

std::optional<Passage> Wire::set_out(Owned in_flight) {
  const Frame& frame = in_flight->frame;
  const Decision decision = in_flight->decision;
  in_flight->stage = InFlight::Stage::leaving;
  in_flight->by_chance = decision.by_chance();
  const bool waits = decision.delay > decision.delay.zero() || decision.swap;
  if (is_cut() || decision.is(Fate::dropped) || !waits) return leave(std::move(in_flight));
  wait(std::move(in_flight), now_ + decision.delay);
  return Passage{.fate = Fate::delayed, .frame = &frame, .rule = decision.rule, .by_chance = decision.by_chance()};
}

std::optional<Passage> Wire::leave(Owned in_flight) {
  const Decision& decision = in_flight->decision;
  if (is_cut()) return lose(std::move(in_flight), cut_);
  if (decision.is(Fate::dropped)) {
    cut_after(decision);
    return lose(std::move(in_flight), decision.rule);
  }
  if (decision.swap && gone_[index(in_flight->frame.from)] < in_flight->frame.number) {
    in_flight->stage = InFlight::Stage::swapped;
    wait(std::move(in_flight), now_ + longest_swap);
    return std::nullopt;
  }
  return go(std::move(in_flight));
}

Passage Wire::go(Owned in_flight) {
  auto& gone = gone_[index(in_flight->frame.from)];
  gone = std::max(gone, in_flight->frame.number);
  let_overtaken_go(in_flight->frame);
  cut_after(in_flight->decision);
  again_ = in_flight->decision.is(Fate::doubled);
  if (!in_flight->decision.is(Fate::corrupted)) return give(std::move(in_flight), Fate::delivered);
  Passage passage = give(std::move(in_flight), Fate::corrupted);
  passage.bytes = corrupted(*passage.frame);
  return passage;
}

Passage Wire::lose(Owned in_flight, const Rule* rule) {
  Passage passage = give(std::move(in_flight), Fate::dropped);
  if (rule != passage.rule) passage.by_chance = false;
  passage.rule = rule;
  return passage;
}

Passage Wire::give(Owned in_flight, Fate fate) {
  last_ = std::move(in_flight);
  return {.fate = fate, .frame = &last_->frame, .rule = last_->decision.rule, .by_chance = last_->by_chance};
}

void Wire::wait(Owned in_flight, capture::Time until) {
  const Turn turn{until, turns_++};
  if (in_flight->stage == InFlight::Stage::swapped) swapped_[index(in_flight->frame.from)].push_back(turn);
  waiting_.emplace(turn, std::move(in_flight));
}

// The last that waits goes now; when it has gone, the one before it does. So each goes after the next of its direction.
void Wire::let_overtaken_go(const Frame& gone) {
  auto& swapped = swapped_[index(gone.from)];
  const auto last = std::find_if(swapped.rbegin(), swapped.rend(),
                                 [&](const Turn& turn) { return waiting_.at(turn)->frame.number < gone.number; });
  if (last == swapped.rend()) return;
  auto overtaken = waiting_.extract(*last);
  swapped.erase(std::prev(last.base()));
  overtaken.mapped()->decision.swap = false;
  ready_.push_back(std::move(overtaken.mapped()));
}

void Wire::cut_after(const Decision& decision) {
  if (decision.cut == nullptr) return;
  cut_ = decision.cut;
  cut_until_ = now_ + cut_->duration;
}

std::vector<const Frame*> Wire::held() const {
  std::vector<const Frame*> frames;
  frames.reserve(held_.size());
  for (const auto& [number, in_flight] : held_) frames.push_back(&in_flight->frame);
  return frames;
}

const Decision* Wire::decided(std::uint64_t number) const {
  const auto found = held_.find(number);
  return found == held_.end() ? nullptr : &found->second->decision;
}

bool Wire::follow(std::uint64_t number) {
  auto found = held_.extract(number);
  if (found) ready_.push_back(std::move(found.mapped()));
  return static_cast<bool>(found);
}

bool Wire::decide(std::uint64_t number, Fate fate) {
  const auto found = held_.find(number);
  if (found == held_.end()) return false;
  found->second->decision = {};
  if (fate != Fate::delivered) found->second->decision.add(fate);
  found->second->stage = InFlight::Stage::leaving;
  return follow(number);
}

void Wire::let_all_go() {
  by_hand_ = false;
  for (auto& [number, in_flight] : held_) ready_.push_back(std::move(in_flight));
  held_.clear();
}

}  // namespace echolab::lab
