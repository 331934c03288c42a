// Where the bytes of uploads go: a file a session. The state knows only how many of them are here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/file_descriptor.hpp"
#include "tools/session/reason.hpp"

namespace echolab::session {

class Uploads {
 public:
  /// `folder` is made where it is missing. Empty: one that ends with this object. Throws net::CallError.
  Uploads(const std::string& folder, bool durable);
  ~Uploads();
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;

  /// Writes `bytes` at `offset`, where the session's file must already be so long; why not.
  std::optional<Reason> write(const std::string& session, std::uint64_t offset, std::string_view bytes);
  void remove(const std::string& session);

 private:
  std::string folder_;
  bool durable_, of_this_run_;
  net::FileDescriptor directory_;
};

}  // namespace echolab::session
