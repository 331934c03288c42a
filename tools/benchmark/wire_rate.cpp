// How fast the lab's wire is without rules. `wire_rate` prints what it adds to a frame, in microseconds (the median
// from the kernel's stamp of the arrival to the frame's way out, over exchanges of one datagram each way), and how many
// frames of 100 bytes a second it carries when one host sends without a pause.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "net/call_log.hpp"
#include "net/system_call.hpp"
#include "tools/lab/host/network.hpp"
#include "tools/lab/story/inference.hpp"
#include "tools/lab/wire/wire.hpp"

namespace {

using namespace echolab;       // NOLINT: a main reads better
using namespace echolab::lab;  // NOLINT
using namespace std::chrono_literals;

constexpr std::uint16_t port = 7000;
constexpr int most_at_once = 1024;  // frames of a host: it may send faster than we carry

net::FileDescriptor udp_socket() {
  return net::FileDescriptor(net::system_call("socket", ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)));
}

sockaddr_in server_address() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  ::inet_pton(AF_INET, address_of(Host::server).v4.c_str(), &address.sin_addr);
  return address;
}

/// On the client: sends without a pause, or waits for the answer to each.
[[noreturn]] void send_for_ever(bool wait) {
  const auto socket = udp_socket();
  const sockaddr_in to = server_address();
  net::system_call("connect", ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to));
  const timeval patience{.tv_sec = 0, .tv_usec = 50'000};  // a datagram may be lost while the server is still starting
  net::system_call("setsockopt", ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience));
  char bytes[58] = {};  // with the headers of UDP, IPv4 and Ethernet 100
  for (;;) {
    ::send(socket.get(), bytes, sizeof bytes, 0);
    if (wait) ::recv(socket.get(), bytes, sizeof bytes, 0);
  }
}

/// On the server.
[[noreturn]] void echo_for_ever() {
  const auto socket = udp_socket();
  const sockaddr_in here = server_address();
  net::system_call("bind", ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here));
  char bytes[2048];
  for (;;) {
    sockaddr_in from{};
    socklen_t size = sizeof from;
    const auto count = ::recvfrom(socket.get(), bytes, sizeof bytes, 0, reinterpret_cast<sockaddr*>(&from), &size);
    if (count >= 0)
      ::sendto(socket.get(), bytes, static_cast<std::size_t>(count), 0, reinterpret_cast<sockaddr*>(&from), size);
  }
}

struct Result {
  std::vector<double> added;  // microseconds, a frame each
  double seconds = 0;
};

/// Carries what comes, as the lab does, for so long.
Result carry(Network& network, std::chrono::milliseconds length) {
  Wire wire(Policy({}, {}), false);
  Inference inference;
  Result result;
  std::uint64_t frames = 0;
  const auto begin = std::chrono::steady_clock::now();
  auto now = begin;
  for (; now - begin < length; now = std::chrono::steady_clock::now()) {
    pollfd ends[] = {{network.wire_end(Host::client), POLLIN, 0}, {network.wire_end(Host::server), POLLIN, 0}};
    ::poll(ends, 2, 10);
    for (const Host host : {Host::client, Host::server}) {
      for (int i = 0; i < most_at_once; ++i) {
        auto frame = network.receive(host);
        if (!frame) break;
        frame->number = ++frames;
        inference.sent(*frame);
        wire.take(std::move(*frame));
        while (const auto passage = wire.next(net::wall_clock())) {
          network.transmit(other(passage->frame->from), passage->frame->bytes);
          inference.delivered(*passage->frame, net::wall_clock());
          result.added.push_back(
              std::chrono::duration<double, std::micro>(net::wall_clock() - passage->frame->arrived).count());
          inference.forget(passage->frame->number);
        }
      }
    }
  }
  result.seconds = std::chrono::duration<double>(now - begin).count();
  return result;
}

int measure(const std::string& self) {
  Network network;
  const auto start = [&](Host host, const char* what) {
    return network.start(host, {.words = {self, what}, .stdin_fd = -1, .stdout_fd = -1, .stderr_fd = STDERR_FILENO});
  };
  start(Host::server, "echo");
  const pid_t patient = start(Host::client, "ask");
  carry(network, 200ms);
  Result calm = carry(network, 1s);
  ::kill(patient, SIGKILL);
  start(Host::client, "blast");
  carry(network, 200ms);
  const Result full = carry(network, 1s);
  if (calm.added.empty() || full.added.empty()) return EXIT_FAILURE;
  const auto middle = calm.added.begin() + static_cast<std::ptrdiff_t>(calm.added.size() / 2);
  std::nth_element(calm.added.begin(), middle, calm.added.end());
  fmt::print("{:.1f} {:.0f}\n", *middle, static_cast<double>(full.added.size()) / full.seconds);
  return EXIT_SUCCESS;
}

int guarded(const std::function<int()>& body) try {
  const int status = body();
  std::fflush(stdout);
  return status;
} catch (const std::exception& error) {
  fmt::print(stderr, "wire_rate: {}\n", error.what());
  return EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "echo") echo_for_ever();
  if (what == "ask" || what == "blast") send_for_ever(what == "ask");
  const std::string self = std::filesystem::read_symlink("/proc/self/exe");
  try {
    return isolated([&] { return guarded([&] { return measure(self); }); });
  } catch (const Unavailable& why) {
    fmt::print(stderr, "wire_rate: {}\n", why.what());
    return EXIT_FAILURE;
  }
}
