// The wire itself: frames wait here until they go. It owns no socket and reads no clock, so a test plays it as a
// conversation; the program tells it the time, and carries what it lets go.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "tools/lab/event.hpp"
#include "tools/lab/policy.hpp"

namespace echolab::lab {

/// What the wire does with a frame now. `held` and `delayed` are said once, as it arrives.
struct Passage {
  Fate fate = Fate::delivered;
  const Frame* frame = nullptr;  // valid until the wire is asked again
  std::uint64_t copy = 1;        // 2: its second delivery
  std::vector<std::byte> bytes;  // what to hand over, where it differs from the frame's own (corrupted); else empty
  const Rule* rule = nullptr;    // that did it
  bool by_chance = false;        // the model did it
};

class Wire {
 public:
  /// `by_hand`: every frame is held until it is told to go; the rules are not asked.
  Wire(Policy policy, bool by_hand) : policy_(std::move(policy)), by_hand_(by_hand) {}

  /// A frame has arrived at the wire: its `arrived` is now.
  void take(Frame frame);
  /// The next thing that happens at or before `now`; nullopt: nothing more until `due`, or until a frame arrives.
  /// Frames of one direction go in the order in which they arrived, but for those that a delay or a swap makes wait.
  std::optional<Passage> next(capture::Time now);
  /// When something will happen by itself.
  std::optional<capture::Time> due() const;

  /// By hand: the frames that are held, in the order of arrival.
  std::vector<const Frame*> held() const;
  /// Lets the held frame go, loses it, or lets it go and keeps a copy that follows at once; false where no such frame
  /// is held. What comes of it is given by `next`.
  bool deliver(std::uint64_t number);
  bool drop(std::uint64_t number);
  bool duplicate(std::uint64_t number);
  /// From now on frames are no longer held; those that are, go.
  void let_all_go();

  const Policy& policy() const { return policy_; }

 private:
  // for the one who writes wire.cpp
  Policy policy_;
  bool by_hand_;
};

}  // namespace echolab::lab
