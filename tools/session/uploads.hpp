// Where the bytes of uploads go: a file a session. The state knows only how many of them are here. A file that its
// session has not used for as long as a session lives is removed, so that those of sessions that ended elsewhere, or
// that no server knows of (tokens), do not stay for ever.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/file_descriptor.hpp"
#include "tools/session/reason.hpp"
#include "tools/session/state.hpp"

namespace echolab::session {

class Uploads {
 public:
  static constexpr std::uint64_t most = 1 << 30;  // bytes of all files

  /// `folder` is made where it is missing. Empty: one that ends with this object. Throws net::CallError.
  Uploads(const std::string& folder, bool durable, std::uint64_t most_bytes = most);
  ~Uploads();
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;

  /// Writes `bytes` at `offset`, where the session's file must already be so long; why not.
  std::optional<Reason> write(const std::string& session, std::uint64_t offset, std::string_view bytes);
  void remove(const std::string& session);
  /// The session is used: its file stays.
  void keep(const std::string& session);
  /// Removes what was not used for `idle`, and counts what is there: other servers may use the folder, too.
  void tidy(Time now, std::chrono::seconds idle);

 private:
  std::string folder_;
  bool durable_, of_this_run_;
  std::uint64_t most_bytes_, bytes_ = 0;
  Time next_look_{};
  net::FileDescriptor directory_;
};

}  // namespace echolab::session
