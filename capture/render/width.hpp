// Text measured in terminal columns, not in bytes: a Hangul syllable takes two.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace echolab::capture {

/// Columns that `text` (UTF-8 without escape sequences) takes. A byte that is not UTF-8 counts as one.
int columns(std::string_view text);

/// At most `width` columns of `text`; where something is cut off the last column holds `ellipsis`.
std::string cut(std::string_view text, int width, std::string_view ellipsis = "…");

/// `text` and spaces up to `width` columns: text on the left, on the right, in the middle. Wider text stays as it is.
std::string pad_right(std::string_view text, int width);
std::string pad_left(std::string_view text, int width);

/// Lines of at most `width` columns, broken at line breaks and spaces, or inside a word that alone is too wide. Never
/// empty. Precondition: width >= 2.
std::vector<std::string> wrap(std::string_view text, int width);

/// `unit` again and again: "─" 3 is "───". Nothing where `count` is below 1.
std::string repeat(std::string_view unit, int count);

}  // namespace echolab::capture
