// What session_server says, in both languages.
#pragma once

#include "net/text.hpp"

namespace echolab::session::texts {

inline constexpr Text description{
    "A service that remembers who has logged in, over TCP and UDP on one port. It can be talked to with nc. --state says "
    "where it keeps what it remembers.",
    "누가 로그인했는지 기억하는 서비스입니다. 같은 포트에서 TCP와 UDP로 요청을 받고, nc로 직접 입력해 볼 수 있습니다. "
    "기억을 어디에 둘지는 --state로 정합니다."};
inline constexpr Text footer{
    "Requests, one a line (TCP) or a datagram (UDP):\n"
    "  [n=N] [id=ID|token=TOKEN] VERB, where VERB is PING, LOGIN name, WHO, CART,\n"
    "  CART ADD item, BUY, PUT offset length (then the bytes), HAVE, LOGOUT\n"
    "Example: session_server, and in another terminal:\n"
    "  printf 'LOGIN kim\\n' | nc -q1 127.0.0.1 9000\n"
    "  printf 'id=... CART ADD apple\\n' | nc -q1 127.0.0.1 9000\n"
    "Ctrl-C ends it and says what is lost with it.\n"
    "Exit status: 0 ended; 1 failed; 2 usage; 3 a right is missing",
    "요청은 한 줄(TCP) 또는 데이터그램(UDP)에 하나입니다.\n"
    "  [n=N] [id=ID|token=TOKEN] VERB. VERB는 PING, LOGIN 이름, WHO, CART,\n"
    "  CART ADD 물건, BUY, PUT 오프셋 길이(다음에 바이트), HAVE, LOGOUT\n"
    "예: session_server, 그리고 다른 터미널에서:\n"
    "  printf 'LOGIN kim\\n' | nc -q1 127.0.0.1 9000\n"
    "  printf 'id=... CART ADD apple\\n' | nc -q1 127.0.0.1 9000\n"
    "Ctrl-C로 끝내면 함께 사라지는 것을 알려 줍니다.\n"
    "종료 상태: 0 끝남, 1 실패, 2 사용법이 틀림, 3 권한이 없음"};

inline constexpr Text state{
    "Where the state lives: in this server's memory, in a store, or in the client's hand (a signed token)",
    "상태를 둘 곳: 서버의 메모리, 저장소, 또는 클라이언트의 손(서명한 토큰)"};
inline constexpr Text store{"The store: a file of SQLite, which several servers may share",
                            "저장소: SQLite 파일. 여러 서버가 함께 쓸 수 있습니다"};
inline constexpr Text wrong_store{"a store is written so: sqlite:FILE", "저장소는 이렇게 적습니다: sqlite:파일"};
inline constexpr Text key{
    "Keys of tokens: a line each, name and base64url; the first signs, all verify. Unless "
    "given: a key of this run",
    "토큰의 키 파일: 한 줄에 이름과 base64url. 첫 키로 서명하고 모두로 검증합니다. 없으면 이번 "
    "실행에만 쓰는 키"};
inline constexpr Text bind{"Address to bind", "bind할 주소"};
inline constexpr Text port{"Port to bind, TCP and UDP; 0: the kernel chooses, and it is printed",
                           "bind할 포트(TCP와 UDP). 0이면 커널이 고르고 그 번호를 알려 줍니다"};
inline constexpr Text idle{"End a session that is not used for S seconds", "S초 동안 쓰지 않은 세션을 끝냅니다"};
inline constexpr Text max_sessions{"Sessions at most; then LOGIN is answered NO full",
                                   "세션 수의 한도. 다 차면 LOGIN에 NO full로 답합니다"};
inline constexpr Text max_token{"Bytes of a token at most", "토큰의 최대 바이트 수"};
inline constexpr Text skew{"By how many seconds the clocks of two servers may differ",
                           "서버끼리 시계가 어긋나도 되는 시간(초)"};
inline constexpr Text deny_list{"Remember which tokens were logged out: state again",
                                "로그아웃한 토큰을 기억합니다. 다시 상태가 생깁니다"};
inline constexpr Text uploads{
    "Folder for the bytes of PUT, 1 GiB at most, each file as long as its session; unless given, one that ends with the server",
    "PUT의 바이트를 둘 폴더. 모두 1 GiB까지이고 세션이 끝나면 지웁니다. 없으면 서버와 함께 사라지는 폴더"};
inline constexpr Text durable{"Answer only when the disk has it: the store's state, the bytes of PUT (fdatasync)",
                              "저장소의 상태와 PUT의 바이트가 디스크에 쓰인 다음에야 답합니다(fdatasync)"};
inline constexpr Text share_port{"Several servers on one port: the kernel spreads the clients over them (SO_REUSEPORT)",
                                 "여러 서버가 한 포트를 씁니다. 클라이언트는 커널이 나눕니다(SO_REUSEPORT)"};
inline constexpr Text name{"The server's name, which PING answers", "서버의 이름. PING의 답에 들어갑니다"};
inline constexpr Text log{"Show each request, and what each end holds then", "요청마다 양쪽이 가진 것을 보여 줍니다"};
inline constexpr Text format{"text, or json: one object a line", "text, 또는 json: 한 줄에 객체 하나"};

inline constexpr Text in_memory{"the state lives in this server's memory", "상태는 이 서버의 메모리에 있습니다"};
inline constexpr Text in_store{"the state lives in a store outside of this server",
                               "상태는 서버 밖의 저장소에 있습니다"};
inline constexpr Text in_token{"the state lives in the client's hand", "상태는 클라이언트의 손에 있습니다"};
inline constexpr Text key_of_this_run{
    "the key was made for this run: its tokens end with it. --key FILE keeps them",
    "키는 이번 실행에만 씁니다. 서버가 끝나면 토큰도 쓸모없어집니다. 남기려면 --key FILE"};
inline constexpr Text reachable{"{0} can be reached from other machines, and nothing is encrypted",
                                "{0}: 다른 컴퓨터에서도 닿는 주소이고, 아무것도 암호화되지 않습니다"};

inline constexpr Text no_request{"(no request, {0} B)", "(요청이 아님, {0} B)"};
inline constexpr Text server_holds{"the server holds {0} B{1}", "서버가 가진 것 {0} B{1}"};
inline constexpr Text client_holds{"; the client holds {0} B ({1})", ", 클라이언트가 가진 것 {0} B({1})"};
inline constexpr Text until{", until {0:%H:%M:%S}", ", {0:%H:%M:%S}까지"};
inline constexpr Text trips{"asked the store {0} times", "저장소에 {0}번 물었습니다"};
inline constexpr Text an_id{"an id", "id"};
inline constexpr Text a_token{"a token", "토큰"};

inline constexpr Text summary{"requests {0} (TCP {1}, UDP {2}), refused {3}, bought {4}",
                              "요청 {0}개(TCP {1}, UDP {2}), 거절 {3}, 구매 {4}"};
inline constexpr Text memory_goes{
    "With this server's memory go {0} sessions. Whoever holds their ids will hear: "
    "NO unknown-session",
    "서버의 메모리와 함께 세션 {0}개가 사라집니다. 그 id로 물으면 NO unknown-session"};
inline constexpr Text store_stays{"Nothing goes with it: {0} sessions stay in {1}, for any server that uses it",
                                  "함께 사라지는 것이 없습니다. 세션 {0}개가 {1}에 남아 있고, 그것을 쓰는 서버면 "
                                  "어디서나 이어집니다"};
inline constexpr Text nothing_goes{
    "Nothing goes with it: the clients hold their state, and any server with the key knows "
    "them",
    "함께 사라지는 것이 없습니다. 상태는 클라이언트에게 있고, 키를 가진 서버면 어디서나 "
    "알아봅니다"};
inline constexpr Text key_goes{"With it goes the key of this run: no server can verify its tokens any more",
                               "이번 실행의 키가 함께 사라집니다. 이제 어떤 서버도 그 토큰을 검증할 수 없습니다"};
inline constexpr Text deny_list_goes{"The deny list goes with it: {0} sessions that were logged out are valid again",
                                     "거부 목록이 함께 사라집니다. 로그아웃한 세션 {0}개가 다시 유효해집니다"};

inline constexpr Text port_taken{
    "port {0} is taken (another server?): --port N takes another one, --port 0 a free one",
    "포트 {0}번은 이미 쓰이고 있습니다(다른 서버?). --port N으로 다른 포트를, --port 0으로 빈 포트를 씁니다"};
inline constexpr Text no_store{"cannot use the store {0}. --store sqlite:FILE takes another one",
                               "저장소를 쓸 수 없습니다: {0}. --store sqlite:파일로 다른 곳을 씁니다"};
inline constexpr Text unknown_host{"no address belongs to the name {0} ({1})",
                                   "이름에 해당하는 주소를 찾을 수 없습니다: {0} ({1})"};
inline constexpr Text wrong_name{"1 to 32 printable characters without spaces, : = \" and \\",
                                 "빈칸과 : = \" \\ 없이 1~32자로 적으세요"};

}  // namespace echolab::session::texts
