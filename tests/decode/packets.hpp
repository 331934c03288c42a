// The headers that the decode tests are built of. Every one is right; a test spoils what it is about.
#pragma once

#include "tests/support/bytes.hpp"

namespace echolab::test {

inline const Bytes ethernet_ipv4 = bytes(R"(
  02 00 00 00 00 02  02 00 00 00 00 01  # destination, source
  08 00                                 # EtherType: IPv4
)");
inline const Bytes ethernet_ipv6 = with(ethernet_ipv4, 12, "86 dd");

inline const Bytes ipv4_tcp = bytes(R"(
  45 00 00 2d   # version 4, IHL 5; total length 45 = 20 + 20 + 5
  12 34 40 00   # identification; don't fragment, offset 0
  40 06 00 00   # TTL 64, TCP; checksum
  0a 00 00 01   # 10.0.0.1
  0a 00 00 02   # 10.0.0.2
)");
inline const Bytes ipv4_udp = with(with(ipv4_tcp, 2, "00 21"), 9, "11");  // total length 33 = 20 + 8 + 5

inline const Bytes ipv6_tcp = bytes(R"(
  60 00 00 00   # version 6
  00 19 06 40   # payload length 25 = 20 + 5; TCP; hop limit 64
  20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01  # 2001:db8::1
  20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 02  # 2001:db8::2
)");
inline const Bytes ipv6_udp = with(ipv6_tcp, 5, "0d 11");  // payload length 13 = 8 + 5

inline const Bytes tcp = bytes(R"(
  9a 1e 23 28   # ports 39454 and 9000
  00 00 03 e8   # sequence number 1000
  00 00 07 d0   # acknowledgment number 2000
  50 18 02 00   # data offset 5; ACK, PSH; window 512
  00 00 00 00   # checksum; urgent pointer
)");
inline const Bytes udp = bytes(R"(
  9a 1e 23 28   # ports 39454 and 9000
  00 0d 00 00   # length 13 = 8 + 5; checksum
)");
inline const Bytes hello = bytes("68 65 6c 6c 6f");

inline const Bytes tcp4 = ipv4_tcp + tcp + hello;  // 45 bytes
inline const Bytes udp4 = ipv4_udp + udp + hello;  // 33 bytes
inline const Bytes tcp6 = ipv6_tcp + tcp + hello;  // 65 bytes
inline const Bytes udp6 = ipv6_udp + udp + hello;  // 53 bytes

inline constexpr auto tcp4_said = "tcp 10.0.0.1:39454 > 10.0.0.2:9000 P. 1000:1005(5) ack 2000";
inline constexpr auto udp4_said = "udp 10.0.0.1:39454 > 10.0.0.2:9000 UDP 5";
inline constexpr auto tcp6_said = "tcp [2001:db8::1]:39454 > [2001:db8::2]:9000 P. 1000:1005(5) ack 2000";
inline constexpr auto udp6_said = "udp [2001:db8::1]:39454 > [2001:db8::2]:9000 UDP 5";

/// What is left where a packet was cut behind `count` bytes.
inline Bytes first(const Bytes& packet, std::size_t count) {
  return {packet.begin(), packet.begin() + static_cast<long>(count)};
}

}  // namespace echolab::test
