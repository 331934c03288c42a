// What the TCP pair has to say.
#pragma once

#include "net/text.hpp"

namespace echolab::tcp::texts {

// What the client has to say. {0}, {1} ... are filled in by fmt.
inline constexpr Text type_a_line{"type a line and press Enter; Ctrl-D ends",
                                  "한 줄을 입력하고 Enter를 누르세요. Ctrl-D를 누르면 끝납니다"};
inline constexpr Text closed_early{"server closed after {0} of {1} bytes",
                                   "서버가 {1}바이트 가운데 {0}바이트만 돌려주고 연결을 닫았습니다"};
inline constexpr Text closed_unasked{
    "server closed the connection; echolab's server does so with clients silent for its --idle-timeout",
    "서버가 먼저 연결을 닫았습니다. echolab의 서버는 --idle-timeout 동안 조용한 클라이언트를 닫습니다"};
inline constexpr Text silent_program{"no echo from {0} in {1} s. Its kernel took the bytes; its program is silent",
                                     "{0}: {1}초 동안 에코가 없습니다. 커널은 바이트를 받았는데 프로그램이 조용합니다"};
inline constexpr Text silent_host{
    "no echo from {0} in {1} s, and its host has not acknowledged all bytes: the host is gone, or packets are lost",
    "{0}: {1}초 동안 에코가 없고, 보낸 바이트를 다 받았다는 ACK도 없습니다. 호스트가 사라졌거나 패킷을 잃고 있습니다"};
inline constexpr Text silent_way{
    "no echo from {0} in {1} s, and its host has not acknowledged all bytes: an ICMP error came instead ({2}). TCP goes "
    "on trying all the same, for the way may come back (RFC 1122, 4.2.3.9). Where it breaks: tracepath -n",
    "{0}: {1}초 동안 에코가 없고, 보낸 바이트를 다 받았다는 ACK도 없습니다. 대신 ICMP 오류가 왔습니다({2}). 그래도 TCP는 길이 "
    "다시 열릴 때를 위해 재전송을 계속합니다(RFC 1122, 4.2.3.9). 어디에서 끊겼는지 확인: tracepath -n"};
inline constexpr Text stays_open{"{0} has not closed its direction in {1} s after our FIN: its program is silent",
                                 "{0}: FIN을 보내고 {1}초가 지났는데 반대 방향을 닫지 않습니다. 프로그램이 조용합니다"};
inline constexpr Text differs{"the answer is not what was sent: is this an echo server?",
                              "보낸 것과 다른 답이 왔습니다. 에코 서버가 맞나요?"};
inline constexpr Text unasked{
    "the server sent {0} bytes that are not an echo, counted but not shown: is this an echo server?",
    "서버가 에코가 아닌 {0}바이트를 더 보냈습니다. 세기만 하고 보여 주지 않습니다. 에코 서버가 "
    "맞나요?"};
inline constexpr Text receipt{"messages {0}, bytes sent {1}, bytes back {2}",
                              "메시지 {0}개, 보낸 바이트 {1}, 돌아온 바이트 {2}"};
inline constexpr Text outstanding{"; outstanding at the end: the echo of {0} bytes",
                                  ". 끝날 때까지 돌아오지 않은 에코: {0}바이트"};

// What the server has to say.
inline constexpr Text listening{"tcp_server: listening on {0}", "tcp_server: {0}에서 기다립니다"};
inline constexpr Text reachable{
    "{0} can be reached from other machines; everybody may use this server. Only here: --bind 127.0.0.1",
    "다른 컴퓨터에서도 닿는 주소입니다: {0}. 누구나 이 서버를 쓸 수 있습니다. 이 컴퓨터에서만 쓰려면 --bind 127.0.0.1"};
inline constexpr Text no_more_files{
    "no file descriptor is left for another client (ulimit -n): new ones wait until one goes",
    "새 클라이언트에게 줄 파일 디스크립터가 없습니다(ulimit -n). 누군가 떠날 때까지 기다리게 합니다"};
inline constexpr Text full{
    "full ({0} clients): for each new one, the one silent the longest has to go. More: --max-clients N",
    "가득 찼습니다(클라이언트 {0}개). 새 클라이언트가 오면 가장 오래 조용했던 클라이언트를 내보냅니다. 한도를 "
    "늘리려면 --max-clients N"};
inline constexpr Text idle{"{0} was silent for too long: closed", "{0}: 너무 오래 조용해서 닫습니다"};
inline constexpr Text made_room{"{0} was silent the longest: closed, to make room for another",
                                "{0}: 가장 오래 조용했으므로 다른 클라이언트를 위해 닫습니다"};
inline constexpr Text served{"clients {0}, bytes in {1}, bytes out {2}",
                             "클라이언트 {0}개, 받은 바이트 {1}, 보낸 바이트 {2}"};
inline constexpr Text kept_head{
    "What TCP made this server keep for each client while it was here:\n"
    "  1 file descriptor, {0} bytes here, up to {1} bytes of unsent echo,\n"
    "  and in the kernel a socket of {2} bytes with its queues and timers",
    "TCP 때문에 이 서버가 클라이언트마다 (연결되어 있는 동안) 유지한 것:\n"
    "  파일 디스크립터 1개, 여기 {0}바이트, 못 보낸 에코 최대 {1}바이트,\n"
    "  그리고 커널에 {2}바이트짜리 소켓과 그 큐, 타이머"};
inline constexpr Text kept_row{"  {0}  fd {1}  in {2}  out {3}  unsent at most {4}{5}",
                               "  {0}  fd {1}  받음 {2}  보냄 {3}  못 보낸 최대 {4}{5}"};
inline constexpr Text still_here{"  (still here)", "  (아직 있음)"};
inline constexpr Text more_rows{"  ... and {0} more", "  ... 그 밖에 {0}개"};

}  // namespace echolab::tcp::texts
