// A yardstick: the barest UDP echo server. It answers whoever asks, which udp_server must not.
#include <array>

#include "tools/benchmark/loopback.hpp"

int main() {
  using namespace echolab::benchmark;
  const FileDescriptor socket = bound(SOCK_DGRAM);
  static std::array<char, 64 * 1024> room;
  while (true) {
    sockaddr_storage from;
    socklen_t from_size = sizeof from;
    auto* const address = reinterpret_cast<sockaddr*>(&from);
    const ssize_t size = ::recvfrom(socket.get(), room.data(), room.size(), 0, address, &from_size);
    if (size >= 0) ::sendto(socket.get(), room.data(), static_cast<std::size_t>(size), 0, address, from_size);
  }
}
