// Two hosts and the wire between them, in namespaces of our own: no root, nothing outside is touched, and all of it is
// gone with the process, however it ends.
//
//     client            the wire (this process)              server
//     10.0.0.1, fd00::1   eth-client  |  eth-server   10.0.0.2, fd00::2
//     eth0 <-- veth -->   packet socket  packet socket   <-- veth --> eth0
#pragma once

#include <sys/types.h>

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "net/file_descriptor.hpp"
#include "tools/lab/host/packet_ring.hpp"
#include "tools/lab/wire/frame.hpp"

namespace echolab::lab {

/// This machine does not allow a lab. `what()` names the step that was refused and why; `lab doctor` gives the mend.
struct Unavailable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Runs `body` in a process of its own, in new user, network, PID and mount namespaces (as root where user namespaces
/// are refused: without one), and returns its exit status; 128 + n where signal n ended it. Signals that ask this
/// process to stop are passed on. When either process ends, even by SIGKILL, everything started inside ends. An
/// exception of `body` ends only that process: catch it there. Throws Unavailable.
int isolated(const std::function<int()>& body);

struct HostAddress {
  std::string v4, v6;  // "10.0.0.1", "fd00::1"
};
HostAddress address_of(Host host);

/// What runs on a host. Descriptors that are -1 are /dev/null.
struct Command {
  std::vector<std::string> words;  // the program and its arguments
  int stdin_fd = -1, stdout_fd = -1, stderr_fd = -1;
  int log_fd = -1;                            // is descriptor 3 there: for --log-fd 3
  std::vector<std::string> environment = {};  // "NAME=value", beside our own
  bool terminal = false;                      // stdin is a terminal, and the program gets the keys: Ctrl-C is its own
};

class Network {
 public:
  /// Makes the hosts and the wire. Call it inside `isolated`, with one thread. All offloads are off on all four ends,
  /// every address is usable at once, nobody solicits routers, and multicast listener reports stay off the wire. Throws
  /// Unavailable.
  Network();

  /// The wire's end towards `host`: becomes readable when the host has sent a frame. For poll alone.
  int wire_end(Host host) const { return end(host).fd(); }
  /// The next frame that `host` has sent, nullopt where none has arrived. Stamped by the kernel as it arrived. The
  /// caller numbers it.
  std::optional<Frame> receive(Host host);
  /// Hands the frame's bytes to `host`: 14 to 1514. Throws net::CallError.
  void transmit(Host host, std::span<const std::byte> bytes) { end(host).send(bytes); }
  /// Frames of `host` that came in a burst too long to be kept (4096 frames), since this was last asked.
  std::uint32_t lost(Host host) { return end(host).lost(); }

  /// Whether the hosts have their IPv6 addresses: some machines have none to give.
  bool has_ipv6() const { return has_ipv6_; }

  /// Starts a program on the host, its end tied to ours. Returns its process id. Throws net::CallError, with the
  /// program's name where it cannot be executed.
  pid_t start(Host host, const Command& command);

  /// Calls `body` as a part of `host`: sockets that it opens belong there. For sock_diag, and for shells that join.
  void on_host(Host host, const std::function<void()>& body) const;
  /// The host's network namespace, for setns(2).
  int namespace_of(Host host) const { return namespace_[index(host)].get(); }
  /// "net/ipv4/tcp_syn_retries", "10". False where the machine does not allow it (a read-only /proc/sys).
  bool set_sysctl(Host host, const std::string& name, const std::string& value) const;

 private:
  static std::size_t index(Host host) { return static_cast<std::size_t>(host); }
  PacketRing& end(Host host) { return *wire_[index(host)]; }
  const PacketRing& end(Host host) const { return *wire_[index(host)]; }
  void make_host(Host host);
  void set_up_host(Host host);
  void wait_until_usable() const;

  std::array<std::optional<PacketRing>, 2> wire_;
  std::array<net::FileDescriptor, 2> namespace_;
  net::FileDescriptor own_namespace_, rtnetlink_;
  bool has_ipv6_ = true;
};

}  // namespace echolab::lab
