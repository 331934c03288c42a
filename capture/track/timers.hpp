// How long a TCP waits for an ACK before it sends again.
#pragma once

#include <chrono>

#include "capture/source/packet.hpp"

namespace echolab::capture {

/// Linux's least retransmission timeout (RFC 6298, 2.4 says one second). What comes again sooner, and was not asked
/// for, is a tail loss probe (RFC 8985, 7): it does not know of a loss.
inline constexpr Time::duration shortest_timer = std::chrono::milliseconds(200);

/// The longest that the first timer of a segment waits (RFC 2988, 2.1; RFC 6298 says one second).
inline constexpr Time::duration longest_first_timer = std::chrono::seconds(3);

/// Linux's longest; RFC 6298, 2.5 has 60 s at least.
inline constexpr Time::duration longest_timer = std::chrono::seconds(120);

}  // namespace echolab::capture
