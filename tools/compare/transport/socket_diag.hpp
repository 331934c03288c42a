// What the kernel keeps for a server's clients, by sock_diag(7).
#pragma once

#include <cstddef>
#include <cstdint>

#include "net/file_descriptor.hpp"
#include "tools/compare/transport/plan.hpp"

namespace echolab::compare {

struct KernelState {
  std::uint64_t sockets = 0;       // one for each client: the one that listens, or hears everybody, is not counted
  std::uint64_t queued_bytes = 0;  // in their queues, with what the kernel needs to keep them there
  std::size_t object_bytes = 0;    // of such a socket itself
};

class SocketDiag {
 public:
  /// Of the network namespace in which this thread is now. Throws net::CallError.
  SocketDiag();
  /// What is kept at this server's address now. Throws net::CallError.
  KernelState at(Protocol protocol, const net::Address& server) const;
  /// Whether a TCP socket is about to be opened or closed: its kernel waits for a packet, and will send one if none
  /// comes.
  bool waits_for_a_packet() const;

 private:
  net::FileDescriptor diag_;
};

}  // namespace echolab::compare
