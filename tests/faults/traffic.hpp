// Something to capture: a private network, datagrams in it, and the program that watches.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/privileges.hpp"
#include "tests/faults/trouble.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/private_network.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {

/// A UDP socket on loopback that sends to itself.
class Traffic {
 public:
  std::string filter() const { return "udp port " + port_of(socket_); }
  void send(int datagrams) const {
    const net::Address itself = net::local_address(socket_.get());
    for (int i = 0; i < datagrams; ++i) ::sendto(socket_.get(), "datagram", 8, 0, itself.data(), itself.size());
  }

 private:
  net::FileDescriptor socket_ = bound_socket(SOCK_DGRAM);
};

inline std::string sample_file() { return ECHOLAB_SOURCE_DIR "/docs/samples/hello-tcp.pcap"; }

/// Root writes its files as nobody, whom LeakSanitizer may not trace.
inline void expect_nobody(const TemporaryFolder& folder) {
  std::filesystem::permissions(std::filesystem::path(folder.file("x")).parent_path(), std::filesystem::perms::all);
  ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
  for (const char* name : {"SUDO_UID", "SUDO_GID"}) ::unsetenv(name);
}

class Capturing : public testing::Test {
 protected:
  void SetUp() override {
    if (!why_not.empty()) GTEST_SKIP() << why_not;
    if (net::is_root_of_the_machine()) expect_nobody(folder);  // where user namespaces are refused
  }

  const std::string why_not = enter_private_network();  // first: what follows belongs to that network
  const TemporaryFolder folder;
  const Traffic traffic;

  /// `capture ARGUMENTS FILTER`, the filter being the traffic's.
  std::vector<std::string> watching(std::vector<std::string> arguments) const {
    arguments.push_back(traffic.filter());
    return command("capture", std::move(arguments));
  }
  static std::string packets(int number) { return "\"kind\":\"summary\",\"packets\":" + std::to_string(number) + ","; }
};

}  // namespace echolab::test
