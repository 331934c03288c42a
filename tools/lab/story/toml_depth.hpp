// A TOML parser goes as deep as its text does, and so does whatever deletes the tables that it made: a key of fifty
// thousand parts overflows the stack. So the text is measured before it is parsed.
#pragma once

#include <optional>
#include <string_view>

namespace echolab::lab {

/// The first line at which a statement has more than `most` dots and opening brackets outside of strings and comments:
/// no less than the levels that it opens. nullopt: there is none.
std::optional<int> too_deep_line(std::string_view toml, int most);

}  // namespace echolab::lab
