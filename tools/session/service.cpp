#include "tools/session/service.hpp"

#include <fmt/format.h>

namespace echolab::session {
namespace {

std::string list(const Cart& cart) {
  std::string text;
  for (const auto& [item, count] : cart) text += fmt::format("{}{}:{}", text.empty() ? "" : " ", item, count);
  return text;
}

Answer have(const State& state, std::optional<Reason> refused = {}) {
  return {.refused = refused, .words = fmt::format("have={}", state.have)};
}

Served log_in(const Request& request, Time now) {
  return {.answer = ok(),
          .state = State{.user = std::string(request.word), .issued = std::chrono::floor<std::chrono::seconds>(now)}};
}

Served add(const Request& request, State state) {
  const auto found = state.cart.find(request.word);
  const bool room = found != state.cart.end() ? found->second < most_of_an_item : state.cart.size() < most_items;
  if (!room) return {.answer = refusal(Reason::full), .state = std::move(state)};
  ++state.cart[std::string(request.word)];
  return {.answer = ok(list(state.cart)), .state = std::move(state)};
}

Served buy(State state) {
  if (state.cart.empty()) return {.answer = ok("nothing"), .state = std::move(state)};
  Answer answer = ok("bought " + list(state.cart));
  state.cart.clear();
  return {.answer = std::move(answer), .state = std::move(state), .bought = true};
}

/// What is here already is acknowledged again, so a repeat does no harm; a gap is refused.
Served put(const Request& request, State state) {
  const std::uint64_t end = request.offset + request.length;
  if (request.offset > state.have) return {.answer = have(state, Reason::offset), .state = std::move(state)};
  if (end > largest_upload) return {.answer = have(state, Reason::full), .state = std::move(state)};
  if (end <= state.have) return {.answer = have(state), .state = std::move(state)};
  const std::string_view missing = request.body.substr(state.have - request.offset);
  state.have = end;
  return {.answer = have(state), .state = std::move(state), .upload = missing};
}

Served act(const Request& request, State state) {
  switch (request.verb) {
    case Verb::who: return {.answer = ok("user=" + state.user), .state = std::move(state)};
    case Verb::cart: return {.answer = ok(list(state.cart)), .state = std::move(state)};
    case Verb::add: return add(request, std::move(state));
    case Verb::buy: return buy(std::move(state));
    case Verb::put: return put(request, std::move(state));
    case Verb::have: return {.answer = have(state), .state = std::move(state)};
    case Verb::logout: return {.answer = ok("bye")};
    default: return {.answer = refusal(Reason::bad_request), .state = std::move(state)};
  }
}

}  // namespace

sys_seconds expiry(Time now, const Terms& terms) {
  return std::chrono::ceil<std::chrono::seconds>(now) + terms.idle_timeout;
}

Served serve(const Request& request, std::optional<State> state, Time now, const Terms& terms) {
  if (request.verb == Verb::ping) return {.answer = ok("pong " + terms.server), .state = std::move(state)};
  const bool login = request.verb == Verb::login;
  if (!login && !state) return {.answer = refusal(Reason::login_first)};
  if (!login && request.number != 0 && request.number == state->number) {
    Answer again = state->answer;
    return {.answer = std::move(again), .state = std::move(state)};
  }
  if (!login && request.number != 0 && request.number < state->number)
    return {.answer = refusal(Reason::old_request), .state = std::move(state)};

  Served served = login ? log_in(request, now) : act(request, std::move(*state));
  if (!served.state) return served;
  served.state->expires = expiry(now, terms);
  if (request.number == 0) return served;
  served.state->number = request.number;
  served.state->answer = served.answer;
  return served;
}

}  // namespace echolab::session
