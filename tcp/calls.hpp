// How the log tells each call of a TCP socket: its arguments, and half a sentence each for what it does and what its
// return means.
#pragma once

#include <netinet/in.h>

#include "net/call_log.hpp"
#include "tcp/kernel_state.hpp"

namespace echolab::tcp::calls {

using net::Call;

inline Call socket(int family) {
  return {.name = "socket",
          .detail = family == AF_INET6 ? "AF_INET6, SOCK_STREAM" : "AF_INET, SOCK_STREAM",
          .starts = {"an endpoint, CLOSED; nothing is sent",
                     "CLOSED 상태의 끝점을 만듭니다. 아직 아무것도 보내지 않습니다"}};
}
inline Call reuse_address(int fd) {
  return {.name = "setsockopt",
          .fd = fd,
          .detail = "SO_REUSEADDR",
          .starts = {"may bind despite old TIME_WAITs", "TIME_WAIT가 남아 있어도 bind 허용"}};
}
inline Call no_delay(int fd) {
  return {.name = "setsockopt",
          .fd = fd,
          .detail = "TCP_NODELAY",
          .starts = {"small pieces go at once (no Nagle)", "작은 조각도 바로 보냅니다(Nagle 끔)"}};
}
inline Call bind(int fd, const net::Address& address) {
  return {.name = "bind",
          .fd = fd,
          .address = &address,
          .starts = {"takes the address and port", "주소와 포트를 차지합니다"}};
}
inline Call listen(int fd) {
  return {.name = "listen",
          .fd = fd,
          .starts = {"CLOSED -> LISTEN: the kernel now answers SYNs by itself",
                     "CLOSED -> LISTEN. 이제 SYN에는 커널이 답합니다"},
          .kernel_state = kernel_state};
}
inline Call accept(int fd) {
  return {.name = "accept",
          .fd = fd,
          .starts = {"takes a connection that the kernel has finished", "커널이 핸드셰이크를 끝낸 연결을 넘겨받습니다"},
          .returns = {"a new socket for this one client", "이 클라이언트만을 위한 새 소켓"}};
}
inline Call connect(int fd, const net::Address& server) {
  return {.name = "connect",
          .fd = fd,
          .address = &server,
          .starts = {"blocks until the handshake ends", "핸드셰이크가 끝나야 돌아옵니다"},
          .returns = {"the handshake is done: both sides may send",
                      "핸드셰이크가 끝났습니다. 이제 양쪽 모두 보낼 수 있습니다"},
          .kernel_state = kernel_state};
}
inline Call send(int fd, std::span<const std::byte> bytes) {
  return {.name = "send",
          .fd = fd,
          .data = bytes,
          .carries_data = true,
          .starts = {"hands the bytes to the kernel, to be cut in segments",
                     "커널에 맡깁니다. 세그먼트로 나누는 일은 커널이 합니다"},
          .returns = {"the kernel took them; it does not say that they arrived",
                      "커널이 받아 두었다는 뜻이지, 도착했다는 뜻은 아닙니다"},
          .kernel_state = kernel_state};
}
inline Call receive(int fd, bool blocks) {
  return {.name = "recv",
          .fd = fd,
          .carries_data = true,
          .starts = blocks ? Text{"blocks until bytes arrive, or the peer's FIN",
                                  "바이트나 상대의 FIN이 올 때까지 기다립니다(블로킹)"}
                           : Text{"takes what has arrived", "도착해 있는 것을 가져옵니다"},
          .returns = {"what was there: a stream has no message borders",
                      "와 있던 만큼입니다. 스트림에는 메시지 경계가 없습니다"},
          .kernel_state = kernel_state};
}
inline constexpr Text end_of_stream{"0 bytes: the peer's FIN, it will send no more",
                                    "0바이트는 상대의 FIN입니다. 더 보내지 않겠다는 뜻입니다"};
inline Call shutdown_send(int fd) {
  return {.name = "shutdown",
          .fd = fd,
          .detail = "SHUT_WR",
          .starts = {"sends FIN: we send no more, but read on", "FIN을 보냅니다. 더 보내지 않지만 읽기는 합니다"},
          .kernel_state = kernel_state};
}
inline Call close(int fd) {
  return {
      .name = "close",
      .fd = fd,
      .starts = {"gives the socket back; the kernel does the rest", "소켓을 돌려줍니다. 나머지 종료는 커널이 합니다"}};
}

}  // namespace echolab::tcp::calls
