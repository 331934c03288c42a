// A network whose wire is played by the test: it takes what comes in and passes on what it likes.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <chrono>
#include <functional>
#include <stdexcept>
#include <vector>

#include "net/address.hpp"
#include "net/system_call.hpp"
#include "tools/lab/host/network.hpp"

namespace echolab::test {

using lab::Frame;
using lab::Host;

inline bool is_segment(const Frame& frame) { return std::holds_alternative<capture::Segment>(frame.decoded); }
inline bool is_datagram(const Frame& frame) { return std::holds_alternative<capture::Datagram>(frame.decoded); }

class TwoHosts {
 public:
  lab::Network network;
  std::vector<Frame> seen;  // everything that has come to the wire

  /// The next segment or datagram, from either host. What the hosts do to find each other, ARP and neighbour discovery,
  /// is passed on. Throws where none comes.
  Frame next() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < deadline) {
      for (const Host host : {Host::client, Host::server})
        while (auto frame = network.receive(host)) {
          if (is_segment(*frame) || is_datagram(*frame)) return std::move(*frame);
          pass(*frame);
          seen.push_back(std::move(*frame));
        }
      pollfd ends[] = {{.fd = network.wire_end(Host::client), .events = POLLIN, .revents = 0},
                       {.fd = network.wire_end(Host::server), .events = POLLIN, .revents = 0}};
      ::poll(ends, 2, 100);
    }
    throw std::runtime_error("no frame comes");
  }
  void pass(const Frame& frame) { network.transmit(capture::other(frame.from), frame.bytes); }
  /// The next frame, passed on.
  Frame pass_next() {
    Frame frame = next();
    pass(frame);
    return frame;
  }
  /// Passes on everything until `done`.
  void pass_until(const std::function<bool()>& done) {
    while (!done()) {
      for (const Host host : {Host::client, Host::server})
        while (auto frame = network.receive(host)) {
          pass(*frame);
          seen.push_back(std::move(*frame));
        }
      ::poll(nullptr, 0, 0);
    }
  }

  /// A nonblocking socket on the host.
  net::FileDescriptor socket(Host host, int type, bool v6 = false) {
    net::FileDescriptor fd;
    network.on_host(host, [&] {
      fd = net::FileDescriptor(
          net::system_call("socket", ::socket(v6 ? AF_INET6 : AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)));
    });
    return fd;
  }
  /// One that is bound to the host's own address.
  net::FileDescriptor bound(Host host, int type, bool v6 = false) {
    auto fd = socket(host, type, v6);
    const auto address = address_of(host, 0, v6);
    net::system_call("bind", ::bind(fd.get(), address.data(), address.size()));
    return fd;
  }
  static net::Address address_of(Host host, std::uint16_t port, bool v6 = false) {
    const auto address = lab::address_of(host);
    return net::resolve(v6 ? address.v6 : address.v4, port);
  }
};

}  // namespace echolab::test
