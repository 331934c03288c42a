// Any bytes as a token, as the claims of one that is validly signed, and as a file of keys' base64url.
#include <cstdlib>

#include "tools/session/base64url.hpp"
#include "tools/session/token.hpp"

using namespace echolab::session;

namespace {

const Time now{std::chrono::seconds(1'764'500'000)};

void must(bool held) {
  if (!held) std::abort();
}

const Keys& keys() {
  static const Keys one = [] {
    Keys made;
    made.add("1", "0123456789abcdef0123456789abcdef");
    return made;
  }();
  return one;
}

/// Header and claims parted by a line break, signed: so the fuzzer gets behind the signature.
std::string signed_token(std::string_view text) {
  const auto end = std::min(text.find('\n'), text.size());
  std::string token = to_base64url(text.substr(0, end));
  token += "." + to_base64url(text.substr(std::min(text.size(), end + 1)));
  const auto digest = keys().signing().hmac.of(token);
  return token + "." + to_base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

void judge(std::string_view token) {
  const auto verified = verify(token, keys(), now, {.longest = 100'000});
  if (const auto* state = std::get_if<State>(&verified)) must(read_claims(to_json(*state))->state == *state);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  judge(text);
  judge(signed_token(text));
  if (const auto bytes = from_base64url(text)) must(to_base64url(*bytes) == text);
  return 0;
}
