// Decides what the wire does with a frame: the student's rules first, then a model of a bad line. No clock, no
// descriptors, and no shared stream of random numbers: a decision hangs on (seed, direction, n-th frame of it) alone,
// so that the same exchange meets the same fate on every run, however its two directions interleave.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

#include "tools/lab/rule.hpp"

namespace echolab::lab {

/// A line that loses, delays, doubles and reorders by chance. Shares are 0 to 1.
struct Model {
  double loss = 0, duplication = 0, reordering = 0;
  std::chrono::nanoseconds delay{};  // of every frame, one way
  std::uint64_t seed = 1;
};

/// What is to become of one frame. Where several apply: a drop wins; delays add up.
struct Decision {
  bool drop = false, twice = false, corrupt = false;
  bool swap = false;                          // it waits until the next frame of its direction has gone
  std::chrono::nanoseconds delay{};           // before it goes
  std::chrono::nanoseconds cut_afterwards{};  // nothing passes for so long once it has gone
  const Rule* rule = nullptr;                 // the first that applied; nullptr: the model, or nothing did
  bool by_chance() const { return rule == nullptr && (drop || twice || swap); }
};

class Policy {
 public:
  Policy(std::vector<Rule> rules, const Model& model);

  /// Frames are counted as they are asked about: ask once for each, in the order of arrival. ARP and neighbour
  /// discovery are not to be asked about.
  Decision decide(const Frame& frame);

  /// The rules that no frame has met yet.
  std::vector<const Rule*> unmet() const;

 private:
  std::vector<Rule> rules_;
  std::vector<bool> met_;
  Model model_;
  // How many frames of each kind each host has sent.
  std::array<std::array<std::uint32_t, static_cast<std::size_t>(Kind::any) + 1>, 2> seen_{};
};

}  // namespace echolab::lab
