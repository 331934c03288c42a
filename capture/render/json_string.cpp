#include "capture/render/json_string.hpp"

#include "capture/render/escape.hpp"
#include "capture/render/json.hpp"

namespace echolab::capture {
namespace {

bool plain(char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

void append_unit(JsonBuffer& out, std::int32_t unit) {
  constexpr std::string_view digits = "0123456789abcdef";
  out.append("\\u");
  for (int shift = 12; shift >= 0; shift -= 4) out += digits[static_cast<std::size_t>(unit >> shift & 15)];
}

/// RFC 8259, section 7: above U+FFFF a pair of surrogates.
void append_unicode_escape(JsonBuffer& out, std::int32_t codepoint) {
  if (codepoint < 0x10000) return append_unit(out, codepoint);
  const std::int32_t rest = codepoint - 0x10000;
  append_unit(out, 0xd800 + (rest >> 10));
  append_unit(out, 0xdc00 + (rest & 0x3ff));
}

void append_special(JsonBuffer& out, CodePoint point, std::string_view bytes) {
  switch (point.value) {
    case '"': return append(out, "\\\"");
    case '\\': return append(out, "\\\\");
    case '\n': return append(out, "\\n");
    case '\r': return append(out, "\\r");
    case '\t': return append(out, "\\t");
    case -1: return append(out, "\\ufffd");
    default: break;
  }
  if (!shows_as_itself(point.value)) return append_unicode_escape(out, point.value);
  append(out, bytes.substr(0, point.length));
}

}  // namespace

void append_json_string(JsonBuffer& out, std::string_view text) {
  out.push_back('"');
  while (!text.empty()) {
    std::size_t run = 0;
    while (run < text.size() && plain(text[run])) ++run;
    append(out, text.substr(0, run));
    text.remove_prefix(run);
    if (text.empty()) break;
    const CodePoint point = next_code_point(text);
    append_special(out, point, text);
    text.remove_prefix(point.length);
  }
  out.push_back('"');
}

std::string json_string(std::string_view text) {
  JsonBuffer out;
  append_json_string(out, text);
  return out;
}

}  // namespace echolab::capture
