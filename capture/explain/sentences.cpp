#include "capture/explain/sentences.hpp"

#include <array>

namespace echolab::capture {
namespace {

/// What is wrong, or was lost; any other note is only remarkable.
constexpr std::array warnings{
    Note::retransmission,
    Note::fast_retransmission,
    Note::spurious_retransmission,
    Note::zero_window,
    Note::lost_segment,
    Note::refused,
    Note::inconsistent_retransmission,
    Note::reset_ignored,
    Note::data_after_fin,
    Note::illegal_flags,
    Note::port_unreachable,
    Note::never_delivered,
};

}  // namespace

void say(std::string& text, std::string_view sentence, const Blanks& blanks) {
  if (!text.empty()) text += ' ';
  fill(text, sentence, blanks);
}

void say_notes(std::string& text, NoteSet notes, NoteSet told, const Blanks& blanks, const Catalog& words) {
  if (notes.empty()) return;
  for (std::size_t i = 0; i < note_count; ++i) {
    const auto note = static_cast<Note>(i);
    if (notes.has(note) && !told.has(note)) say(text, words[note], blanks);
  }
}

std::string packets(std::span<const std::uint64_t> frames, const Catalog& words) {
  std::string list;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (i > 0) list += i + 1 == frames.size() ? words[Phrase::last_of_list] : ", ";
    list += std::to_string(frames[i]);
  }
  return filled(words[frames.size() == 1 ? Phrase::one_packet : Phrase::many_packets], {.name = list});
}

std::string_view name_of(Side side, const Catalog& words) {
  return words[side == Side::client ? Phrase::client : Phrase::server];
}

std::string byte_count(std::uint64_t bytes, const Catalog& words) {
  return filled(words[bytes == 1 ? Phrase::one_byte : Phrase::many_bytes], {.number = bytes});
}

Severity severity_of(NoteSet notes) {
  for (const Note note : warnings) {
    if (notes.has(note)) return Severity::warning;
  }
  return notes.empty() ? Severity::plain : Severity::note;
}

}  // namespace echolab::capture
