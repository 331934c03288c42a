// Foreign bytes made safe to show: nothing in a packet, a file name or an argument may steer the terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace echolab::capture {

/// Whether a code point may stand on the screen as it is. False for control, bidirectional, zero-width, private-use and
/// unassigned characters, for line separators and for every space but U+0020.
bool shows_as_itself(std::int32_t codepoint);

/// Whether a code point is drawn onto the character before it (a combining mark).
bool is_mark(std::int32_t codepoint);

/// The next code point of `text` and its length in bytes. Precondition: `text` is not empty.
/// An invalid sequence gives {-1, 1}: one bad byte at a time.
struct CodePoint {
  std::int32_t value;
  std::size_t length;
};
CodePoint next_code_point(std::string_view text);

/// Text where the bytes are valid UTF-8 (Hangul too); the rest as \n \t \r \\ \xNN or \u{NNNN}. With `ascii` every
/// character above U+007E is escaped. The result holds printable characters only and can be told back from the bytes.
std::string printable(std::span<const std::byte> bytes, bool ascii = false);
std::string printable(std::string_view bytes, bool ascii = false);

/// The same line by line: the line breaks stay.
std::string printable_lines(std::string_view text);

/// At most `longest` bytes, not torn inside a character.
std::string_view beginning(std::string_view chars, std::size_t longest);

/// Whether it may be shown as text: UTF-8 without control characters but tab and line breaks, and without unassigned
/// ones. A character torn at the beginning or the end is no blemish: TCP cuts where it likes, and so does a snaplen.
bool is_text(std::string_view bytes);

/// At most `longest` bytes from the beginning, not torn inside a UTF-8 character, printable: as text where the payload
/// is text (its first 64 bytes decide). Else no byte beyond ASCII is taken for a part of a character: in binary data
/// some look like one by chance.
std::string excerpt(std::span<const std::byte> payload, std::size_t longest, bool ascii = false);

}  // namespace echolab::capture
