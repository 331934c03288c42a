// The keys that tokens are signed with. The first signs, all verify: so a new key can be put in front while tokens of
// the old one are still valid.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "net/text.hpp"
#include "tools/session/hmac.hpp"

namespace echolab::session {

class Keys {
 public:
  static constexpr std::size_t smallest = 32;  // bytes: as long as the hash (RFC 7518 3.2)
  static constexpr std::size_t most = 16;

  struct Key {
    std::string kid;
    Hmac hmac;
  };

  /// One key, made for this run: tokens end with it.
  static Keys for_this_run();
  /// Adds a key; false: the name is taken or none, the key too short, or there are too many.
  bool add(std::string_view kid, std::string_view key);

  const Key& signing() const { return keys_.front(); }
  const Key* named(std::string_view kid) const;
  std::size_t size() const { return keys_.size(); }

 private:
  std::vector<Key> keys_;
};

/// Why a file of keys is not taken.
struct KeyFileError {
  enum class Why { no_file, not_readable, not_regular, others_may_read, line, empty };
  Why why;
  std::string file;
  int error = 0;      // errno
  int line = 0;       // from 1
  unsigned mode = 0;  // 0644
};

/// A line a key: its name (kid) and its bytes in base64url; empty lines and those with # in front count for nothing.
std::variant<Keys, KeyFileError> read_keys(const std::string& file);

/// What is wrong, and the command that mends it.
std::string sentence(const KeyFileError& error, Language lang);

}  // namespace echolab::session
