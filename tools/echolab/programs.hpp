// What `echolab NAME` can start. Without anything else that is installed, so that no other program's name is taken.
#pragma once

#include <array>
#include <string_view>

#include "net/text.hpp"

namespace echolab {

struct Part {
  std::string_view name;
  Text what;
  bool script = false;
};

inline constexpr auto parts = std::to_array<Part>({
    {"capture", {"The sniffer: every packet with both ends' states", "스니퍼: 패킷마다 양쪽 끝의 상태를 보여 주기"}},
    {"lab", {"Two hosts and a wire in your hand", "두 호스트와 마음대로 다루는 와이어"}},
    {"compare", {"TCP and UDP on the same work, side by side", "같은 일을 하는 TCP와 UDP를 나란히 재기"}},
    {"tcp_server", {"The echo server over TCP", "TCP 에코 서버"}},
    {"tcp_client", {"Its client", "TCP 에코 클라이언트"}},
    {"udp_server", {"The echo server over UDP", "UDP 에코 서버"}},
    {"udp_client", {"Its client", "UDP 에코 클라이언트"}},
    {"by_hand", {"TCP by hand, past the kernel (the lab starts it)", "커널 없이 손으로 하는 TCP (lab이 실행합니다)"}},
    {"session_server", {"Where the state of a session lives", "세션의 상태를 어디에 둘지 고르는 서버"}},
    {"session_client", {"Its client, and what attacks it", "그 클라이언트. 서버를 공격해 보기도 합니다"}},
    {"shell",
     {"A private network in which capturing needs no root", "root 없이 캡처할 수 있는 전용 네트워크의 셸"},
     true},
    {"demo", {"TCP and UDP in a minute", "TCP와 UDP를 1분 만에 보기"}, true},
});

}  // namespace echolab
