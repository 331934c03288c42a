// Base64 with the alphabet for URLs and without padding (RFC 4648 5; RFC 7515 2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace echolab::session {

std::string to_base64url(std::string_view bytes);

/// nullopt where it is not exactly what `to_base64url` writes: one text for the same bytes, or a token could be altered
/// and still be valid. So no padding, no "+" or "/", no white space, and the bits that the last character has too many
/// are zero.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace echolab::session
