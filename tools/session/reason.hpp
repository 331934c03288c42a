// Why a request is refused: the words of the protocol behind NO.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "net/text.hpp"

namespace echolab::session {

enum class Reason : std::uint8_t {
  bad_request,
  login_first,
  unknown_session,
  session_expired,
  token_expired,
  token_forged,
  token_alg,
  token_key_unknown,
  token_not_yet_valid,
  token_malformed,
  token_too_long,
  token_revoked,
  old_request,
  offset,
  full,
  pad,
  lost,
  store_busy,
  store_unavailable,
};
inline constexpr int reason_count = 19;

/// "login-first"
std::string_view name(Reason reason);
std::optional<Reason> reason_named(std::string_view name);

/// What it means, for who reads the screen.
Text meaning(Reason reason);

}  // namespace echolab::session
