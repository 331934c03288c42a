// A fragment: its place in its packet, what it is beside the others, and what the capture lacks of a packet in the end.
#include "capture/explain/explain.hpp"
#include "capture/explain/names.hpp"
#include "capture/explain/sentences.hpp"

namespace echolab::capture {
namespace {

using Overlap = FragmentView::Overlap;
using Disagreement = FragmentView::Disagreement;

/// Of an overlap in part.
Phrase phrase_of(Overlap::Content content) {
  switch (content) {
    case Overlap::Content::same: return Phrase::fragment_overlap_same;
    case Overlap::Content::different: return Phrase::fragment_overlap_other;
    case Overlap::Content::unknown: break;
  }
  return Phrase::fragment_overlap;
}

void say_overlap(std::string& text, const Overlap& overlap, bool v6, const Catalog& words) {
  const Blanks blanks{.frame = overlap.frame, .offset = overlap.stretch.offset, .end = overlap.stretch.end};
  if (overlap.is_copy()) {
    const bool seen = overlap.content == Overlap::Content::same;
    return say(text, words[seen ? Phrase::fragment_copy : Phrase::fragment_same_place], blanks);
  }
  say(text, words[overlap.whole ? Phrase::fragment_other_content : phrase_of(overlap.content)], blanks);
  say(text, words[v6 ? Phrase::overlap_v6 : Phrase::overlap_v4], {});
}

Phrase phrase_of(Disagreement::Kind kind) {
  switch (kind) {
    case Disagreement::Kind::two_ends: return Phrase::fragments_two_ends;
    case Disagreement::Kind::end_passed: return Phrase::fragments_end_passed;
    case Disagreement::Kind::beyond_end: break;
  }
  return Phrase::fragment_beyond_end;
}

Phrase phrase_of(const UnfinishedPacket& packet) {
  switch (packet.why) {
    case UnfinishedPacket::Why::overlap:
      return packet.v6 ? Phrase::unfinished_overlap_v6 : Phrase::unfinished_overlap_v4;
    case UnfinishedPacket::Why::disagreement: return Phrase::unfinished_disagreement;
    case UnfinishedPacket::Why::unfit: return Phrase::unfinished_unfit;
    case UnfinishedPacket::Why::incomplete: break;
  }
  return packet.hole.offset < packet.hole.end ? Phrase::unfinished_hole : Phrase::unfinished_end;
}

/// What cannot be, whatever the others are.
void say_unfit(std::string& text, const Fragment& piece, const Catalog& words) {
  if (piece.uneven()) say(text, words[Phrase::fragment_uneven], {});
  if (piece.beyond_largest()) say(text, words[Phrase::fragment_beyond_largest], {.number = piece.largest});
}

void say_beside(std::string& text, const FragmentView& view, const Fragment& piece, const Catalog& words) {
  const std::string identification = identification_text(piece.identification, piece.v6);
  if (const auto& overlap = view.overlap) say_overlap(text, *overlap, piece.v6, words);
  if (const auto& disagreement = view.disagreement)
    say(text, words[phrase_of(disagreement->kind)],
        {.identification = identification, .frame = disagreement->frame, .had = disagreement->end, .end = piece.end()});
  if (const auto& bytes = view.completes)
    say(text, words[piece.more ? Phrase::fragment_completes_late : Phrase::fragment_completes],
        {.bytes = byte_count(*bytes, words), .identification = identification});
  if (const auto& hole = view.hole) say(text, words[Phrase::fragment_hole], {.offset = hole->offset, .end = hole->end});
}

void say_place(std::string& text, Phrase phrase, const Fragment& piece, std::uint8_t protocol, const Catalog& words) {
  const std::string name = ip_protocol_name(protocol),
                    identification = identification_text(piece.identification, piece.v6);
  say(text, words[phrase],
      {.name = name, .identification = identification, .offset = piece.offset, .end = piece.end()});
  say_unfit(text, piece, words);
}

}  // namespace

void say_fragment(std::string& text, const Observation& seen, const Fragment& piece, const Catalog& words) {
  const auto& view = seen.fragment;
  const Phrase place = !piece.more ? Phrase::last_fragment : piece.first() ? Phrase::first_fragment : Phrase::fragment;
  say_place(text, place, piece, view ? view->protocol : piece.protocol, words);
  if (view) say_beside(text, *view, piece, words);
}

std::string explain(const UnfinishedPacket& packet, Language language) {
  const Catalog& words = catalog(language);
  const std::string protocol = ip_protocol_name(packet.protocol), source = to_string(packet.source),
                    destination = to_string(packet.destination),
                    identification = identification_text(packet.identification, packet.v6),
                    fragments = filled(words[packet.fragments == 1 ? Phrase::one_fragment : Phrase::many_fragments],
                                       {.number = packet.fragments});
  std::string text;
  say(text, words[Phrase::unfinished_packet],
      {.source = source,
       .destination = destination,
       .protocol = protocol,
       .identification = identification,
       .fragments = fragments,
       .frame = packet.first_frame});
  say(text, words[phrase_of(packet)],
      {.name = words[packet.uneven ? Phrase::unfit_uneven : Phrase::unfit_beyond],
       .number = packet.frame,
       .offset = packet.hole.offset,
       .end = packet.hole.end});
  return text;
}

}  // namespace echolab::capture
