// What a note means, for people: what happened, when it is set, what to look at next. The page docs/notes is made of
// the same rows.
#pragma once

#include "capture/explain/plan.hpp"
#include "capture/track/note.hpp"

namespace echolab::capture {

/// What happened: a sentence on the packet that has the note.
struct NoteSays : OneOf<Blank::who, Blank::peer, Blank::copy, Blank::ack, Blank::number, Blank::window, Blank::frames> {
  consteval NoteSays(std::string_view en, std::string_view ko) : OneOf(Level::fact, en, ko) {}
};

struct NoteText {
  Note note;
  NoteSays says;
  Text when;    // set when all of this is true
  Advice look;  // one sentence: what to look at next
};

const NoteText& text_of(Note note);

/// The sentences of those notes of a packet without a conversation's numbers that are not in `told`.
void tell_notes(Plan& plan, NoteSet notes, NoteSet told, Side from = Side::client);
/// What to look at next, of every note; of those in `unsuited` another reason has been told, and they are only named.
void advise(Plan& plan, NoteSet notes, NoteSet unsuited = {});
Severity severity_of(NoteSet notes);

}  // namespace echolab::capture
