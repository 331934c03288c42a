// How long one end stayed in each state, by the packets' times. A belief that is taken back gives its time to the state
// that was true: ESTABLISHED since the third packet, and that packet never arrived, was SYN_RECEIVED all along.
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <chrono>
#include <cstdint>

#include "capture/track/state.hpp"

namespace echolab::capture {

/// The sums. CLOSED and LISTEN have none: an end is in them before and after the connection, for no time of its own.
struct StateTimes {
  std::array<std::chrono::nanoseconds, state_count> lasted{};
  std::bitset<state_count> visited;  // it was in that state between two packets at least
  std::bitset<state_count> left;     // and is no longer: `lasted` grows no more

  bool has(State state) const { return visited.test(static_cast<std::size_t>(state)); }
  std::chrono::nanoseconds of(State state) const { return lasted[static_cast<std::size_t>(state)]; }
  friend bool operator==(const StateTimes&, const StateTimes&) = default;
};

/// The states of one end in their order, each with the packet that brought it. 88 bytes: every live connection has two.
class StateHistory {
 public:
  /// From `since` on, which is nanoseconds after the connection's first packet, the end is in `now`.
  void follow(State now, std::chrono::nanoseconds since, std::uint64_t frame) {
    if (count_ == 0 || visits_[count_ - 1u].state() != now) begin(now, since, frame);
  }
  /// What `frame` was believed to have brought it had not: the end is in `truth`, and what it was in before has lasted.
  void take_back(std::uint64_t frame, State truth);
  /// Until `end`, nanoseconds after the first packet.
  StateTimes times(std::chrono::nanoseconds end) const;

 private:
  friend struct Packing;
  /// A state and since when, in 8 bytes: 60 bits of nanoseconds are 18 years either way; what is longer counts as that.
  class Visit {
   public:
    Visit() = default;
    Visit(State state, std::chrono::nanoseconds since)
        : packed_(std::clamp(since.count(), -longest, longest) * 16 + static_cast<int>(state)) {}
    State state() const { return static_cast<State>(packed_ & 15); }
    std::chrono::nanoseconds since() const { return std::chrono::nanoseconds(packed_ >> 4); }

   private:
    static constexpr std::int64_t longest = (std::int64_t{1} << 59) - 1;
    std::int64_t packed_ = 0;
  };
  void begin(State now, std::chrono::nanoseconds since, std::uint64_t frame);
  void make_room();
  void forget(std::size_t visit);

  static constexpr std::size_t most = 7;  // the longest path: a simultaneous open and the first close, to CLOSED
  std::array<Visit, most> visits_;
  std::array<std::uint32_t, most> frames_{};  // the last 32 bits: enough to tell seven packets apart
  std::uint8_t count_ = 0;
};

}  // namespace echolab::capture
