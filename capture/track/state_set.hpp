// The states an endpoint may be in, as far as its packets have shown: one where we know, several where we joined late.
#pragma once

#include <bit>
#include <cstdint>
#include <initializer_list>

#include "capture/track/state.hpp"

namespace echolab::capture {

class StateSet {
 public:
  constexpr StateSet() = default;
  constexpr StateSet(std::initializer_list<State> states) {
    for (State state : states) add(state);
  }
  /// All eleven: nothing is known.
  static constexpr StateSet any() {
    StateSet all;
    for (int i = 1; i < state_count; ++i) all.add(static_cast<State>(i));
    return all;
  }

  constexpr void add(State state) { bits_ = static_cast<std::uint16_t>(bits_ | 1u << static_cast<int>(state)); }
  constexpr bool has(State state) const { return bits_ >> static_cast<int>(state) & 1; }
  constexpr bool empty() const { return bits_ == 0; }
  /// The one state in the set; `unknown` where there are several or none.
  constexpr State single() const {
    const bool one = bits_ != 0 && (bits_ & (bits_ - 1)) == 0;  // has_single_bit calls a function on a plain x86-64
    return one ? static_cast<State>(std::countr_zero(bits_)) : State::unknown;
  }
  friend constexpr StateSet operator&(StateSet a, StateSet b) {
    StateSet both;
    both.bits_ = a.bits_ & b.bits_;
    return both;
  }
  friend constexpr bool operator==(StateSet, StateSet) = default;

 private:
  friend struct Packing;
  std::uint16_t bits_ = 0;
};

/// RFC 9293, 3.3.2: the states in which both ends know each other's sequence numbers.
inline constexpr StateSet synchronized_states = {State::established, State::fin_wait_1, State::fin_wait_2,
                                                 State::close_wait,  State::closing,    State::last_ack,
                                                 State::time_wait};
/// Its own direction is open: it may send new data.
inline constexpr StateSet may_send_data = {State::established, State::close_wait};
/// The peer's direction is open: it may receive new data.
inline constexpr StateSet may_receive_data = {State::established, State::fin_wait_1, State::fin_wait_2};
/// It has the peer's FIN, and acknowledges it.
inline constexpr StateSet received_fin = {State::close_wait, State::closing, State::last_ack, State::time_wait};

}  // namespace echolab::capture
