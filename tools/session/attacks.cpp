#include "tools/session/attacks.hpp"

#include "tools/session/base64url.hpp"
#include "tools/session/token.hpp"

namespace echolab::session {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t oversized = 4020;  // more than any --max-token; the line still fits

std::string part(std::string_view token, int index) {
  for (; index > 0; --index) token.remove_prefix(std::min(token.size(), token.find('.')) + 1);
  return std::string(token.substr(0, token.find('.')));
}

/// The same claims, signed with a key that was made up, under the name that the header says.
std::string signed_by_a_stranger(const std::string& token) {
  const Keys made_up = Keys::for_this_run();
  const std::string text = part(token, 0) + "." + part(token, 1);
  const auto digest = made_up.signing().hmac.of(text);
  return text + "." + to_base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

/// The user is another one; the signature stays.
std::string tampered(const std::string& token) {
  std::string claims = from_base64url(part(token, 1)).value_or("");
  constexpr std::string_view name = R"("sub":")";
  const auto at = claims.find(name);
  if (at != claims.npos) claims.insert(at + name.size(), "root-");
  return part(token, 0) + "." + to_base64url(claims) + "." + part(token, 2);
}

std::string as_long_as(std::size_t size, const std::string& token) {
  std::string longer = token;
  longer.insert(std::min(longer.size(), longer.find('.') + 1), size - std::min(size, token.size()), 'A');
  return longer;
}

std::string signed_by_the_key(const std::string& token, const Keys& keys, std::chrono::seconds issued, Time now) {
  State state = read_claims(from_base64url(part(token, 1)).value_or("")).value_or(Claims{}).state;
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  state.issued = second + issued;
  state.expires = state.issued + 30min;
  return sign(state, keys.signing());
}

}  // namespace

std::vector<Attack> attacks_on(const std::string& token, const Keys* keys, Time now) {
  const std::string claims = part(token, 1), signature = part(token, 2);
  const std::string none = to_base64url(R"({"alg":"none","typ":"JWT"})");
  const std::string unknown = to_base64url(R"({"alg":"HS256","typ":"JWT","kid":"nobody's"})");
  const auto with_key = [&](std::chrono::seconds issued) {
    return keys ? std::optional(signed_by_the_key(token, *keys, issued, now)) : std::nullopt;
  };
  return {
      {"tampered",
       {"another user in it, the signature kept", "사용자를 바꾸고 서명은 그대로 둠"},
       Reason::token_forged,
       tampered(token)},
      {"forged",
       {"signed with a key that was made up", "지어낸 키로 서명함"},
       Reason::token_forged,
       signed_by_a_stranger(token)},
      {"none",
       {"alg none, and no signature", "alg를 none으로 하고 서명을 뺌"},
       Reason::token_alg,
       none + "." + claims + "."},
      {"wrong-key",
       {"names a key that the server does not have", "서버에 없는 키를 가리킴"},
       Reason::token_key_unknown,
       unknown + "." + claims + "." + signature},
      {"oversized",
       {"longer than a server takes", "서버가 받는 것보다 김"},
       Reason::token_too_long,
       as_long_as(oversized, token)},
      {"expired",
       {"validly signed, of two hours ago", "서명은 맞지만 두 시간 전의 것"},
       Reason::token_expired,
       with_key(-2h)},
      {"not-yet-valid",
       {"validly signed, of tomorrow", "서명은 맞지만 내일부터 유효한 것"},
       Reason::token_not_yet_valid,
       with_key(24h)},
      {"replayed",
       {"the honest token, after its LOGOUT", "로그아웃한 다음에 다시 보낸 진짜 토큰"},
       Reason::token_revoked,
       token},
  };
}

const std::vector<std::string>& attack_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> made;
    for (const Attack& attack : attacks_on("..", nullptr, Time{})) made.emplace_back(attack.name);
    return made;
  }();
  return names;
}

}  // namespace echolab::session
