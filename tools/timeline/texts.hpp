// The sentences of the timeline, in both languages. {0}, {1} ... are filled in by fmt.
#pragma once

#include "net/text.hpp"

namespace echolab::timeline::texts {

// What the story says of itself.
inline constexpr Text if_it_arrived{"if it arrived", "도착했다면"};
inline constexpr Text kernel_says{"kernel (TCP_INFO): {0}", "커널이 알려 주는 이 소켓의 상태(TCP_INFO): {0}"};
inline constexpr Text at_the_end{"at the end: client {0}, server {1}", "마지막 상태: client {0}, server {1}"};
inline constexpr Text time_wait{
    "TIME_WAIT stays 60 s in the kernel, in case the last ACK was lost and the FIN comes again",
    "TIME_WAIT는 커널에 60초 동안 남습니다. 마지막 ACK를 잃어 FIN이 다시 올 때를 위해서입니다"};
inline constexpr Text udp_has_no_states{
    "UDP has no states: no handshake, no memory of the peer, nothing to close. What follows is just datagrams",
    "UDP에는 상태가 없습니다. 핸드셰이크도, 상대에 대한 기억도, 닫을 것도 없습니다. 아래는 그저 데이터그램들입니다"};
inline constexpr Text folded{"... {0} more calls and {1} more packets like these",
                             "... 비슷한 호출 {0}번, 패킷 {1}개는 줄였습니다"};
inline constexpr Text packets_lost{"the sniffer missed {0} packets: the states after them are unsure",
                                   "스니퍼가 패킷 {0}개를 놓쳤습니다. 그 뒤의 상태는 확실하지 않습니다"};

// Where states cannot come from packets.
inline constexpr Text fallback_tcp{
    "no states from packets: {0}. Instead each call is followed by what the kernel says of its own socket (TCP_INFO). "
    "It cannot show the peer, nor SYN_RECEIVED. For all states: {2}, or sudo {1}",
    "패킷에서 상태를 읽을 수 없습니다({0}). 대신 호출이 끝날 때마다 커널이 알려 주는 소켓의 상태(TCP_INFO)를 보여 줍니다. "
    "상대의 상태와 SYN_RECEIVED는 이렇게 볼 수 없습니다. 모두 보려면 {2} 안에서, 또는 sudo {1}"};
inline constexpr Text fallback_udp{"packets are not shown: {0}. To see them: {2}, or sudo {1}",
                                   "패킷을 보여 줄 수 없습니다({0}). 보려면 {2} 안에서, 또는 sudo {1}"};
inline constexpr Text no_permission{"capturing is not allowed here", "여기서는 캡처할 권한이 없습니다"};

// What an error of a call means; half a sentence beside the call.
inline constexpr Text in_use{"another program has this port", "다른 프로그램이 이미 이 포트를 쓰고 있습니다"};
inline constexpr Text low_port{"ports below 1024 need a right", "1024보다 작은 포트를 쓸 권한이 없습니다"};
inline constexpr Text refused{"the host answered RST: nobody listens on that port",
                              "상대 호스트가 RST로 답했습니다. 그 포트에서 연결을 기다리는 프로그램이 없습니다"};
inline constexpr Text unreachable_port{"an ICMP port-unreachable came back: nobody has that port",
                                       "ICMP port unreachable이 돌아왔습니다. 그 포트를 쓰는 프로그램이 없습니다"};
inline constexpr Text icmp{"an ICMP error: {1}, says {0}", "ICMP 오류: {1} (알려 온 곳: {0})"};
inline constexpr Text own_kernel{"our own kernel refuses: nothing was sent",
                                 "우리 커널이 거절했습니다. 아무것도 보내지 않았습니다"};
inline constexpr Text timed_out{"no answer in the time allowed", "정해진 시간 안에 답이 없습니다"};
inline constexpr Text nothing_came{"nothing came in the time allowed", "정해진 시간 안에 온 것이 없습니다"};
inline constexpr Text no_room{"the kernel's buffer is full: no room now",
                              "커널의 버퍼가 가득 차서 지금은 자리가 없습니다"};
inline constexpr Text reset{"the peer sent RST: the connection is gone",
                            "상대가 RST를 보냈습니다. 연결이 끊어졌습니다"};
inline constexpr Text no_way{"there is no route to that address", "그 주소로 가는 경로가 없습니다"};
inline constexpr Text broken_pipe{"the connection is closed: nothing can be sent any more",
                                  "연결이 닫혀 더는 보낼 수 없습니다"};
inline constexpr Text too_large{"larger than one UDP datagram can be", "UDP 데이터그램 하나에 담을 수 없는 크기입니다"};

}  // namespace echolab::timeline::texts
