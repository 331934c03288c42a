// The state in the client's hand: the server keeps its keys and nothing of anybody. So it cannot take back what it has
// given; a list of what it no longer accepts can, and is state again.
#pragma once

#include <unordered_map>

#include "tools/session/place.hpp"
#include "tools/session/token.hpp"

namespace echolab::session {

struct TokenOptions {
  TokenTerms terms = {};
  bool deny_list = false;
  std::size_t most_denied = 10'000;
};

class TokenPlace : public Place {
 public:
  TokenPlace(Terms terms, Keys keys, TokenOptions options)
      : Place(std::move(terms)), keys_(std::move(keys)), options_(options) {}

  void tidy(Time now) override;
  /// Sessions on the deny list.
  std::size_t denied() const { return denied_.size(); }

 protected:
  Loaded load(const Request& request, Time now) override;
  Committed commit(const Change& change, Time now) override;
  std::size_t size_of(const State&) const override { return 0; }

 private:
  Committed deny(const State& state, Time now);

  Keys keys_;
  TokenOptions options_;
  std::unordered_map<std::string, sys_seconds> denied_;  // a session's name, until its tokens expire by themselves
};

}  // namespace echolab::session
