// One of our echo servers, running for a while: on a host of the lab, or on this machine.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

#include "net/address.hpp"
#include "net/file_descriptor.hpp"
#include "tools/compare/transport/plan.hpp"

namespace echolab::compare {

class ServerProcess {
 public:
  /// Starts a program whose standard output is the descriptor, and returns its process id.
  using Start = std::function<pid_t(const std::vector<std::string>& words, int stdout_fd)>;

  /// Starts the server bound to `address`, and waits until it listens. Throws net::CallError; std::runtime_error where
  /// it does not come up.
  ServerProcess(Protocol protocol, const std::string& address, const Start& start);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  const net::Address& address() const { return address_; }
  /// Processor time that it has used so far.
  Nanoseconds worked() const;
  /// As `kill -9`: it has gone when this returns.
  void kill();
  /// Asks it to end, and waits. The bytes that the program kept for each client, as it says itself.
  std::size_t end();

 private:
  std::string read_line();
  void reap();

  net::FileDescriptor out_;
  std::string unread_;
  pid_t pid_ = -1;
  net::Address address_;
};

/// Starts a program on this machine that ends when we do.
pid_t start_here(const std::vector<std::string>& words, int stdout_fd);

}  // namespace echolab::compare
