#include "tools/session/place.hpp"

#include "tools/session/random_id.hpp"

namespace echolab::session {
namespace {

std::size_t carried(const Request& request, std::string_view credential) {
  if (credential.empty()) return request.id.size() + request.token.size();
  return credential.size() - credential.find('=') - 1;
}

}  // namespace

Time Place::now() const { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

Reply Place::serve(const Request& request, Time now) {
  if (request.verb == Verb::ping) return {.answer = session::serve(request, {}, now, terms_).answer};
  trips_ = 0;
  Loaded loaded = load(request, now);
  if (const auto* reason = std::get_if<Reason>(&loaded)) return {.answer = refusal(*reason), .trips = trips_};
  const auto& before = std::get<std::optional<State>>(loaded);

  Served served = session::serve(request, before, now, terms_);
  if (served.state && !before) served.state->session = random_id();
  Committed committed = commit({.request = request, .before = before, .after = served.state}, now);
  if (const auto* reason = std::get_if<Reason>(&committed)) return {.answer = refusal(*reason), .trips = trips_};

  Reply reply{.answer = std::move(served.answer), .credential = std::move(std::get<std::string>(committed))};
  reply.held_here = served.state ? size_of(*served.state) : 0;
  reply.held_by_client = served.state ? carried(request, reply.credential) : 0;
  reply.state = std::move(served.state);
  reply.trips = trips_;
  reply.bought = served.bought;
  return reply;
}

}  // namespace echolab::session
