// The service: a shop that knows who has logged in and what is in their cart. It is pure: (request, state, now) gives
// (answer, state). Where the state comes from and where it goes is a Place's business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tools/session/answer.hpp"
#include "tools/session/request.hpp"
#include "tools/session/state.hpp"

namespace echolab::session {

inline constexpr std::size_t most_items = 100;  // kinds in a cart
inline constexpr std::uint32_t most_of_an_item = 999'999;
inline constexpr std::uint64_t largest_upload = 64 << 20;

inline constexpr std::size_t amplification = 3;  // over UDP an answer is at most so many times its request (RFC 9000 8)

struct Terms {
  std::string server = "A";                 // who answers PING
  std::chrono::seconds idle_timeout{1800};  // until then a session that is not used is kept
};

/// When a session that is used now expires. Never sooner than was promised: a started second counts as a whole one.
sys_seconds expiry(Time now, const Terms& terms);

/// What comes of a request.
struct Served {
  Answer answer;
  std::optional<State> state = {};  // from now on; empty: there is no session (any more)
  std::string_view upload = {};     // bytes to write at the old state's `have`, before the new state is kept
  bool bought = false;              // something left the shop: no state takes that back
};

/// `state`: what is known of who asks; empty: nothing. A repeat (the same n=) is answered as it was.
Served serve(const Request& request, std::optional<State> state, Time now, const Terms& terms);

}  // namespace echolab::session
