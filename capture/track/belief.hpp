// What we believe of one endpoint's state, and on what grounds. A tap sees packets leave; that they arrive it can only
// assume. So every step that hangs on an arrival is remembered until the endpoint's own packets show it, or refute it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "capture/track/state_set.hpp"
#include "capture/track/transition.hpp"

namespace echolab::capture {

/// A step taken because a packet was assumed to have arrived.
struct AssumedStep {
  StateSet before;
  Event event = Event::receive_syn;
  std::uint64_t frame = 0;  // that packet
};

/// What the packet `frame` has brought, if it arrived: the state with it and without it.
struct Arrival {
  std::uint64_t frame = 0;
  State with = State::unknown, without = State::unknown;
};

class Belief {
 public:
  /// Nothing is known: the capture joined late.
  Belief() = default;
  /// It starts in `state`, which no packet of its own has shown.
  explicit Belief(State state) : states_{state}, guessed_(true) {}

  /// `unknown` while several states are possible.
  State state() const { return states_.single(); }
  /// Whether it stands where it was put at first, and no packet of its own has shown that.
  bool is_guess_of(State state) const { return guessed_ && assumed_count_ == 0 && this->state() == state; }
  Certainty certainty() const;

  /// Its own packet shows the event. Returns the rule that fired, nullptr where the event changes nothing.
  const Rule* happens(Event event);
  /// The peer's packet `frame` brings the event, if it arrived. Returns the rule as above.
  const Rule* assume(Event event, std::uint64_t frame);
  /// The wire itself has delivered the packet: as `assume`, but there is nothing to take back.
  const Rule* receives(Event event);

  /// Its own packet shows that the last assumed `event` did arrive. Another arrival that was assumed still is, but for
  /// the handshake's: nothing arrives before them.
  void confirm(Event event);
  /// Its own packet shows an arrival that was not assumed, or was taken back. An ACK of its FIN that was assumed still
  /// is. Returns the rule as above.
  const Rule* arrived(Event event);
  /// Its own packet acknowledges the peer's FIN. Of several possible states, each that the FIN moves has moved on.
  void has_received_fin();
  /// Whether the state hangs on an `event` that was assumed.
  bool hangs_on(Event event) const { return find(event) >= 0; }
  /// The frame that is assumed to have brought it; nullopt where the state does not hang on such an event.
  std::optional<std::uint64_t> brought_by(Event event) const {
    const int step = find(event);
    return step < 0 ? std::nullopt : std::optional(assumed_[step].frame);
  }
  /// Undoes the last assumed `event`. What was assumed after it stays assumed, but after an event of the handshake
  /// nothing does. Nullopt where nothing hangs on it.
  std::optional<AssumedStep> take_back(Event event);
  /// The last step that was assumed; nullptr where none is.
  const AssumedStep* last_assumed() const { return assumed_count_ > 0 ? &assumed_[assumed_count_ - 1] : nullptr; }
  /// All that the latest packet is assumed to have brought; nullopt where the state does not hang on any.
  std::optional<Arrival> latest_arrival() const;

  /// Only states of `evidence` remain possible, if the packet that shows so is no copy of one that the capture missed:
  /// what is left is assumed. Evidence that contradicts everything believed changes nothing.
  void narrow(StateSet evidence);
  /// Its own packet shows that what we believed was wrong or out of date.
  void replace(StateSet states);

 private:
  friend struct Packing;
  const Rule* step(Event event);
  int find(Event event) const;

  StateSet states_ = StateSet::any();
  bool guessed_ = false;  // it rests on more than its own packets: a side's role, or that no packet was a copy
  std::uint8_t assumed_count_ = 0;
  std::array<AssumedStep, 4> assumed_{};  // the longest chain: ACK of SYN, FIN, ACK of FIN, RST
};

}  // namespace echolab::capture
