// What the calls of a TCP socket do, half a sentence each: where they start, and what their return means.
#pragma once

#include "net/text.hpp"

namespace echolab::tcp::texts {

using net::Text;

inline constexpr Text socket_starts{"makes an endpoint in CLOSED; nothing is sent yet",
                                    "CLOSED 상태의 끝점을 만든다. 아직 아무것도 보내지 않는다"};
inline constexpr Text reuse_starts{"lets a restarted server have the port although old connections sit in TIME_WAIT",
                                   "옛 연결이 TIME_WAIT에 남아 있어도 서버를 다시 띄울 수 있게 한다"};
inline constexpr Text nodelay_starts{"small pieces go out at once instead of waiting for more (no Nagle)",
                                     "작은 조각도 모으지 않고 바로 보낸다(Nagle 끄기)"};
inline constexpr Text bind_starts{"takes the address and port", "주소와 포트를 차지한다"};
inline constexpr Text listen_starts{"CLOSED -> LISTEN: from now on the kernel answers SYNs by itself",
                                    "CLOSED -> LISTEN. 이제부터 SYN에는 커널이 스스로 답한다"};
inline constexpr Text accept_starts{"takes a connection whose handshake the kernel has already finished",
                                    "커널이 핸드셰이크를 이미 끝내 둔 연결 하나를 넘겨받는다"};
inline constexpr Text accept_returns{"a new socket for this one client", "이 클라이언트만을 위한 새 소켓"};
inline constexpr Text connect_starts{"sends SYN and blocks until the handshake ends",
                                     "SYN을 보내고 핸드셰이크가 끝날 때까지 멈춰 기다린다"};
inline constexpr Text connect_returns{"the handshake is done: both sides may send", "핸드셰이크가 끝났다. 이제 양쪽 모두 보낼 수 있다"};
inline constexpr Text send_starts{"hands the bytes to the kernel, which cuts them into segments",
                                  "바이트를 커널에 맡긴다. 세그먼트로 나누는 일은 커널이 한다"};
inline constexpr Text send_returns{"the kernel took them; it does not say that they arrived",
                                   "커널이 받아 두었다는 뜻이지, 도착했다는 뜻은 아니다"};
inline constexpr Text recv_starts{"blocks until bytes arrive, or the peer's FIN", "바이트나 상대의 FIN이 올 때까지 멈춰 기다린다"};
inline constexpr Text recv_now_starts{"takes what has arrived", "도착해 있는 것을 가져온다"};
inline constexpr Text recv_returns{"a stream has no message borders: this is what was there",
                                   "스트림에는 메시지 경계가 없다. 와 있던 만큼 읽었을 뿐이다"};
inline constexpr Text recv_end{"0 bytes: the peer's FIN, it will send no more", "0바이트는 상대의 FIN이다. 더 보내지 않겠다는 뜻"};
inline constexpr Text shutdown_starts{"sends FIN: we send no more, but still read", "FIN을 보낸다. 더 보내지 않지만 읽을 수는 있다"};
inline constexpr Text close_starts{"gives the socket back; the kernel finishes the close by itself",
                                   "소켓을 돌려준다. 남은 종료 절차는 커널이 마친다"};

}  // namespace echolab::tcp::texts
