// What the calls of a UDP socket do, half a sentence each: where they start, and what their return means.
#pragma once

#include "net/text.hpp"

namespace echolab::udp::texts {

using net::Text;

inline constexpr Text socket_starts{"makes an endpoint; UDP has no states", "끝점을 만든다. UDP에는 상태가 없다"};
inline constexpr Text recverr_starts{"asks to be told when an ICMP error answers",
                                     "ICMP 오류가 돌아오면 알려 달라고 커널에 부탁한다"};
inline constexpr Text pktinfo_starts{"asks which address each datagram was sent to",
                                     "데이터그램마다 어느 주소로 온 것인지 알려 달라고 한다"};
inline constexpr Text overflow_starts{"asks how many datagrams found the receive buffer full",
                                      "수신 버퍼가 가득 차 버려진 수를 알려 달라고 한다"};
inline constexpr Text bind_starts{"takes the address and port: that is all a UDP server needs",
                                  "주소와 포트를 차지한다. UDP 서버의 준비는 이것이 전부다"};
inline constexpr Text send_starts{"sends one datagram at once; no connection comes first",
                                  "데이터그램 하나를 바로 보낸다. 먼저 연결할 일이 없다"};
inline constexpr Text send_returns{"it has left; nobody will say whether it arrived",
                                   "떠났다. 도착했는지는 아무도 알려 주지 않는다"};
inline constexpr Text recv_starts{"blocks until one whole datagram arrives", "데이터그램 하나가 통째로 올 때까지 멈춰 기다린다"};
inline constexpr Text recv_returns{"one datagram, whole: UDP keeps message borders",
                                   "데이터그램 하나가 통째로 왔다. UDP는 메시지 경계를 지킨다"};
inline constexpr Text close_starts{"gives the socket back; nothing is sent, the peer learns nothing",
                                   "소켓을 돌려준다. 아무것도 보내지 않으니 상대는 모른다"};

}  // namespace echolab::udp::texts
