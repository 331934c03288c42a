// What the server shows of each request: what was asked and answered, and what each end holds now. A key, a whole token
// or a whole id is never shown: who reads it could use it.
#pragma once

#include <cstdint>
#include <string>

#include "net/address.hpp"
#include "tools/cli/cli.hpp"
#include "tools/session/place.hpp"
#include "tools/session/request_reader.hpp"

namespace echolab::session {

enum class Where : std::uint8_t { memory, store, token };
std::string_view name(Where where);

struct ScreenOptions {
  Language lang = Language::en;
  bool json = false, ascii = false;
  bool requests = true;  // --log
  Where where = Where::memory;
};

/// One request and its answer.
struct Exchange {
  std::string_view protocol;  // "tcp", "udp"
  const net::Address& peer;
  const Incoming& incoming;
  const Reply& reply;
};

struct Totals {
  std::uint64_t tcp = 0, udp = 0;  // requests
  std::uint64_t refused = 0, bought = 0;
};

class Screen {
 public:
  explicit Screen(ScreenOptions options) : options_(options) {}

  void listening(const std::string& address);
  void exchange(const Exchange& it);
  /// At the end; `lost`: what ends with the server, in words, and how many sessions or entries that are.
  void summary(const Totals& totals, const std::string& lost, std::size_t sessions);
  /// "127.0.0.1:9000 can be reached by ..." and the like.
  void warn(const std::string& what);

 private:
  std::string block(const Exchange& it) const;
  void print(std::string text);
  std::string words(const Text& text, const auto&... values) const;

  ScreenOptions options_;
};

/// The first four characters, and that there are more.
std::string shortened(std::string_view secret);

}  // namespace echolab::session
