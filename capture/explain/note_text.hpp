// What a note means, for people: what happened, when it is set, what to look at next. The page docs/notes is made of
// the same rows.
#pragma once

#include <array>
#include <string_view>

#include "capture/track/note.hpp"

namespace echolab::capture {

struct NoteText {
  Note note{};
  std::string_view says;  // one sentence with blanks: what happened
  std::string_view when;  // set when all of this is true
  std::string_view look;  // one sentence: what to look at next
};

extern const std::array<NoteText, note_count> notes_en, notes_ko;

}  // namespace echolab::capture
