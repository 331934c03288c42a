// What a packet carries, whole: tcpdump's -A and -X. Nothing of it steers the terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace echolab::capture {

enum class PayloadStyle : std::uint8_t {
  excerpt,  // as much as fits on the arrow
  text,     // -A: all of it; line breaks stay, the rest is escaped
  hex,      // -X: sixteen bytes a line, and the same as ASCII
};

/// Appends the lines, each after `indent` spaces; for `excerpt` none. `ascii`: characters beyond ASCII are escaped,
/// too.
void append_payload(std::string& out, std::span<const std::byte> payload, PayloadStyle style, int indent, bool ascii);

}  // namespace echolab::capture
