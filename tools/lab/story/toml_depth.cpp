// Read TOML 1.0, "Comment", "Keys" and "String", before editing: where a string ends must be seen as the parser sees
// it, or what is hidden behind a quotation mark is not measured. Behind an error it does not matter, for there it
// stops.
#include "tools/lab/story/toml_depth.hpp"

#include <algorithm>

namespace echolab::lab {
namespace {

/// Of the string that `text` begins with, quotation marks and all.
std::size_t length_of_string(std::string_view text) {
  const char quote = text.front();
  const std::string_view three = quote == '"' ? R"(""")" : "'''";
  const bool many_lines = text.starts_with(three);
  for (std::size_t at = many_lines ? 3 : 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;  // what follows is escaped
    } else if (many_lines && text.substr(at).starts_with(three)) {
      at += 3;
      for (int own = 0; own < 2 && at < text.size() && text[at] == quote; ++own) ++at;  // it may end in two of its own
      return at;
    } else if (!many_lines && (text[at] == quote || text[at] == '\n')) {
      return at + (text[at] == quote ? 1 : 0);
    }
  }
  return text.size();
}

/// A string, a comment, or one character.
std::string_view first_token(std::string_view text) {
  switch (text.front()) {
    case '"':
    case '\'': return text.substr(0, length_of_string(text));
    case '#': return text.substr(0, text.find('\n'));
    default: return text.substr(0, 1);
  }
}

}  // namespace

std::optional<int> too_deep_line(std::string_view toml, int most) {
  int line = 1, levels = 0, open_brackets = 0;
  while (!toml.empty()) {
    const std::string_view token = first_token(toml);
    toml.remove_prefix(token.size());
    const char sign = token.front();
    const bool opens = sign == '[' || sign == '{', closes = sign == ']' || sign == '}';
    if ((opens || sign == '.') && ++levels > most) return line;
    open_brackets = std::max(0, open_brackets + opens - closes);
    line += static_cast<int>(std::ranges::count(token, '\n'));
    if (sign == '\n' && open_brackets == 0) levels = 0;  // the statement has ended
  }
  return std::nullopt;
}

}  // namespace echolab::lab
