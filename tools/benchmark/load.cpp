// load: a client that waits for each answer before it asks again. Prints one number: how many a second.
//   load tcp  PORT CONNECTIONS SECONDS   exchanges of 64 bytes, one under way on each connection
//   load udp  PORT SOCKETS SECONDS       the same in datagrams; one without an answer is sent again after 200 ms
//   load new  PORT 1 SECONDS             connections: each is opened, used for one exchange and closed
//   load bulk PORT 1 SECONDS             megabytes echoed over one connection
//   load idle PORT CONNECTIONS SECONDS   connects and stays silent
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tools/benchmark/loopback.hpp"

namespace {

using namespace echolab::benchmark;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t message_size = 64;
constexpr milliseconds warm_up{300};   // not counted
constexpr milliseconds patience{200};  // for a datagram
using Message = std::array<char, message_size>;

/// Counts what happens between the end of the warm-up and the end.
class Stopwatch {
 public:
  explicit Stopwatch(double seconds)
      : end_(Clock::now() + warm_up +
             std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds))) {}

  bool runs() {
    now_ = Clock::now();
    if (!counting_ && now_ >= begin_) {
      counting_ = true;
      begin_ = now_;
      count_ = 0;
    }
    return now_ < end_;
  }
  void count(std::uint64_t more = 1) { count_ += more; }
  double rate() const { return static_cast<double>(count_) / std::chrono::duration<double>(now_ - begin_).count(); }
  Clock::time_point now() const { return now_; }

 private:
  Clock::time_point now_ = Clock::now(), begin_ = now_ + warm_up, end_;
  std::uint64_t count_ = 0;
  bool counting_ = false;
};

void send_message(int fd) {
  static constexpr Message message{};
  system_call("send", ::send(fd, message.data(), message.size(), 0));
}

/// The whole echo from a blocking stream.
void receive_message(int fd) {
  Message echo;
  if (system_call("recv", ::recv(fd, echo.data(), echo.size(), MSG_WAITALL)) != static_cast<ssize_t>(echo.size()))
    throw std::runtime_error("the server closed");
}

double one_stream(std::uint16_t port, Stopwatch watch) {
  const FileDescriptor socket = connected(SOCK_STREAM, port);
  for (; watch.runs(); watch.count()) {
    send_message(socket.get());
    receive_message(socket.get());
  }
  return watch.rate();
}

double one_by_one(std::uint16_t port, Stopwatch watch) {
  for (; watch.runs(); watch.count()) {
    const FileDescriptor socket = connected(SOCK_STREAM, port);
    send_message(socket.get());
    receive_message(socket.get());
    const linger reset{.l_onoff = 1, .l_linger = 0};  // no TIME_WAIT, or the ports would run out
    ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  }
  return watch.rate();
}

/// One exchange under way on each of many sockets.
class Crowd {
 public:
  Crowd(int type, std::uint16_t port, std::size_t size)
      : stream_(type == SOCK_STREAM), poller_(system_call("epoll_create1", ::epoll_create1(0))) {
    for (std::size_t i = 0; i < size; ++i) {
      Member& member = members_.emplace_back(Member{connected(type, port)});
      never_block(member.socket.get());
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      system_call("epoll_ctl", ::epoll_ctl(poller_.get(), EPOLL_CTL_ADD, member.socket.get(), &event));
    }
  }

  double run(Stopwatch watch) {
    for (Member& member : members_) ask(member, watch.now());
    auto looked = watch.now();
    while (watch.runs()) {
      std::array<epoll_event, 256> ready;
      const int count = ::epoll_wait(poller_.get(), ready.data(), ready.size(), 50);
      for (int i = 0; i < count; ++i) {
        Member& member = members_[ready[static_cast<std::size_t>(i)].data.u64];
        if (!answered(member)) continue;
        watch.count();
        ask(member, watch.now());
      }
      if (stream_ || watch.now() - looked < patience) continue;
      looked = watch.now();
      for (Member& member : members_)
        if (watch.now() - member.asked > patience) ask(member, watch.now());
    }
    return watch.rate();
  }

 private:
  struct Member {
    FileDescriptor socket;
    std::size_t missing = 0;  // bytes of the answer
    Clock::time_point asked{};
  };

  static void ask(Member& member, Clock::time_point now) {
    send_message(member.socket.get());
    member.missing = message_size;
    member.asked = now;
  }

  static bool answered(Member& member) {
    Message echo;
    const ssize_t size = ::recv(member.socket.get(), echo.data(), member.missing, 0);
    if (size == 0) throw std::runtime_error("the server closed");
    if (size > 0) member.missing -= static_cast<std::size_t>(size);
    return member.missing == 0;
  }

  bool stream_;
  FileDescriptor poller_;
  std::vector<Member> members_;
};

/// Sends while it receives; at most so much is under way as both ends' buffers take without waiting.
double bulk(std::uint16_t port, Stopwatch watch) {
  constexpr std::uint64_t most_under_way = 4 << 20;
  const FileDescriptor socket = connected(SOCK_STREAM, port);
  never_block(socket.get());
  std::vector<char> room(64 * 1024);
  std::uint64_t sent = 0, back = 0;
  while (watch.runs()) {
    const bool may_send = sent - back < most_under_way;
    const ssize_t out = may_send ? ::send(socket.get(), room.data(), room.size(), 0) : -1;
    const ssize_t in = ::recv(socket.get(), room.data(), room.size(), 0);
    if (in == 0) throw std::runtime_error("the server closed");
    if (out > 0) sent += static_cast<std::uint64_t>(out);
    if (in > 0) {
      back += static_cast<std::uint64_t>(in);
      watch.count(static_cast<std::uint64_t>(in));
    }
    if (out > 0 || in > 0) continue;
    pollfd waiting{
        .fd = socket.get(), .events = static_cast<short>(may_send ? POLLIN | POLLOUT : POLLIN), .revents = 0};
    ::poll(&waiting, 1, 100);
  }
  return watch.rate() / 1e6;
}

double idle(std::uint16_t port, std::size_t connections, double seconds) {
  std::vector<FileDescriptor> sockets;
  for (std::size_t i = 0; i < connections; ++i) sockets.push_back(connected(SOCK_STREAM, port));
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  return 0;
}

double measure(std::string_view mode, std::uint16_t port, std::size_t connections, double seconds) {
  if (mode == "idle") return idle(port, connections, seconds);
  if (mode == "new") return one_by_one(port, Stopwatch(seconds));
  if (mode == "bulk") return bulk(port, Stopwatch(seconds));
  if (mode == "tcp" && connections == 1) return one_stream(port, Stopwatch(seconds));
  Crowd crowd(mode == "udp" ? SOCK_DGRAM : SOCK_STREAM, port, connections);
  return crowd.run(Stopwatch(seconds));
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 5) return 2;
  take_all_descriptors();
  std::printf("%.0f\n", measure(argv[1], static_cast<std::uint16_t>(std::atoi(argv[2])),
                                static_cast<std::size_t>(std::atoi(argv[3])), std::atof(argv[4])));
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "load: %s\n", failure.what());
  return 1;
}
