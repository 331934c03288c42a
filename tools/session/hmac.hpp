// HMAC with SHA-256 (RFC 2104, FIPS 180-4) by OpenSSL: who has not the key cannot make it.
#pragma once

#include <array>
#include <memory>
#include <string_view>

struct evp_mac_ctx_st;

namespace echolab::session {

class Hmac {
 public:
  static constexpr std::size_t size = 32;
  using Digest = std::array<unsigned char, size>;

  /// Throws std::runtime_error where OpenSSL has no HMAC.
  explicit Hmac(std::string_view key);

  Digest of(std::string_view message) const;
  /// Whether `digest` is that of `message`. It takes as long for a wrong one as for the right one.
  bool matches(std::string_view message, std::string_view digest) const;

 private:
  struct Free {
    void operator()(evp_mac_ctx_st* context) const;
  };
  std::unique_ptr<evp_mac_ctx_st, Free> context_;  // keyed once: that costs more than a short message
};

}  // namespace echolab::session
