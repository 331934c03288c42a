// What session_client says, in both languages.
#pragma once

#include "net/text.hpp"

namespace echolab::session::texts {

inline constexpr Text client_description{
    "Talks to session_server: carries the id or the token that LOGIN gave and puts it in front of each request.",
    "session_server에 요청을 보냅니다. LOGIN으로 받은 id나 토큰을 들고 있다가 요청마다 앞에 붙입니다."};
inline constexpr Text client_footer{
    "Without -m and --upload requests are read from standard input, a line each:\n"
    "  LOGIN name, WHO, CART, CART ADD item, BUY, HAVE, LOGOUT, PING\n"
    "  A line that begins with n=, id= or token= goes as it is.\n"
    "Example: session_client -m 'LOGIN kim' -m 'CART ADD apple' -m CART\n"
    "Exit status: 0 every request was answered OK, every attack refused; 1 one was\n"
    "not; 2 usage; 3 a right is missing",
    "-m도 --upload도 없으면 표준 입력에서 한 줄씩 읽습니다.\n"
    "  LOGIN 이름, WHO, CART, CART ADD 물건, BUY, HAVE, LOGOUT, PING\n"
    "  n=, id=, token=으로 시작하는 줄은 그대로 보냅니다.\n"
    "예: session_client -m 'LOGIN kim' -m 'CART ADD apple' -m CART\n"
    "종료 상태: 0 모든 요청의 답이 OK이고 모든 공격이 막힘, 1 그렇지 않음,\n"
    "2 사용법이 틀림, 3 권한이 없음"};

inline constexpr Text client_host{"The server: a name or an address", "서버의 이름 또는 주소"};
inline constexpr Text client_port{"The server's port", "서버의 포트"};
inline constexpr Text over_udp{"Ask over UDP: one datagram a request, again until it is answered",
                               "UDP로 요청합니다. 요청 하나가 데이터그램 하나이고, 답이 올 때까지 다시 보냅니다"};
inline constexpr Text client_request{"A request; may be given several times", "요청. 여러 번 쓸 수 있습니다"};
inline constexpr Text client_upload{"Send FILE, after the requests; goes on where it stopped when the server is back",
                                    "요청 다음에 파일을 보냅니다. 서버가 돌아오면 멈춘 곳부터 이어집니다"};
inline constexpr Text client_timeout{"Give up a request that nobody has answered for S seconds",
                                     "S초 동안 답이 없는 요청을 포기합니다"};
inline constexpr Text read_command{"Read a token: anyone can, for it is signed and not encrypted",
                                   "토큰을 읽습니다. 암호화가 아니라 서명이므로 누구나 읽을 수 있습니다"};
inline constexpr Text read_token{"The token", "토큰"};
inline constexpr Text attack_command{"Attack a server of --state token with tokens that it must refuse",
                                     "--state token 서버에 거절해야 할 토큰을 보냅니다"};
inline constexpr Text attack_which{"Which attack", "공격의 종류"};
inline constexpr Text attack_key{"The server's file of keys, for what only its owner can make (expired, not-yet-valid)",
                                 "서버의 키 파일. 키가 있어야 만들 수 있는 것(expired, not-yet-valid)에 씁니다"};

inline constexpr Text type_a_request{"type a request (LOGIN kim), or Ctrl-D to end",
                                     "요청을 입력하세요(LOGIN kim). 끝내려면 Ctrl-D"};
inline constexpr Text holds_id{"this client holds {0} B (an id); the state is at the server",
                               "이 클라이언트가 가진 것은 {0} B(id)입니다. 상태는 서버에 있습니다"};
inline constexpr Text holds_token{
    "this client holds {0} B (a token with the whole state{1}); the server needs none of it",
    "이 클라이언트가 가진 것은 {0} B(상태가 다 든 토큰{1})입니다. 서버에는 없어도 됩니다"};
inline constexpr Text holds_nothing{"this client holds nothing: the server does not know who asks",
                                    "이 클라이언트가 가진 것이 없습니다. 서버는 누가 묻는지 모릅니다"};
inline constexpr Text sent_times{"sent {0} times", "{0}번 보냄"};
inline constexpr Text padded{"padded to {0} B, as the server wanted", "서버가 요구한 대로 {0} B까지 빈칸으로 늘림"};
inline constexpr Text uploaded{
    "{0}: {1} B are at the server; {2} B sent, {3} pieces again, begun anew {4} times",
    "{0}: {1} B가 서버에 있습니다. 보낸 것 {2} B, 다시 보낸 조각 {3}개, 처음부터 다시 {4}번"};

inline constexpr Text header{"header", "헤더"};
inline constexpr Text claims{"claims", "내용"};
inline constexpr Text signature{"signature", "서명"};
inline constexpr Text not_verified{"{0} B, not verified: that takes the key",
                                   "{0} B, 검증하지 않음(키가 있어야 합니다)"};
inline constexpr Text no_token{"this is no token: three parts of base64url with dots between them",
                               "토큰이 아닙니다. 토큰은 base64url 세 부분을 점으로 이은 것입니다"};

inline constexpr Text attack_refused{"refused", "거절됨"};
inline constexpr Text attack_accepted{"ACCEPTED", "받아들여짐"};
inline constexpr Text attack_otherwise{"refused, but {0} was expected", "거절되었지만 예상한 이유는 {0}"};
inline constexpr Text attack_needs_key{"not tried: only who has the key can make it (--key FILE)",
                                       "해 보지 않음: 키가 있어야 만들 수 있습니다(--key FILE)"};
inline constexpr Text replay_mend{"logout of a token needs state: session_server --state token --deny-list",
                                  "토큰의 로그아웃에는 상태가 필요합니다: session_server --state token --deny-list"};
inline constexpr Text gives_ids{
    "this server gives ids, and an id has nothing to forge. Start: session_server --state token",
    "이 서버는 id를 줍니다. id에는 위조할 것이 없습니다. 이렇게 시작하세요: session_server --state token"};

inline constexpr Text no_answer{"no answer after {0} tries; is it running? session_server",
                                "{0}번 보냈지만 답이 없습니다. 서버가 실행 중인지 확인하세요: session_server"};
inline constexpr Text nobody_listens{"nobody listens at {0}; start it: session_server{1}",
                                     "{0}: 기다리는 서버가 없습니다. 시작하려면: session_server{1}"};
inline constexpr Text not_an_answer{"this is no answer of session_server: {0}", "session_server의 답이 아닙니다: {0}"};
inline constexpr Text upload_refused{"the upload was refused: {0} ({1})", "업로드가 거절되었습니다: {0} ({1})"};
inline constexpr Text unreadable_file{"cannot read {0}", "읽을 수 없습니다: {0}"};
inline constexpr Text put_by_upload{"PUT needs bytes behind its line: --upload FILE sends them",
                                    "PUT에는 다음 줄에 바이트가 있어야 합니다. --upload 파일로 보냅니다"};

}  // namespace echolab::session::texts
