#include "tools/lab/wire/event.hpp"

#include <algorithm>
#include <array>

namespace echolab::lab {

std::string_view to_string(Difference difference) {
  static constexpr std::array<std::string_view, 5> names{"none", "no_listener", "gave_up", "timed_out", "unnamed"};
  return names[static_cast<std::size_t>(difference)];
}

States states_of(const capture::TcpView& inferred) { return {inferred.client.after, inferred.server.after}; }

Difference compare(const capture::TcpView& inferred, const States& kernel) {
  using capture::State;
  const auto side = [](State state, State truth) {
    if (state == truth || truth == State::unknown) return Difference::none;  // unknown: nothing to compare with
    if (state == State::listen && truth == State::closed) return Difference::no_listener;
    // A connection that is only asked for stands in the listener's book: behind it the listener remains.
    const bool gone = truth == State::closed || (state == State::syn_received && truth == State::listen);
    const bool opening = state == State::syn_sent || state == State::syn_received;
    if (opening && gone) return Difference::gave_up;
    const bool may_give_up = state != State::unknown && state != State::time_wait;
    return truth == State::closed && may_give_up ? Difference::timed_out : Difference::unnamed;
  };
  return std::max(side(inferred.client.after, kernel.client), side(inferred.server.after, kernel.server));
}

Difference after_delivery(Difference before, Difference now) {
  const bool by_itself = now == Difference::gave_up || now == Difference::timed_out;
  return by_itself && before != now ? Difference::unnamed : now;
}

}  // namespace echolab::lab
