// Which states of both ends can meet: the transition table, played by two ends on a wire that loses nothing, changes no
// order and carries no RST. Read RFC 9293, figure 5 and section 3.10, before editing.
#pragma once

#include <set>
#include <string>

#include "capture/track/transition.hpp"

namespace echolab::test {

/// Both ends' states, the lesser one first: who is called the client does not matter.
struct Pair {
  capture::State one, other;
  Pair(capture::State a, capture::State b) : one(std::min(a, b)), other(std::max(a, b)) {}
  friend auto operator<=>(const Pair&, const Pair&) = default;
};
using Pairs = std::set<Pair>;

/// "ESTABLISHED/CLOSE_WAIT".
std::string to_string(const Pair& pair);

enum class Opening { by_one, by_both };

/// When what has arrived is acknowledged: at once, or perhaps later, with the next segment (RFC 9293, 3.8.6.3).
enum class Acks { prompt, delayed };

/// Every pair that the two can come to, whatever their programs do and however long a segment is under way. It begins
/// with the SYN under way to a listener, or with two SYNs that cross.
Pairs pairs_that_can_meet(Opening opening, Acks acks);

}  // namespace echolab::test
