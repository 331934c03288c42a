#include "tools/session/reason.hpp"

#include <algorithm>
#include <array>

namespace echolab::session {
namespace {

struct Row {
  std::string_view name;
  Text meaning;
};

constexpr std::array<Row, reason_count> rows = {{
    {"bad-request", {"no request of this protocol", "이 프로토콜의 요청이 아닙니다"}},
    {"login-first",
     {"no id= or token= in front; nothing else says who asks",
      "앞에 id=나 token=이 없으면 누가 묻는지 알 수 없습니다"}},
    {"unknown-session", {"the server holds nothing under this id", "서버에 이 id로 남아 있는 것이 없습니다"}},
    {"session-expired", {"it was idle for too long", "너무 오래 쉬어서 만료되었습니다"}},
    {"token-expired", {"its time (exp) has passed", "토큰의 유효 기간(exp)이 지났습니다"}},
    {"token-forged", {"the signature does not belong to these bytes", "서명이 이 내용과 맞지 않습니다"}},
    {"token-alg", {"its alg is not HS256, and only that is taken", "alg가 HS256이 아닙니다. HS256만 받습니다"}},
    {"token-key-unknown", {"it names a key (kid) that the server does not have", "서버에 없는 키(kid)를 가리킵니다"}},
    {"token-not-yet-valid", {"its time (nbf, iat) has not come", "아직 유효한 때(nbf, iat)가 되지 않았습니다"}},
    {"token-malformed", {"it is no JWT of this service", "이 서비스의 JWT 형식이 아닙니다"}},
    {"token-too-long", {"it is longer than --max-token allows", "--max-token보다 깁니다"}},
    {"token-revoked", {"it was logged out, and the deny list says so", "로그아웃한 토큰이라 거부 목록에 있습니다"}},
    {"old-request", {"a request with a higher n= was answered before", "더 큰 n=의 요청에 이미 답했습니다"}},
    {"offset",
     {"bytes before it are missing: go on at have=", "그 앞의 바이트가 아직 없습니다. have=부터 이어서 보냅니다"}},
    {"full", {"there is no room for more", "더 둘 자리가 없습니다"}},
    {"pad",
     {"a UDP source address is only a claim, so an answer is at most three times its request. Make the request longer "
      "with spaces at its end",
      "UDP에서는 출발지 주소를 믿을 수 없어서 요청의 세 배까지만 답합니다. 요청 끝에 빈칸을 붙여 늘리세요"}},
    {"lost", {"bytes that were acknowledged are not here", "받았다고 답한 바이트가 여기에는 없습니다"}},
    {"store-busy", {"somebody else holds the store's lock", "다른 쪽이 저장소를 잠그고 있습니다"}},
    {"store-unavailable", {"the store does not answer", "저장소가 응답하지 않습니다"}},
}};

}  // namespace

std::string_view name(Reason reason) { return rows[static_cast<std::size_t>(reason)].name; }

std::optional<Reason> reason_named(std::string_view name) {
  const auto found = std::ranges::find(rows, name, &Row::name);
  if (found == rows.end()) return std::nullopt;
  return static_cast<Reason>(found - rows.begin());
}

Text meaning(Reason reason) { return rows[static_cast<std::size_t>(reason)].meaning; }

}  // namespace echolab::session
