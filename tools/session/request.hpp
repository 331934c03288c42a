// One request: a line that can be typed.
//   [n=N] [id=ID | token=TOKEN] VERB ...     n= and id= in either order
//   PING · LOGIN name · WHO · CART [ADD item] · BUY · PUT offset length, then as many bytes · HAVE · LOGOUT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace echolab::session {

inline constexpr std::size_t longest_line = 4096;  // without its line break
inline constexpr std::size_t longest_body = 65536;
inline constexpr std::size_t longest_name = 32;                           // of a user, of an item
inline constexpr std::uint64_t largest_number = 999'999'999'999'999'999;  // n= and offsets

enum class Verb : std::uint8_t { ping, login, who, cart, add, buy, put, have, logout };
std::string_view name(Verb verb);  // "CART ADD"

/// What a line says. The views point into it.
struct Request {
  Verb verb = Verb::ping;
  std::uint64_t number = 0;    // n=; 0: it has none
  std::string_view id, token;  // who asks; at most one of them
  std::string_view word;       // LOGIN's name, CART ADD's item
  std::uint64_t offset = 0;    // PUT
  std::size_t length = 0;      // PUT: bytes that follow the line
  std::string_view body;       // PUT: those bytes
};

/// A line without its line break. nullopt: it is no request.
std::optional<Request> parse_request(std::string_view line);

/// Whether users and items may be called so: letters of any script, no spaces, none of : = " \ and 32 bytes at most.
bool is_name(std::string_view word);

}  // namespace echolab::session
