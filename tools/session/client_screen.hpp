// What session_client shows: each request, its answer, and what each end holds then; as text or as JSON.
#pragma once

#include <string>

#include "tools/cli/run.hpp"
#include "tools/session/attacks.hpp"
#include "tools/session/conversation.hpp"
#include "tools/session/token.hpp"
#include "tools/session/upload.hpp"

namespace echolab::session {

class ClientScreen {
 public:
  ClientScreen(Language lang, bool ascii, bool json) : lang_(lang), ascii_(ascii), json_(json) {}

  void asked(const Asked& it, const std::string& credential) const;
  void uploaded(const Uploaded& it, const std::string& file) const;
  void token(const TokenParts& parts) const;
  /// `answer`: nullptr where it was not tried.
  void attack(const Attack& it, const Answer* answer) const;

  /// A server's words and a user's, which may hold anything.
  std::string safe(std::string_view bytes) const;

 private:
  std::string held(const std::string& credential) const;
  void print(std::string text) const;
  std::string words(const Text& text, const auto&... values) const;

  Language lang_;
  bool ascii_, json_;
};

}  // namespace echolab::session
