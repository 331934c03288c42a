// A bare socket for tests that must misbehave in ways the programs never do.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <stdexcept>
#include <string>

#include "net/address.hpp"
#include "net/file_descriptor.hpp"

namespace echolab::test {

inline net::FileDescriptor bound_socket(int type, const std::string& host = "127.0.0.1", std::uint16_t port = 0) {
  const net::Address address = net::resolve(host, port);
  net::FileDescriptor fd(::socket(address.family(), type | SOCK_CLOEXEC, 0));
  if (::bind(fd.get(), address.data(), address.size()) < 0) throw std::runtime_error("bind");
  return fd;
}

inline std::string port_of(const net::FileDescriptor& fd) {
  return std::to_string(net::local_address(fd.get()).port());
}

inline net::FileDescriptor connected_to(const std::string& port, const std::string& host = "127.0.0.1") {
  const net::Address server = net::resolve(host, static_cast<std::uint16_t>(std::stoi(port)));
  net::FileDescriptor fd(::socket(server.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (::connect(fd.get(), server.data(), server.size()) < 0) throw std::runtime_error("connect");
  return fd;
}

/// Reads until the end, or an error.
inline std::string read_all(int fd) {
  std::string all;
  char room[65536];
  for (ssize_t size; (size = ::recv(fd, room, sizeof room, 0)) > 0;) all.append(room, static_cast<std::size_t>(size));
  return all;
}

}  // namespace echolab::test
