// The third truth: what the kernel of each host says of its sockets, by sock_diag(7).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "capture/decode/address.hpp"
#include "capture/track/state.hpp"
#include "net/file_descriptor.hpp"

namespace echolab::lab {

/// One row of a host's TCP sockets: listeners, request sockets (SYN_RECEIVED) and TIME_WAIT too.
struct KernelSocket {
  capture::Endpoint local, remote;
  capture::State state = capture::State::unknown;
  std::uint32_t unsent = 0;  // bytes of tcpi_notsent_bytes: written, and not sent even once
  std::uint32_t queued =
      0;  // bytes sent or to be sent, and not acknowledged; a listener's: the longest queue it allows
  std::uint32_t unread = 0;      // bytes that the program has not read; a listener's: connections that wait for accept
  std::uint8_t retransmits = 0;  // of the oldest unacknowledged segment
};

class Kernel {
 public:
  /// `diag` is a NETLINK_SOCK_DIAG socket that was opened on the host.
  explicit Kernel(net::FileDescriptor diag) : diag_(std::move(diag)) {}

  /// All TCP sockets, IPv4 and IPv6, as they are now. Throws net::CallError.
  std::vector<KernelSocket> sockets();

  /// The socket of `local` in its conversation with `remote`; nullopt where there is none.
  static const KernelSocket* find(const std::vector<KernelSocket>& sockets, const capture::Endpoint& local,
                                  const capture::Endpoint& remote);
  /// Whether somebody listens where `local` is addressed.
  static bool listens(const std::vector<KernelSocket>& sockets, const capture::Endpoint& local);

 private:
  net::FileDescriptor diag_;
};

/// The state that the kernel's row means, in RFC 9293's sense: FIN_WAIT_1 and LAST_ACK with bytes that were never sent
/// have their FIN still queued behind them, so they are ESTABLISHED and CLOSE_WAIT to the peer.
capture::State state_of(const KernelSocket& socket);

}  // namespace echolab::lab
