// What the service remembers of a client, wherever that is kept. It has one JSON form: the store's column is the
// token's payload.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tools/session/answer.hpp"

namespace echolab::session {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using std::chrono::sys_seconds;

using Cart = std::map<std::string, std::uint32_t, std::less<>>;  // an item, and how many of it

struct State {
  std::string user = {};     // sub
  sys_seconds issued{};      // iat
  sys_seconds expires{};     // exp
  std::string session = {};  // jti: a name of its own, for the files of its upload and for the deny list
  Cart cart = {};
  std::uint64_t have = 0;    // bytes of the upload that were acknowledged
  std::uint64_t number = 0;  // n= of the last request that had one ...
  Answer answer = {};        // ... and what it was answered: who repeats it gets that again

  bool operator==(const State&) const = default;
};

/// The claims of a token, or what a store has kept.
struct Claims {
  State state;
  sys_seconds not_before{};  // nbf
};

std::string to_json(const State& state);
/// nullopt: it is not a JSON object, a name stands twice in it, a claim has the wrong type, `sub` or `exp` is missing,
/// or it is made out to an audience (`aud`), for this service is nobody's (RFC 7519 4.1.3).
std::optional<Claims> read_claims(std::string_view json);

}  // namespace echolab::session
