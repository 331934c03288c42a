// What the ladder says of a packet, read back from its lines.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

namespace echolab::test {

/// Lines as one, without their indentation.
inline std::string unwrapped(const std::string& drawn) {
  std::istringstream lines(drawn);
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    if (!text.empty()) text += ' ';
    text.append(line, std::min(line.find_first_not_of(' '), line.size()));
  }
  return text;
}

/// The lines below the packet's rung, from its number "#7" on, as one line without it.
inline std::string explanation_of(const std::string& drawn, std::uint64_t frame) {
  const std::string number = "#" + std::to_string(frame) + " ";
  std::size_t begin = 0;
  while (true) {  // the first line that begins with it
    const auto word = drawn.find_first_not_of(' ', begin);
    if (word == drawn.npos) return {};
    if (drawn.compare(word, number.size(), number) == 0) return unwrapped(drawn.substr(word + number.size()));
    begin = drawn.find('\n', begin);
    if (begin++ == drawn.npos) return {};
  }
}

struct NamesInText {
  std::set<std::string> all, in_full;
};

/// The notes of an explanation: "→ retransmission: Look ..." in full, "→ retransmission, never_delivered" by name.
inline NamesInText names_in(std::string_view text) {
  constexpr std::string_view arrow = "→ ", letters = "abcdefghijklmnopqrstuvwxyz_";
  NamesInText names;
  for (auto at = text.find(arrow); at != text.npos; at = text.find(arrow, at)) {
    at += arrow.size();
    while (true) {
      const auto end = std::min(text.find_first_not_of(letters, at), text.size());
      const std::string name(text.substr(at, end - at));
      names.all.insert(name);
      at = end;
      if (text.substr(at, 2) == ": ") names.in_full.insert(name);
      if (text.substr(at, 2) != ", ") break;
      at += 2;
    }
  }
  return names;
}

}  // namespace echolab::test
