// What somebody without the key may try with a token, and what a server must answer. Each is a token and the reason it
// is refused with.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/text.hpp"
#include "tools/session/keys.hpp"
#include "tools/session/reason.hpp"
#include "tools/session/state.hpp"

namespace echolab::session {

struct Attack {
  std::string_view name;             // "forged"
  Text what;                         // what was done to the token
  Reason expected;                   // why it is refused
  std::optional<std::string> token;  // empty: only who has the key can make it
};

/// `token` is an honest one, which the server has just given; `key` the server's, where we have it.
std::vector<Attack> attacks_on(const std::string& token, const Keys* keys, Time now);

/// The names, in the order of `attacks_on`.
const std::vector<std::string>& attack_names();

}  // namespace echolab::session
