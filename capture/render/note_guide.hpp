// The notes explained one by one: what `capture --list-notes` prints.
#pragma once

#include <string>

#include "capture/track/observation.hpp"
#include "net/text.hpp"

namespace echolab::capture {

/// Its name, what it says, when it is set, what it stands with and in place of, who rules it, what to look at next; in
/// lines of at most `columns` columns. Precondition: columns >= 8.
std::string to_text(Note note, Language language, int columns);

/// {"v":1,"kind":"note","note":"zero_window_probe_ack","says":"...","when":"...","look":"...","sections":"RFC 9293
/// 3.8.6.1","with":["zero_window"],"replaces":["challenge_ack"]}: no line break in it or behind it.
std::string to_json(Note note, Language language);

}  // namespace echolab::capture
