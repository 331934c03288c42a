// Cuts a TCP stream into requests: a stream has no message borders, so lines are looked for, and bodies counted. Over
// UDP a datagram is a request.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/session/request.hpp"

namespace echolab::session {

/// What has come in place of a request. The views in it point into where the bytes came from.
struct Incoming {
  std::optional<Request> request;  // empty: these bytes are none
  std::size_t size = 0;            // bytes of it
};

class RequestReader {
 public:
  void append(std::string_view bytes);
  /// The next request that is here whole, or something that is none; nullopt: more bytes are needed. Valid until the
  /// next call.
  std::optional<Incoming> next();
  /// What comes behind a body of unknown length, or a line without end, cannot be told apart: the connection must
  /// close.
  bool lost() const { return lost_; }
  /// Bytes of a request that is not whole yet.
  bool waiting() const { return taken_ < bytes_.size(); }

 private:
  std::optional<Incoming> wrong(std::string_view line, std::size_t size);

  std::string bytes_;
  std::size_t taken_ = 0;  // of them, by `next`
  bool lost_ = false;
};

/// A datagram: a line, PUT's body behind it, and nothing else but white space.
Incoming read_datagram(std::string_view bytes);

}  // namespace echolab::session
