#include "tools/session/token.hpp"

#include "tools/session/base64url.hpp"
#include "tools/session/json_object.hpp"

namespace echolab::session {
namespace {

/// The key that the header names, if it says nothing that we do not do.
std::variant<const Keys::Key*, Reason> key_for(std::string_view header, const Keys& keys) {
  const auto object = read_object(header);
  if (!object) return Reason::token_malformed;
  if (text_of(*object, "alg") != "HS256") return Reason::token_alg;
  if (member(*object, "crit") != nullptr)
    return Reason::token_malformed;  // demands what we do not know (RFC 7515 4.1.11)
  const Keys::Key* key = keys.named(text_of(*object, "kid"));
  if (key == nullptr) return Reason::token_key_unknown;
  return key;
}

std::optional<Reason> at_the_wrong_time(const Claims& claims, Time now, std::chrono::seconds skew) {
  if (now - skew >= claims.state.expires) return Reason::token_expired;
  if (now + skew < std::max(claims.not_before, claims.state.issued)) return Reason::token_not_yet_valid;
  return std::nullopt;
}

}  // namespace

std::string sign(const State& state, const Keys::Key& key) {
  std::string token = to_base64url(R"({"alg":"HS256","typ":"JWT","kid":")" + key.kid + "\"}");
  token += "." + to_base64url(to_json(state));
  const Hmac::Digest digest = key.hmac.of(token);
  return token + "." + to_base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::optional<TokenParts> split_token(std::string_view token) {
  const auto first = token.find('.'), last = token.rfind('.');
  if (first == token.npos || token.find('.', first + 1) != last || first == last) return std::nullopt;
  auto header = from_base64url(token.substr(0, first)), signature = from_base64url(token.substr(last + 1));
  auto payload = from_base64url(token.substr(first + 1, last - first - 1));
  if (!header || !payload || !signature) return std::nullopt;
  return TokenParts{std::move(*header), std::move(*payload), std::move(*signature), token.substr(0, last)};
}

std::variant<State, Reason> verify(std::string_view token, const Keys& keys, Time now, const TokenTerms& terms) {
  if (token.size() > terms.longest) return Reason::token_too_long;
  const auto parts = split_token(token);
  if (!parts) return Reason::token_malformed;
  const auto key = key_for(parts->header, keys);
  if (const auto* reason = std::get_if<Reason>(&key)) return *reason;
  if (!std::get<const Keys::Key*>(key)->hmac.matches(parts->is_signed, parts->signature)) return Reason::token_forged;
  auto claims = read_claims(parts->payload);
  if (!claims) return Reason::token_malformed;
  if (const auto reason = at_the_wrong_time(*claims, now, terms.skew)) return *reason;
  return std::move(claims->state);
}

}  // namespace echolab::session
