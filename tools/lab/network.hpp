// Two hosts and the wire between them, in namespaces of our own: no root, nothing outside is touched, and all of it is
// gone with the process, however it ends.
//
//     client            the wire (this process)              server
//     10.0.0.1, fd00::1   eth-client  |  eth-server   10.0.0.2, fd00::2
//     eth0 <-- veth -->   packet socket  packet socket   <-- veth --> eth0
#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "net/file_descriptor.hpp"
#include "tools/lab/frame.hpp"

namespace echolab::lab {

/// This machine does not allow a lab. `what()` names the step that was refused and why; `lab doctor` gives the mend.
struct Unavailable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Runs `body` in a process of its own that is the first of a PID namespace, in new user and network namespaces (as
/// root where user namespaces are refused: without one), and returns its exit status. Signals that ask the caller to
/// stop are passed on. When this process or that one ends, even by SIGKILL, everything started inside ends. Throws
/// Unavailable.
int isolated(const std::function<int()>& body);

struct HostAddress {
  std::string v4, v6;  // "10.0.0.1", "fd00::1"
};
HostAddress address_of(Host host);

/// What runs on a host. Descriptors that are -1 are /dev/null.
struct Command {
  std::vector<std::string> words;  // the program and its arguments
  int stdin_fd = -1, stdout_fd = -1, stderr_fd = -1;
};

class Network {
 public:
  /// Makes the hosts and the wire. Call it inside `isolated`, with one thread. Checksums, segmentation and receive
  /// offloads are off on all four ends, IPv6 addresses are usable at once, router solicitations and multicast noise are
  /// off. Throws Unavailable.
  Network();

  /// The wire's end towards `host`: becomes readable when the host has sent a frame. Nonblocking.
  int wire_end(Host host) const { return wire_[index(host)].get(); }
  /// The next frame that `host` has sent, nullopt where none has arrived. Stamped by the kernel as it arrived. The
  /// caller numbers it.
  std::optional<Frame> receive(Host host);
  /// Hands the frame's bytes to `host`.
  void transmit(Host host, std::span<const std::byte> bytes);

  /// Starts a program on the host, its end tied to ours. Returns its process id.
  pid_t start(Host host, const Command& command);

  /// Calls `body` as a part of `host`: sockets that it opens belong there. For sock_diag, and for shells that join.
  void on_host(Host host, const std::function<void()>& body) const;

 private:
  static std::size_t index(Host host) { return static_cast<std::size_t>(host); }
  std::array<net::FileDescriptor, 2> wire_, namespace_;
  net::FileDescriptor own_namespace_;
  std::vector<std::byte> room_;
};

}  // namespace echolab::lab
