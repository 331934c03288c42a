// Sockets on 127.0.0.1 for the yardsticks and the load: the system's calls as they are.
#pragma once

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cstdint>
#include <cstdio>

#include "net/file_descriptor.hpp"
#include "net/option.hpp"
#include "net/system_call.hpp"

namespace echolab::benchmark {

using net::FileDescriptor;
using net::system_call;

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// A socket bound to a port that the kernel chooses, which is printed as the servers print theirs.
inline FileDescriptor bound(int type) {
  FileDescriptor socket(system_call("socket", ::socket(AF_INET, type, 0)));
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  system_call("bind", ::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), size));
  system_call("getsockname", ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size));
  std::printf("127.0.0.1:%u\n", static_cast<unsigned>(ntohs(address.sin_port)));
  std::fflush(stdout);
  return socket;
}

inline FileDescriptor connected(int type, std::uint16_t port) {
  FileDescriptor socket(system_call("socket", ::socket(AF_INET, type, 0)));
  const sockaddr_in address = loopback(port);
  system_call("connect", ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address));
  if (type == SOCK_STREAM) net::set_option(socket.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  return socket;
}

inline void never_block(int fd) { system_call("fcntl", ::fcntl(fd, F_SETFL, O_NONBLOCK)); }

/// As many descriptors as we may have: one a connection.
inline void take_all_descriptors() {
  rlimit limit{};
  system_call("getrlimit", ::getrlimit(RLIMIT_NOFILE, &limit));
  limit.rlim_cur = limit.rlim_max;
  system_call("setrlimit", ::setrlimit(RLIMIT_NOFILE, &limit));
}

}  // namespace echolab::benchmark
