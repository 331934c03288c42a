#include "tools/session/random_id.hpp"

#include <openssl/rand.h>

#include <stdexcept>

#include "tools/session/base64url.hpp"

namespace echolab::session {

std::string random_bytes(std::size_t bytes) {
  std::string random(bytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(random.data()), static_cast<int>(bytes)) != 1)
    throw std::runtime_error("RAND_bytes: no random numbers");
  return random;
}

std::string random_id() { return to_base64url(random_bytes(16)); }

}  // namespace echolab::session
