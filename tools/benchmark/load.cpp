// load: a client that waits for each answer before it asks again. Prints one number: how many a second.
//   load tcp  PORT CONNECTIONS SECONDS   exchanges of 64 bytes, one under way on each connection
//   load udp  PORT SOCKETS SECONDS       the same in datagrams; one without an answer is sent again after 200 ms
//   load new  PORT 1 SECONDS             connections: each is opened, used for one exchange and closed
//   load bulk PORT 1 SECONDS             megabytes echoed over one connection
//   load idle PORT CONNECTIONS SECONDS   connects and stays silent
#include <chrono>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <vector>

#include "net/address.hpp"
#include "tools/benchmark/loopback.hpp"
#include "tools/load/bulk.hpp"
#include "tools/load/many_clients.hpp"

namespace {

using namespace echolab::benchmark;
namespace load = echolab::load;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using Seconds = std::chrono::duration<double>;

constexpr std::size_t message_size = 64;
constexpr milliseconds warm_up{300};  // not counted

double many(int type, std::uint16_t port, std::size_t clients, Seconds duration) {
  const auto result = load::run({.clients = clients,
                                 .size = message_size,
                                 .warm_up = warm_up,
                                 .duration = std::chrono::ceil<milliseconds>(duration),
                                 .again = true},
                                type, echolab::net::resolve("127.0.0.1", port));
  if (result.clients < clients) throw std::runtime_error("the server does not take them all");
  return static_cast<double>(result.answers) / Seconds(result.time).count();
}

double bulk(std::uint16_t port, Seconds duration) {
  constexpr milliseconds patience{200};
  const auto result = load::run_bulk(SOCK_STREAM, echolab::net::resolve("127.0.0.1", port),
                                     std::chrono::ceil<milliseconds>(duration), patience);
  return static_cast<double>(result.bytes_back) / Seconds(result.time).count() / 1e6;
}

void exchange(int fd) {
  char message[message_size]{};
  system_call("send", ::send(fd, message, sizeof message, 0));
  if (system_call("recv", ::recv(fd, message, sizeof message, MSG_WAITALL)) != sizeof message)
    throw std::runtime_error("the server closed");
}

double one_by_one(std::uint16_t port, Seconds duration) {
  const auto begin = Clock::now() + warm_up, end = begin + std::chrono::ceil<milliseconds>(duration);
  double count = 0;
  for (auto now = Clock::now(); now < end; now = Clock::now()) {
    const FileDescriptor socket = connected(SOCK_STREAM, port);
    exchange(socket.get());
    const linger reset{.l_onoff = 1, .l_linger = 0};  // no TIME_WAIT, or the ports would run out
    ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    if (now >= begin) ++count;
  }
  return count / Seconds(end - begin).count();
}

double idle(std::uint16_t port, std::size_t connections, Seconds duration) {
  std::vector<FileDescriptor> sockets;
  for (std::size_t i = 0; i < connections; ++i) sockets.push_back(connected(SOCK_STREAM, port));
  std::this_thread::sleep_for(duration);
  return 0;
}

double measure(std::string_view mode, std::uint16_t port, std::size_t connections, Seconds duration) {
  if (mode == "idle") return idle(port, connections, duration);
  if (mode == "new") return one_by_one(port, duration);
  if (mode == "bulk") return bulk(port, duration);
  return many(mode == "udp" ? SOCK_DGRAM : SOCK_STREAM, port, connections, duration);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 5) return 2;
  take_all_descriptors();
  std::printf("%.0f\n", measure(argv[1], static_cast<std::uint16_t>(std::atoi(argv[2])),
                                static_cast<std::size_t>(std::atoi(argv[3])), Seconds(std::atof(argv[4]))));
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "load: %s\n", failure.what());
  return 1;
}
