// How a client's requests reach the server: over a TCP connection, or as UDP datagrams, one at a time.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/address.hpp"
#include "net/deadline.hpp"

namespace echolab::session {

class Wire {
 public:
  virtual ~Wire() = default;

  /// Sends the request and waits for the line that answers it, which comes without its line break. nullopt: none came
  /// in time. Throws net::CallError: there is no server, or the connection is lost; the next request opens another one.
  virtual std::optional<std::string> ask(std::string_view request, std::uint64_t number,
                                         const net::Deadline& deadline) = 0;
  /// How long the first try waits for its answer.
  virtual std::chrono::milliseconds first_wait() const = 0;
  /// Bytes of a body that are sent at once.
  virtual std::size_t piece() const = 0;
};

std::unique_ptr<Wire> tcp_wire(const net::Address& server);
std::unique_ptr<Wire> udp_wire(const net::Address& server);

}  // namespace echolab::session
