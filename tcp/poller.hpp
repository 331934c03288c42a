// epoll: one thread waits for many sockets at once. Level-triggered: what is not finished is reported again.
// udp/ has no such file: one UDP socket hears all clients.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <span>

#include "net/file_descriptor.hpp"

namespace echolab::tcp {

class Poller {
 public:
  Poller();

  /// `events`: EPOLLIN, EPOLLOUT. `owner` comes back with each event, in `data.ptr`.
  void add(int fd, std::uint32_t events, void* owner);
  void change(int fd, std::uint32_t events, void* owner);
  void remove(int fd);

  /// The sockets that are ready; none when `timeout` has passed. Throws net::Stopped.
  std::span<const epoll_event> wait(std::chrono::milliseconds timeout);

 private:
  void control(int operation, int fd, std::uint32_t events, void* owner);

  net::FileDescriptor epoll_;
  std::array<epoll_event, 256> ready_{};
};

}  // namespace echolab::tcp
