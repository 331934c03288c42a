// Decides what the wire does with a frame: the student's rules first, then a model of a bad line. No clock, no
// descriptors, and no shared stream of random numbers: a decision hangs on (seed, direction, n-th frame of it) alone,
// so that the same exchange meets the same fate on every run, however its two directions interleave.
#pragma once

#include <bitset>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tools/lab/wire/rule.hpp"

namespace echolab::lab {

/// A line that loses, delays, doubles and reorders by chance. Shares are 0 to 1.
struct Model {
  double loss = 0, duplication = 0, reordering = 0;
  std::chrono::nanoseconds delay{};  // of every frame, one way
  std::uint64_t seed = 1;
};

/// Reads one rule and puts it where it belongs; an error leaves both as they were.
std::optional<RuleError> add_rule(std::string_view text, std::vector<Rule>& rules, Model& model);

/// What chance may be asked about a frame.
enum class Question : std::uint8_t { loss, duplication, reordering };
/// The answer, from 0 up to but not including 1, evenly spread. The same arguments always give the same answer; the
/// answers to different questions, directions or frames have nothing to do with each other.
double chance(std::uint64_t seed, Host from, std::uint32_t nth, Question question);

/// What is to become of one frame. Where several apply: a drop wins; delays add up. A frame that a rule names is left
/// alone by chance; the line's delay holds for it, too.
struct Decision {
  std::bitset<fate_count> fates = {};  // dropped, doubled, corrupted
  bool swap = false;                   // it waits until the next frame of its direction has gone
  std::chrono::nanoseconds delay{};    // before it goes
  const Rule* cut = nullptr;           // nothing passes for its duration once the frame has gone
  const Rule* rule = nullptr;          // the first that applied, or the drop; nullptr: the model, or nothing did

  bool is(Fate fate) const { return fates[static_cast<std::size_t>(fate)]; }
  void add(Fate fate, bool it_is = true) { fates[static_cast<std::size_t>(fate)] = is(fate) || it_is; }
  bool by_chance() const { return rule == nullptr && (fates.any() || swap); }
};

class Policy {
 public:
  Policy(std::vector<Rule> rules, const Model& model);

  /// Frames are counted as they are asked about: ask once for each that is shown, in the order of arrival. The
  /// decision's rules live as long as the policy, also where that moves.
  Decision decide(const Frame& frame);

  /// The rules that no frame has met yet.
  std::vector<const Rule*> unmet() const;
  /// How many frames there have been of the kind, and from the host, that the rule names.
  std::uint32_t seen(const Rule& rule) const { return seen_.of(rule.from, rule.kind); }

 private:
  std::vector<Rule> rules_;
  std::vector<bool> met_;
  Model model_;
  FrameCounts seen_;
};

}  // namespace echolab::lab
