// What an echo client tells while it works: to a program that prints it, to one that measures it, or to nobody.
#pragma once

#include <cstddef>
#include <span>

#include "net/call_log.hpp"
#include "net/messages.hpp"

namespace echolab::net {

/// Each does nothing, unless it is overridden.
class EchoReport {
 public:
  EchoReport() = default;
  virtual ~EchoReport() = default;
  EchoReport(const EchoReport&) = delete;
  EchoReport& operator=(const EchoReport&) = delete;

  /// Who listens to the socket's calls; nullptr: nobody. It is asked once, when the client is made.
  virtual CallLog* calls() { return nullptr; }
  /// The message goes now.
  virtual void asks(const Message&) {}
  /// The kernel has taken so many bytes of it.
  virtual void sent(std::size_t) {}
  /// Bytes of its echo that have come: over TCP perhaps a part, over UDP all.
  virtual void echo(std::span<const std::byte>) {}
  /// Its echo is complete.
  virtual void answered(const Message&) {}
};

}  // namespace echolab::net
