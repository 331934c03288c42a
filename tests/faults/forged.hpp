// A datagram whose source is a lie. It needs a network of the test's own.
#pragma once

#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include <cstring>
#include <string>

#include "net/address.hpp"
#include "net/file_descriptor.hpp"

namespace echolab::test {

inline sockaddr_in ipv4(const std::string& host, const std::string& port) {
  sockaddr_in result{};
  std::memcpy(&result, net::resolve(host, static_cast<std::uint16_t>(std::stoi(port))).data(), sizeof result);
  return result;
}

/// RFC 768: a checksum of 0 is none.
inline bool send_forged(const sockaddr_in& from, const sockaddr_in& to) {
  struct {
    iphdr ip;
    udphdr udp;
    char payload[4];
  } packet{};
  packet.ip.version = 4;
  packet.ip.ihl = 5;
  packet.ip.ttl = 64;
  packet.ip.protocol = IPPROTO_UDP;
  packet.ip.tot_len = htons(sizeof packet);
  packet.ip.saddr = from.sin_addr.s_addr;
  packet.ip.daddr = to.sin_addr.s_addr;
  packet.udp.source = from.sin_port;
  packet.udp.dest = to.sin_port;
  packet.udp.len = htons(sizeof packet.udp + sizeof packet.payload);
  const net::FileDescriptor raw(::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW));
  return ::sendto(raw.get(), &packet, sizeof packet, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to) ==
         sizeof packet;
}

}  // namespace echolab::test
