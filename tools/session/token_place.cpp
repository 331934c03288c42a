#include "tools/session/token_place.hpp"

namespace echolab::session {
namespace {

/// What a token carries. The last answer is not part of it: an old token would bring the old one back anyway.
State carried(State state) {
  state.number = 0;
  state.answer = {};
  return state;
}

bool same_but_for_the_time(const State& a, State b) {
  b.expires = a.expires;
  return a == b;
}

/// By which the deny list knows it; a token that others have made may have no name of its own.
std::string key_of(const State& state) {
  if (!state.session.empty()) return state.session;
  return state.user + " " + std::to_string(state.issued.time_since_epoch().count());
}

}  // namespace

Place::Loaded TokenPlace::load(const Request& request, Time now) {
  if (request.verb == Verb::login || request.token.empty()) return std::nullopt;
  auto verified = verify(request.token, keys_, now, options_.terms);
  if (const auto* reason = std::get_if<Reason>(&verified)) return *reason;
  State state = carried(std::move(std::get<State>(verified)));
  if (denied_.contains(key_of(state))) return Reason::token_revoked;
  return std::optional(std::move(state));
}

/// A new token only where there is something new in it.
Place::Credential TokenPlace::credential(const Change& change) {
  if (!change.after) return std::string();
  const State after = carried(*change.after);
  if (change.before && same_but_for_the_time(*change.before, after)) return std::string();
  std::string token = sign(after, keys_.signing());
  if (token.size() > options_.terms.longest) return Reason::full;
  return "token=" + token;
}

const std::optional<State>& TokenPlace::known(const Change& change, const std::string& credential) const {
  return change.after && credential.empty() ? change.before : change.after;
}

/// The client has it; there is nothing to keep.
std::optional<Reason> TokenPlace::commit(const Change& change, const std::string&, Time now) {
  if (change.ends() && options_.deny_list) return deny(*change.before, now);
  return std::nullopt;
}

/// Its later tokens have its name too, and none of them is valid longer than the longest that was given.
std::optional<Reason> TokenPlace::deny(const State& state, Time now) {
  if (denied_.size() >= options_.most_denied) tidy(now);
  if (denied_.size() >= options_.most_denied) return Reason::full;
  denied_[key_of(state)] = std::max(state.expires, expiry(now, terms()));
  return std::nullopt;
}

void TokenPlace::tidy(Time now) {
  std::erase_if(denied_, [&](const auto& entry) { return now - options_.terms.skew >= entry.second; });
}

}  // namespace echolab::session
