// The third truth: what the kernel of each host says of its sockets, by sock_diag(7).
#pragma once

#include <cstdint>
#include <vector>

#include "capture/decode/address.hpp"
#include "capture/track/state.hpp"
#include "net/file_descriptor.hpp"
#include "tools/lab/host/network.hpp"

namespace echolab::lab {

/// One row of a host's TCP sockets: listeners, request sockets (SYN_RECEIVED) and TIME_WAIT too. A socket of IPv6 that
/// speaks IPv4 stands here with its IPv4 addresses.
struct KernelSocket {
  capture::Endpoint local{}, remote{};
  capture::State state = capture::State::unknown;
  std::uint32_t unsent = 0;      // tcpi_notsent_bytes: written, and not sent even once; a FIN counts as one
  std::uint32_t queued = 0;      // written and not acknowledged; a listener's: the longest queue it allows
  std::uint32_t unread = 0;      // bytes that the program has not read; a listener's: connections that wait for accept
  std::uint8_t retransmits = 0;  // of the oldest unacknowledged segment
  bool v6_only = false;          // a listener on [::] that takes no IPv4
};

class Kernel {
 public:
  /// `diag` is a NETLINK_SOCK_DIAG socket that was opened on the host.
  explicit Kernel(net::FileDescriptor diag) : diag_(std::move(diag)) {}
  /// The kernel of `host`, as its programs have it.
  static Kernel of(const Network& network, Host host);

  /// All TCP sockets, IPv4 and IPv6, as they are now. Throws net::CallError.
  std::vector<KernelSocket> sockets();

  /// The socket of `local` in its conversation with `remote`; nullptr where there is none.
  static const KernelSocket* find(const std::vector<KernelSocket>& sockets, const capture::Endpoint& local,
                                  const capture::Endpoint& remote);
  /// Whether somebody listens where `local` is addressed.
  static bool listens(const std::vector<KernelSocket>& sockets, const capture::Endpoint& local);

 private:
  net::FileDescriptor diag_;
};

/// The state that the kernel's row means, in RFC 9293's sense: FIN_WAIT_1 and LAST_ACK with bytes that were never sent
/// have their FIN still queued behind them, so they are ESTABLISHED and CLOSE_WAIT to the peer; CLOSING is CLOSE_WAIT.
capture::State state_of(const KernelSocket& socket);

}  // namespace echolab::lab
