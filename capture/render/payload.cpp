#include "capture/render/payload.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "capture/render/escape.hpp"

namespace echolab::capture {
namespace {

constexpr std::size_t bytes_a_line = 16;

void append_text(std::string& out, std::string_view payload, int indent, bool ascii) {
  while (!payload.empty()) {
    const std::string_view line = payload.substr(0, payload.find('\n'));
    payload.remove_prefix(std::min(line.size() + 1, payload.size()));
    const bool returns = line.ends_with('\r');  // of HTTP and its kin: the break is theirs, not a character
    out.append(static_cast<std::size_t>(indent), ' ');
    out.append(printable(line.substr(0, line.size() - returns), ascii)) += '\n';
  }
}

/// "0x0010:  4745 5420 2f20 4854 5450 2f31 2e31 0d0a  GET / HTTP/1.1.."
void append_hex_line(std::string& out, std::size_t offset, std::span<const std::byte> bytes) {
  fmt::format_to(std::back_inserter(out), "0x{:04x}:  ", offset);
  for (std::size_t i = 0; i < bytes_a_line; ++i) {
    if (i < bytes.size())
      fmt::format_to(std::back_inserter(out), "{:02x}", std::to_integer<unsigned>(bytes[i]));
    else
      out += "  ";
    if (i % 2 == 1) out += ' ';
  }
  out += ' ';
  for (const std::byte byte : bytes) {
    const auto letter = std::to_integer<char>(byte);
    out += letter >= ' ' && letter <= '~' ? letter : '.';
  }
}

void append_hex(std::string& out, std::span<const std::byte> payload, int indent) {
  for (std::size_t offset = 0; offset < payload.size(); offset += bytes_a_line) {
    out.append(static_cast<std::size_t>(indent), ' ');
    append_hex_line(out, offset, payload.subspan(offset, std::min(bytes_a_line, payload.size() - offset)));
    out += '\n';
  }
}

}  // namespace

void append_payload(std::string& out, std::span<const std::byte> payload, PayloadStyle style, int indent, bool ascii) {
  if (style == PayloadStyle::text)
    append_text(out, {reinterpret_cast<const char*>(payload.data()), payload.size()}, indent, ascii);
  if (style == PayloadStyle::hex) append_hex(out, payload, indent);
}

}  // namespace echolab::capture
