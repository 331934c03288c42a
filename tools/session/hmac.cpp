#include "tools/session/hmac.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <stdexcept>

namespace echolab::session {
namespace {

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

void must(int done, const char* call) {
  if (done != 1) throw std::runtime_error(std::string("OpenSSL: ") + call);
}

}  // namespace

void Hmac::Free::operator()(evp_mac_ctx_st* context) const { EVP_MAC_CTX_free(context); }

Hmac::Hmac(std::string_view key) {
  EVP_MAC* algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  context_.reset(algorithm != nullptr ? EVP_MAC_CTX_new(algorithm) : nullptr);
  EVP_MAC_free(algorithm);  // the context keeps it
  if (!context_) throw std::runtime_error("OpenSSL: EVP_MAC_fetch(HMAC)");
  char sha256[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256, 0),
                                   OSSL_PARAM_construct_end()};
  must(EVP_MAC_init(context_.get(), bytes(key), key.size(), parameters), "EVP_MAC_init");
}

Hmac::Digest Hmac::of(std::string_view message) const {
  Digest digest{};
  std::size_t written = 0;
  must(EVP_MAC_init(context_.get(), nullptr, 0, nullptr), "EVP_MAC_init");  // from the start, with the key that it has
  must(EVP_MAC_update(context_.get(), bytes(message), message.size()), "EVP_MAC_update");
  must(EVP_MAC_final(context_.get(), digest.data(), &written, digest.size()), "EVP_MAC_final");
  return digest;
}

bool Hmac::matches(std::string_view message, std::string_view digest) const {
  const Digest right = of(message);
  return digest.size() == right.size() && CRYPTO_memcmp(digest.data(), right.data(), right.size()) == 0;
}

}  // namespace echolab::session
