// Names that nobody can guess.
#pragma once

#include <string>

namespace echolab::session {

/// 128 random bits, as 22 characters of base64url. Throws std::runtime_error where the kernel gives none.
std::string random_id();

/// `bytes` random bytes.
std::string random_bytes(std::size_t bytes);

}  // namespace echolab::session
