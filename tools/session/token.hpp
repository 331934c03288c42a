// The state in the client's hand: a JWT (RFC 7519) signed with HS256 (RFC 7515, RFC 7518 3.2). Anyone can read it, only
// who has the key can make one.
//   base64url({"alg":"HS256","typ":"JWT","kid":"k1"}) . base64url(state as JSON) . base64url(HMAC of all before)
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>

#include "tools/session/keys.hpp"
#include "tools/session/reason.hpp"
#include "tools/session/state.hpp"

namespace echolab::session {

struct TokenTerms {
  std::size_t longest = 1200;    // it must fit a datagram beside the request
  std::chrono::seconds skew{5};  // by which the clocks of two servers may differ
};

std::string sign(const State& state, const Keys::Key& key);

/// The state, or the reason why not. What the token says of itself is believed only after its signature was checked;
/// the header chooses among our keys, never how they are used (RFC 8725 3.1).
std::variant<State, Reason> verify(std::string_view token, const Keys& keys, Time now, const TokenTerms& terms);

/// Its three parts as they can be read without any key; nullopt: there are not three, or one is not base64url.
struct TokenParts {
  std::string header, payload, signature;
  std::string_view is_signed;  // the first two, as they stand in the token
};
std::optional<TokenParts> split_token(std::string_view token);

}  // namespace echolab::session
