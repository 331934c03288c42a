// JSON that others have written, read without trust: one object, no name twice, each value of the type that is asked
// for.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace echolab::session {

/// nullopt: it is no JSON object, or a name stands twice in an object of it. RFC 8259 leaves open which of the two
/// would count, so two readers may see different claims (RFC 7515 4).
std::optional<nlohmann::json> read_object(std::string_view text);

/// The member, if it is there; nullptr: it is not.
const nlohmann::json* member(const nlohmann::json& object, const char* name);
/// Its text; "" where it is not there or no text.
std::string text_of(const nlohmann::json& object, const char* name);

}  // namespace echolab::session
