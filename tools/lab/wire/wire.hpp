// The wire itself: frames wait here until they go. It owns no socket and reads no clock, so a test plays it as a
// conversation; the program tells it the time, and carries what it lets go.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "tools/lab/wire/event.hpp"
#include "tools/lab/wire/policy.hpp"

namespace echolab::lab {

/// What the wire does with a frame now. `held` and `delayed` are said once, as it arrives.
struct Passage {
  Fate fate = Fate::delivered;
  const Frame* frame = nullptr;  // valid until the wire is asked again; held or delayed: until it has gone
  std::uint64_t copy = 1;        // 2: its second delivery
  std::vector<std::byte> bytes =
      {};                      // what to hand over, where it differs from the frame's own (corrupted); else empty
  const Rule* rule = nullptr;  // that did it
  bool by_chance = false;      // the model did it
};

/// What becomes of a frame, in this order:
/// - one that is not `shown` goes at once and is nobody's business: no rule, no cut, and the hand does not hold it.
/// (With
///   neighbour discovery lost, the kernels would give up on the address, and the lesson would be another one.)
/// - by hand it is held, until it is told what becomes of it: what was decided as it arrived, or something else;
/// - while the wire is cut it is dropped: a pulled cable loses what is sent, and what is under way;
/// - else the policy decides. A frame that is swapped goes after the next of its direction that goes, or after
///   `longest_swap`, when nothing follows it.
/// Of a doubled and corrupted frame the second copy is whole.
class Wire {
 public:
  static constexpr std::chrono::nanoseconds longest_swap = std::chrono::seconds(1);

  /// `by_hand`: every frame is held until it is told to go.
  Wire(Policy policy, bool by_hand) : policy_(std::move(policy)), by_hand_(by_hand) {}

  /// A frame has arrived at the wire: its `arrived` is now.
  void take(Frame frame);
  /// The next thing that happens at or before `now`; nullopt: nothing more until `due`, or until a frame arrives.
  /// Frames of one direction go in the order in which they arrived, but for those that a delay or a swap makes wait.
  std::optional<Passage> next(capture::Time now);
  /// When something will happen by itself; a time that is past: at once.
  std::optional<capture::Time> due() const;

  /// By hand: the frames that are held, in the order of arrival.
  std::vector<const Frame*> held() const;
  /// What was decided about the held frame as it arrived; nullptr: no such frame is held.
  const Decision* decided(std::uint64_t number) const;
  /// So be it; false where no such frame is held. What comes of it is given by `next`.
  bool follow(std::uint64_t number);
  /// The student decides otherwise: the fate is one that has a key.
  bool decide(std::uint64_t number, Fate fate);
  /// From now on frames are no longer held; with those that are, it is as was decided.
  void let_all_go();

  const Policy& policy() const { return policy_; }

 private:
  /// A frame and how far it has come.
  struct InFlight {
    enum class Stage : std::uint8_t { arriving, decided, leaving, swapped } stage = Stage::arriving;
    Frame frame;
    Decision decision;
    bool by_chance = false;
  };
  using Owned = std::unique_ptr<InFlight>;               // so that a frame stays where it is while it waits
  using Turn = std::pair<capture::Time, std::uint64_t>;  // a time, and who asked first where times are equal

  Owned whose_turn(capture::Time now);
  std::optional<Passage> arrive(Owned in_flight);
  std::optional<Passage> set_out(Owned in_flight);
  std::optional<Passage> leave(Owned in_flight);
  Passage go(Owned in_flight);
  Passage lose(Owned in_flight, const Rule* rule);
  /// `in_flight` is given out, and kept until the wire is asked again.
  Passage give(Owned in_flight, Fate fate);

  bool is_cut() const { return !by_hand_ && now_ < cut_until_; }
  bool follower_is_held(const InFlight& swapped) const;
  void wait(Owned in_flight, capture::Time until);
  void let_overtaken_go(const Frame& gone);
  void cut_after(const Decision& decision);

  Policy policy_;
  bool by_hand_;
  capture::Time now_{};  // of what happens at the moment
  std::uint64_t turns_ = 0;
  std::map<Turn, Owned> waiting_;             // for their time
  std::map<std::uint64_t, Owned> held_;       // by hand, by their number
  std::deque<Owned> ready_;                   // they go at once
  Owned last_;                                // given out
  bool again_ = false;                        // `last_` goes a second time
  std::array<capture::Time, 2> arrived_{};    // the last frame of each direction
  std::array<std::uint64_t, 2> gone_{};       // the highest number that has gone, of each direction
  std::array<std::vector<Turn>, 2> swapped_;  // of each direction: who waits to be overtaken
  capture::Time cut_until_{};
  const Rule* cut_ = nullptr;
};

}  // namespace echolab::lab
