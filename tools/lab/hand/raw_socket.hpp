// packet(7): a socket below IP. What is written to it goes out as it is, what comes to the interface is read as it
// came, and no kernel's TCP stands between. (CAP_NET_RAW; in the lab everybody has it.)
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "net/file_descriptor.hpp"

namespace echolab::lab::hand {

class RawSocket {
 public:
  /// Of an interface, which need not have the address that we speak from. Throws net::CallError.
  explicit RawSocket(const std::string& interface);

  /// To poll on.
  int fd() const { return socket_.get(); }
  /// The next frame that came in; nullopt: none is there.
  std::optional<std::vector<std::byte>> next() const;
  void send(std::span<const std::byte> frame) const;

 private:
  net::FileDescriptor socket_;
};

}  // namespace echolab::lab::hand
