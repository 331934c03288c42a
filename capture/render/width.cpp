#include "capture/render/width.hpp"

#include <utf8proc.h>

#include <algorithm>

#include "capture/render/escape.hpp"

namespace echolab::capture {
namespace {

int columns_of(CodePoint point) { return point.value < 0x80 ? 1 : utf8proc_charwidth(point.value); }

/// How many bytes of `text` fit into `width` columns, whole characters only.
std::size_t fitting(std::string_view text, int width) {
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const CodePoint point = next_code_point(text.substr(bytes));
    width -= columns_of(point);
    if (width < 0) break;
    bytes += point.length;
  }
  return bytes;
}

/// Appends `text`, which has no line break of its own, as lines of at most `width` columns.
void wrap_line(std::vector<std::string>& lines, std::string_view text, int width) {
  lines.emplace_back();
  int used = 0;
  while (!text.empty()) {
    std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (word.empty()) continue;
    int needed = columns(word);
    if (used > 0 && used + 1 + needed > width) {
      lines.emplace_back();
      used = 0;
    }
    if (used > 0) {
      lines.back() += ' ';
      ++used;
    }
    while (needed > width && !word.empty()) {
      const std::string_view part = word.substr(0, std::max(fitting(word, width), next_code_point(word).length));
      lines.back().append(part);
      lines.emplace_back();
      word.remove_prefix(part.size());
      needed -= columns(part);  // counted anew, the rest of a word of a megabyte would cost minutes
    }
    lines.back().append(word);
    used += needed;
  }
}

}  // namespace

int columns(std::string_view text) {
  int sum = 0;
  while (!text.empty()) {
    std::size_t ascii = 0;
    while (ascii < text.size() && static_cast<unsigned char>(text[ascii]) < 0x80) ++ascii;
    sum += static_cast<int>(ascii);
    text.remove_prefix(ascii);
    if (text.empty()) break;
    const CodePoint point = next_code_point(text);
    sum += columns_of(point);
    text.remove_prefix(point.length);
  }
  return sum;
}

std::string cut(std::string_view text, int width, std::string_view ellipsis) {
  if (columns(text) <= width) return std::string(text);
  const int room = width - columns(ellipsis);
  if (room < 0) return std::string(text.substr(0, fitting(text, std::max(width, 0))));
  return std::string(text.substr(0, fitting(text, room))).append(ellipsis);
}

std::string pad_right(std::string_view text, int width) {
  return std::string(text).append(repeat(" ", width - columns(text)));
}

std::string pad_left(std::string_view text, int width) { return repeat(" ", width - columns(text)).append(text); }

std::vector<std::string> wrap(std::string_view text, int width) {
  std::vector<std::string> lines;
  while (true) {
    const auto end = text.find('\n');
    wrap_line(lines, text.substr(0, end), width);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string repeat(std::string_view unit, int count) {
  const auto times = static_cast<std::size_t>(std::max(count, 0));
  if (unit.size() == 1) return std::string(times, unit.front());
  std::string out;
  out.reserve(unit.size() * times);
  for (int i = 0; i < count; ++i) out += unit;
  return out;
}

}  // namespace echolab::capture
