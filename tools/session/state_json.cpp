#include "tools/session/json_object.hpp"
#include "tools/session/request.hpp"
#include "tools/session/service.hpp"
#include "tools/session/state.hpp"

namespace echolab::session {
namespace {

using nlohmann::json;

constexpr std::uint64_t last_second = 253'402'300'799;  // of the year 9999
constexpr std::size_t longest_session = 64;

/// A whole number from 0; nullopt: another number, or none.
std::optional<std::uint64_t> whole(const json& value) {
  if (!value.is_number_unsigned()) return std::nullopt;
  return value.get<std::uint64_t>();
}

/// Reads the member into `into` if it is there; false: it is there, and of another type or too large.
template <typename Number>
bool read_number(const json& object, const char* name, std::uint64_t most, Number& into) {
  const json* found = member(object, name);
  if (found == nullptr) return true;
  const auto number = whole(*found);
  if (!number || *number > most) return false;
  into = static_cast<Number>(*number);
  return true;
}

/// A NumericDate (RFC 7519, 2) in whole seconds. What lies before 1970 is that long ago, after 9999 that far.
bool read_time(const json& object, const char* name, sys_seconds& into) {
  const json* found = member(object, name);
  if (found == nullptr) return true;
  if (!found->is_number_integer()) return false;
  const std::uint64_t seconds = found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
  into = sys_seconds(std::chrono::seconds(std::min(seconds, last_second)));
  return true;
}

bool read_session(const json& object, std::string& into) {
  const json* found = member(object, "jti");
  if (found == nullptr) return true;
  into = text_of(object, "jti");
  // It becomes part of a file's name.
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '_';
  };
  return !into.empty() && into.size() <= longest_session && std::ranges::all_of(into, plain);
}

bool read_cart(const json& object, Cart& into) {
  const json* found = member(object, "cart");
  if (found == nullptr) return true;
  if (!found->is_object() || found->size() > most_items) return false;
  for (const auto& [item, count] : found->items()) {
    const auto number = whole(count);
    if (!is_name(item) || !number || *number == 0 || *number > most_of_an_item) return false;
    into[item] = static_cast<std::uint32_t>(*number);
  }
  return true;
}

/// What the request with that number was answered.
bool read_answer(const json& object, std::uint64_t number, Answer& into) {
  if (member(object, "last") == nullptr) return true;
  if (number == 0) return false;
  const auto answer = parse_answer(text_of(object, "last"));
  if (!answer) return false;
  const auto steers = [](char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '"' || c == '\\' || c == '\x7f';
  };
  into = *answer;
  return std::ranges::none_of(into.words, steers);  // it is a line of the protocol again
}

}  // namespace

std::string to_json(const State& state) {
  nlohmann::ordered_json object{{"sub", state.user},
                                {"iat", state.issued.time_since_epoch().count()},
                                {"exp", state.expires.time_since_epoch().count()}};
  if (!state.session.empty()) object["jti"] = state.session;
  if (!state.cart.empty()) object["cart"] = state.cart;
  if (state.have != 0) object["have"] = state.have;
  if (state.number != 0) {
    object["n"] = state.number;
    object["last"] = to_text(state.answer);
  }
  return object.dump();
}

std::optional<Claims> read_claims(std::string_view text) {
  const auto object = read_object(text);
  if (!object || member(*object, "exp") == nullptr || member(*object, "aud") != nullptr) return std::nullopt;
  Claims claims;
  State& state = claims.state;
  state.user = text_of(*object, "sub");
  const bool good =
      is_name(state.user) && read_time(*object, "iat", state.issued) && read_time(*object, "exp", state.expires) &&
      read_time(*object, "nbf", claims.not_before) && read_session(*object, state.session) &&
      read_cart(*object, state.cart) && read_number(*object, "have", largest_number, state.have) &&
      read_number(*object, "n", largest_number, state.number) && read_answer(*object, state.number, state.answer);
  return good ? std::optional(std::move(claims)) : std::nullopt;
}

}  // namespace echolab::session
