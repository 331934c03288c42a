// A yardstick: the barest TCP echo server with epoll. No log, no states, no limits, no receipt.
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <map>
#include <string>

#include "tools/benchmark/loopback.hpp"

namespace {

using namespace echolab::benchmark;

std::array<char, 64 * 1024> room;   // as tcp_server has
std::map<int, std::string> unsent;  // of clients that read too slowly
int poller = -1;

void watch(int operation, int fd, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  system_call("epoll_ctl", ::epoll_ctl(poller, operation, fd, &event));
}

void welcome(int listener) {
  const int client = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
  if (client < 0) return;
  echolab::net::set_option(client, IPPROTO_TCP, TCP_NODELAY, 1);
  watch(EPOLL_CTL_ADD, client, EPOLLIN);
}

/// False: the client has gone.
bool send_rest(int client, std::string& rest) {
  const ssize_t sent = ::write(client, rest.data(), rest.size());
  if (sent < 0) return errno == EAGAIN;
  rest.erase(0, static_cast<std::size_t>(sent));
  if (!rest.empty()) return true;
  unsent.erase(client);
  watch(EPOLL_CTL_MOD, client, EPOLLIN);
  return true;
}

bool echo(int client) {
  if (const auto rest = unsent.find(client); !unsent.empty() && rest != unsent.end())
    return send_rest(client, rest->second);
  const ssize_t size = ::read(client, room.data(), room.size());
  if (size <= 0) return size < 0 && errno == EAGAIN;
  const ssize_t sent = ::write(client, room.data(), static_cast<std::size_t>(size));
  if (sent == size) return true;
  if (sent < 0 && errno != EAGAIN) return false;
  const ssize_t from = sent < 0 ? 0 : sent;
  unsent[client].assign(room.data() + from, static_cast<std::size_t>(size - from));
  watch(EPOLL_CTL_MOD, client, EPOLLOUT);
  return true;
}

}  // namespace

int main() {
  std::signal(SIGPIPE, SIG_IGN);
  take_all_descriptors();
  const FileDescriptor listener = bound(SOCK_STREAM);
  never_block(listener.get());
  system_call("listen", ::listen(listener.get(), 4096));
  poller = system_call("epoll_create1", ::epoll_create1(0));
  watch(EPOLL_CTL_ADD, listener.get(), EPOLLIN);
  std::array<epoll_event, 256> ready;  // as tcp_server has
  while (true) {
    const int count = ::epoll_wait(poller, ready.data(), ready.size(), -1);
    for (int i = 0; i < count; ++i) {
      const int fd = ready[static_cast<std::size_t>(i)].data.fd;
      if (fd == listener.get()) {
        welcome(fd);
      } else if (!echo(fd)) {
        unsent.erase(fd);
        ::close(fd);
      }
    }
  }
}
