// How the log tells each call of a UDP socket: its arguments, and half a sentence each for what it does and what its
// return means.
#pragma once

#include <netinet/in.h>

#include "net/call_log.hpp"

namespace echolab::udp::calls {

using net::Call;

inline Call socket(int family) {
  return {.name = "socket",
          .detail = family == AF_INET6 ? "AF_INET6, SOCK_DGRAM" : "AF_INET, SOCK_DGRAM",
          .starts = {"an endpoint; UDP has no states", "끝점을 만듭니다. UDP에는 상태가 없습니다"}};
}
inline Call report_errors(int fd, int family) {
  return {.name = "setsockopt",
          .fd = fd,
          .detail = family == AF_INET6 ? "IPV6_RECVERR" : "IP_RECVERR",
          .starts = {"asks to be told of ICMP errors", "ICMP 오류가 오면 알려 달라고 합니다"}};
}
inline Call report_destination(int fd, int family) {
  return {.name = "setsockopt",
          .fd = fd,
          .detail = family == AF_INET6 ? "IPV6_RECVPKTINFO" : "IP_PKTINFO",
          .starts = {"asks where each datagram was sent", "어느 주소로 온 것인지 알려 달라고 합니다"}};
}
inline Call bind(int fd, const net::Address& address) {
  return {.name = "bind",
          .fd = fd,
          .address = &address,
          .starts = {"takes the port: all that a UDP server needs",
                     "포트를 차지합니다. UDP 서버의 준비는 이게 전부입니다"}};
}
/// `from_address`: sendmsg chooses the address that it leaves from.
inline Call send_to(int fd, const net::Address& peer, std::span<const std::byte> bytes, bool from_address) {
  return {.name = from_address ? "sendmsg" : "sendto",
          .fd = fd,
          .address = &peer,
          .data = bytes,
          .carries_data = true,
          .starts = {"sends one datagram at once; no connection comes first",
                     "데이터그램 하나를 바로 보냅니다. 먼저 연결할 필요가 없습니다"},
          .returns = {"it has left; nobody will say whether it arrived",
                      "떠났습니다. 도착했는지는 아무도 알려 주지 않습니다"}};
}
/// `with_destination`: recvmsg tells the address that it was sent to.
inline Call receive_from(int fd, bool with_destination) {
  return {
      .name = with_destination ? "recvmsg" : "recvfrom",
      .fd = fd,
      .carries_data = true,
      .starts = {"blocks until one whole datagram arrives", "데이터그램 하나가 통째로 올 때까지 기다립니다(블로킹)"},
      .returns = {"one datagram, whole: UDP keeps message borders",
                  "데이터그램 하나가 통째로 왔습니다. UDP는 메시지 경계를 지킵니다"}};
}
inline Call close(int fd) {
  return {
      .name = "close",
      .fd = fd,
      .starts = {"gives the socket back; the peer learns nothing", "소켓을 돌려줍니다. 상대에게 알릴 것이 없습니다"}};
}

}  // namespace echolab::udp::calls
