// A file is sent piece by piece to a session, and goes on where the server says that its bytes end: after a lost
// connection, at a server that was killed and started again, or at another one.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include "tools/session/conversation.hpp"

namespace echolab::session {

struct Uploaded {
  std::uint64_t size = 0;     // bytes of the file
  std::uint64_t sent = 0;     // bytes that were sent in all
  std::uint64_t resumed = 0;  // pieces that were sent more than once
  unsigned anew = 0;          // how often the server had forgotten everything
  std::string sha256;         // of the file, in hex
};

/// The server does not take it.
struct UploadRefused {
  Answer answer;
};
/// The file cannot be read.
struct NoFile : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Logs in first, where nobody has. Throws UploadRefused, NoFile and what Conversation::ask throws.
Uploaded upload(Conversation& conversation, const std::string& file);

}  // namespace echolab::session
