#include "capture/render/escape.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdio>

namespace echolab::capture {
namespace {

/// More marks than this on one character are an attempt to paint over the neighbouring lines.
constexpr int most_marks = 2;

/// How many bytes from the beginning show as themselves, whatever follows: ASCII, but for the backslash of escapes.
std::size_t plain_run(std::string_view bytes) {
  const auto plain = [](char c) { return c >= 0x20 && c < 0x7f && c != '\\'; };
  return static_cast<std::size_t>(std::ranges::find_if_not(bytes, plain) - bytes.begin());
}

constexpr int longest_character = 4;  // bytes in UTF-8

bool continues(char byte) { return (byte & 0xc0) == 0x80; }

std::string_view as_chars(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Whether nothing but the beginning of one character is left.
bool is_torn_character(std::string_view rest) {
  const int lead = rest.front() & 0xff;
  const std::size_t length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  return lead < 0xf5 && rest.size() < length && std::ranges::all_of(rest.substr(1), continues);
}

bool belongs_in_text(std::int32_t codepoint) {
  if (codepoint == '\t' || codepoint == '\n' || codepoint == '\r' || codepoint == '\\') return true;
  const auto category = utf8proc_category(codepoint);
  return category != UTF8PROC_CATEGORY_CC && category != UTF8PROC_CATEGORY_CN;
}

void append_hex(std::string& out, const char* format, unsigned value) {
  char text[16];
  out.append(text, static_cast<std::size_t>(std::snprintf(text, sizeof text, format, value)));
}

void append_escaped(std::string& out, CodePoint point, char first_byte) {
  switch (point.value) {
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    case '\\': out += "\\\\"; return;
    default: break;
  }
  if (point.value >= 0x80) return append_hex(out, "\\u{%x}", static_cast<unsigned>(point.value));
  append_hex(out, "\\x%02x", static_cast<unsigned char>(first_byte));
}

/// ASCII as itself or by its escape, every other byte as \xNN.
std::string bytewise(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t run = plain_run(bytes);
    out.append(bytes.substr(0, run));
    bytes.remove_prefix(run);
    if (bytes.empty()) break;
    const char byte = bytes.front();
    append_escaped(out, {(byte & 0x80) != 0 ? -1 : byte, 1}, byte);
    bytes.remove_prefix(1);
  }
  return out;
}

}  // namespace

bool shows_as_itself(std::int32_t codepoint) {
  if (codepoint < 0x80) return codepoint >= 0x20 && codepoint < 0x7f;
  const utf8proc_property_t* property = utf8proc_get_property(codepoint);
  if (property->ignorable) return false;  // fillers, joiners, variation selectors: nothing is drawn
  switch (property->category) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_ZS: return false;
    default: return true;
  }
}

bool is_mark(std::int32_t codepoint) {
  if (codepoint < 0x300) return false;
  const auto category = utf8proc_category(codepoint);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME || category == UTF8PROC_CATEGORY_MC;
}

CodePoint next_code_point(std::string_view text) {
  utf8proc_int32_t value = -1;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &value);
  if (length <= 0) return {-1, 1};
  return {value, static_cast<std::size_t>(length)};
}

std::string printable(std::string_view bytes, bool ascii) {
  std::string out;
  out.reserve(bytes.size());
  int marks = most_marks;  // a mark at the very start would land on whatever stands before the text
  while (!bytes.empty()) {
    if (const std::size_t run = plain_run(bytes); run > 0) {
      marks = bytes[run - 1] == ' ' ? most_marks : 0;
      out.append(bytes.substr(0, run));
      bytes.remove_prefix(run);
      continue;
    }
    const CodePoint point = next_code_point(bytes);
    marks = is_mark(point.value) ? marks + 1 : 0;
    const bool shown = point.value >= 0x80 && !ascii && marks <= most_marks && shows_as_itself(point.value);
    if (shown) {
      out.append(bytes.substr(0, point.length));
    } else {
      append_escaped(out, point, bytes.front());
    }
    bytes.remove_prefix(point.length);
  }
  return out;
}

std::string_view beginning(std::string_view chars, std::size_t longest) {
  if (chars.size() <= longest) return chars;
  std::size_t end = longest;
  while (end > 0 && longest - end < longest_character && continues(chars[end])) --end;
  return chars.substr(0, end);
}

std::string printable_lines(std::string_view text) {
  std::string out;
  while (true) {
    const auto end = text.find('\n');
    out += printable(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

std::string printable(std::span<const std::byte> bytes, bool ascii) { return printable(as_chars(bytes), ascii); }

bool is_text(std::string_view bytes) {
  for (int torn = 0; torn < longest_character - 1 && !bytes.empty() && continues(bytes.front()); ++torn)
    bytes.remove_prefix(1);
  while (!bytes.empty()) {
    bytes.remove_prefix(plain_run(bytes));
    if (bytes.empty()) break;
    const CodePoint point = next_code_point(bytes);
    if (point.value < 0) return is_torn_character(bytes);
    if (!belongs_in_text(point.value)) return false;
    bytes.remove_prefix(point.length);
  }
  return true;
}

std::string excerpt(std::span<const std::byte> payload, std::size_t longest, bool ascii) {
  constexpr std::size_t enough_to_decide = 64;
  const std::string_view chars = as_chars(payload), shown = beginning(chars, longest);
  const bool is_ascii = std::ranges::all_of(shown, [](char c) { return (c & 0x80) == 0; });
  if (is_ascii || is_text(chars.substr(0, enough_to_decide))) return printable(shown, ascii);
  return bytewise(shown);
}

}  // namespace echolab::capture
