// A client's side: it carries the id or the token and puts it in front of each request, for the server knows it by
// nothing else. One request at a time (stop-and-wait), numbered: who asks again with the same number is answered as
// before.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "tools/session/answer.hpp"
#include "tools/session/wire.hpp"

namespace echolab::session {

/// A request and its answer, as the client has seen them.
struct Asked {
  std::string request;       // as it was typed
  std::uint64_t number = 0;  // n=
  Answer answer = {};
  unsigned tries = 0;         // how often it was sent; padding not counted
  std::size_t padded_to = 0;  // over UDP, because the server wanted it; 0: it was not
  std::size_t bytes_out = 0, bytes_in = 0;
};

/// Nobody has answered in time.
struct NoAnswer {
  unsigned tries;
};
/// What came is no answer of this protocol.
struct NotAnAnswer {
  std::string line;
};

class Conversation {
 public:
  Conversation(Wire& wire, std::chrono::milliseconds patience) : wire_(wire), patience_(patience) {}

  /// `body`: PUT's bytes. Asks again until `patience` is over, on a new connection if it must. Throws NoAnswer,
  /// NotAnAnswer, and net::CallError where there has been no server at all.
  Asked ask(std::string_view typed, std::string_view body = {});

  /// "id=...", "token=..." or nothing: what it carries.
  const std::string& credential() const { return credential_; }
  void carry(std::string credential) { credential_ = std::move(credential); }
  std::size_t piece() const { return wire_.piece(); }

 private:
  std::string line_for(std::string_view typed, std::uint64_t& number);
  std::string answer_to(std::string_view request, Asked& asked);
  void take(const AnswerLine& line, std::string_view typed, Asked& asked);

  Wire& wire_;
  std::chrono::milliseconds patience_;
  std::string credential_;
  std::uint64_t number_ = 0;
  bool heard_ = false;  // somebody has answered before: who is gone now may come back
};

/// Waits, but for a stop signal.
void pause(std::chrono::milliseconds time);

}  // namespace echolab::session
