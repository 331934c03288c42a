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
  TokenPlace(Terms terms, Keys keys, TokenOptions options, Uploads* uploads = nullptr)
      : Place(std::move(terms), uploads), keys_(std::move(keys)), options_(options) {}

  void tidy(Time now) override;
  /// Those on the deny list: the server knows of no others.
  std::size_t sessions() const override { return denied_.size(); }

 protected:
  Loaded load(const Request& request, Time now) override;
  Credential credential(const Change& change) override;
  std::optional<Reason> commit(const Change& change, const std::string& credential, Time now) override;
  /// Without a new token the client goes on with the old one and its time.
  const std::optional<State>& known(const Change& change, const std::string& credential) const override;
  std::size_t size_of(const State&) const override { return 0; }

 private:
  std::optional<Reason> deny(const State& state, Time now);

  Keys keys_;
  TokenOptions options_;
  std::unordered_map<std::string, sys_seconds> denied_;  // a session's name, until its tokens expire by themselves
};

}  // namespace echolab::session
