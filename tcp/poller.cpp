#include "tcp/poller.hpp"

#include <utility>

#include "net/system_call.hpp"

namespace echolab::tcp {

using net::system_call;

Poller::Poller() : epoll_(system_call("epoll_create1", ::epoll_create1(EPOLL_CLOEXEC))) {}

void Poller::add(int fd, std::uint32_t events, void* owner) { control(EPOLL_CTL_ADD, fd, events, owner); }
void Poller::change(int fd, std::uint32_t events, void* owner) { control(EPOLL_CTL_MOD, fd, events, owner); }
void Poller::remove(int fd) { control(EPOLL_CTL_DEL, fd, 0, nullptr); }

void Poller::control(int operation, int fd, std::uint32_t events, void* owner) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = owner;
  system_call("epoll_ctl", ::epoll_ctl(epoll_.get(), operation, fd, &event));
}

std::span<const epoll_event> Poller::wait(std::chrono::milliseconds timeout) {
  // Interrupted, also by SIGSTOP and SIGCONT, it looks once more and no longer waits: the caller looks at the clock.
  int patience = static_cast<int>(timeout.count());
  const int count = net::uninterrupted([&] {
    return ::epoll_wait(epoll_.get(), ready_.data(), static_cast<int>(ready_.size()), std::exchange(patience, 0));
  });
  return std::span(ready_).first(static_cast<std::size_t>(system_call("epoll_wait", count)));
}

}  // namespace echolab::tcp
