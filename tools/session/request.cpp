#include "tools/session/request.hpp"

#include <array>
#include <charconv>
#include <span>

#include "capture/render/escape.hpp"

namespace echolab::session {
namespace {

constexpr std::array<std::string_view, 9> verbs = {"PING", "LOGIN", "WHO",  "CART",  "CART ADD",
                                                   "BUY",  "PUT",   "HAVE", "LOGOUT"};

/// The line's words, and whether there were more of them than any request has.
struct Words {
  static constexpr std::size_t most = 5;  // n=, id=, PUT, offset, length
  std::array<std::string_view, most> list;
  std::size_t count = 0;
  bool too_many = false;
};

Words split(std::string_view line) {
  Words words;
  for (;;) {
    const auto begin = line.find_first_not_of(" \t");
    if (begin == line.npos) return words;
    line.remove_prefix(begin);
    words.too_many = words.count == Words::most;
    if (words.too_many) return words;
    const std::string_view word = line.substr(0, line.find_first_of(" \t"));
    words.list[words.count++] = word;
    line.remove_prefix(word.size());
  }
}

/// A number in plain digits: no sign, no spaces, nothing behind it.
std::optional<std::uint64_t> number(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || value > largest_number) return std::nullopt;
  return value;
}

/// Takes one of "n=5", "id=..." and "token=..." from the front of `words`. False: there is none, or it is wrong.
bool take_prefix(std::span<const std::string_view>& words, Request& request) {
  if (words.empty()) return false;
  const bool anonymous = request.id.data() == nullptr && request.token.data() == nullptr;
  if (words[0].starts_with("n=") && request.number == 0) {
    request.number = number(words[0].substr(2)).value_or(0);
    if (request.number == 0) return false;
  } else if (words[0].starts_with("id=") && anonymous) {
    request.id = words[0].substr(3);
  } else if (words[0].starts_with("token=") && anonymous) {
    request.token = words[0].substr(6);
  } else {
    return false;
  }
  words = words.subspan(1);
  return true;
}

std::optional<Verb> verb_of(std::span<const std::string_view>& words) {
  if (words.empty()) return std::nullopt;
  for (std::size_t i = 0; i < verbs.size(); ++i) {
    if (words[0] != verbs[i]) continue;
    words = words.subspan(1);
    return static_cast<Verb>(i);
  }
  return std::nullopt;
}

bool take_name(std::span<const std::string_view> words, Request& request) {
  if (words.size() != 1 || !is_name(words[0])) return false;
  request.word = words[0];
  return true;
}

bool take_place_and_length(std::span<const std::string_view> words, Request& request) {
  if (words.size() != 2) return false;
  const auto offset = number(words[0]), length = number(words[1]);
  if (!offset || !length || *length > longest_body) return false;
  request.offset = *offset;
  request.length = *length;
  return true;
}

/// What stands behind the verb.
bool take_arguments(std::span<const std::string_view> words, Request& request) {
  switch (request.verb) {
    case Verb::login: return take_name(words, request);
    case Verb::put: return take_place_and_length(words, request);
    case Verb::cart:
      if (words.empty()) return true;
      request.verb = Verb::add;
      return words[0] == "ADD" && take_name(words.subspan(1), request);
    default: return words.empty();
  }
}

}  // namespace

std::string_view name(Verb verb) { return verbs[static_cast<std::size_t>(verb)]; }

bool is_name(std::string_view word) {
  if (word.empty() || word.size() > longest_name) return false;
  while (!word.empty()) {
    const auto [codepoint, length] = capture::next_code_point(word);
    if (codepoint < 0 || !capture::shows_as_itself(codepoint)) return false;
    if (std::string_view(" :=\"\\").find(word[0]) != std::string_view::npos) return false;
    word.remove_prefix(length);
  }
  return true;
}

std::optional<Request> parse_request(std::string_view line) {
  if (line.size() > longest_line) return std::nullopt;
  const Words all = split(line);
  if (all.too_many) return std::nullopt;
  std::span words = std::span(all.list).first(all.count);
  Request request;
  while (take_prefix(words, request)) {
  }
  const auto verb = verb_of(words);
  if (!verb) return std::nullopt;
  request.verb = *verb;
  if (!take_arguments(words, request)) return std::nullopt;
  return request;
}

}  // namespace echolab::session
