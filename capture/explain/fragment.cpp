// A fragment: its place in its packet, what it is beside the others, and what the capture lacks of a packet in the end.
#include <algorithm>
#include <utility>
#include <vector>

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
    case UnfinishedPacket::Why::unfit:
      return packet.unfit.size() > 1 ? Phrase::unfinished_unfits : Phrase::unfinished_unfit;
    case UnfinishedPacket::Why::inside: return Phrase::unfinished_inside;
    case UnfinishedPacket::Why::refused: return Phrase::unfinished_refused;
    case UnfinishedPacket::Why::refused_around: return Phrase::unfinished_refused_around;
    case UnfinishedPacket::Why::incomplete: break;
  }
  return packet.hole.offset < packet.hole.end ? Phrase::unfinished_hole : Phrase::unfinished_end;
}

std::string_view hops_name(bool v6) { return v6 ? "hop limit" : "TTL"; }

void say_hops(std::string& text, const FragmentView::OtherHops& other, bool v6, const Catalog& words) {
  const Blanks blanks{.field = hops_name(v6), .frame = other.frame, .number = other.there, .had = other.hops};
  say(text, words[Phrase::fragment_other_hops], blanks);
  if (other.hops == 1) say(text, words[Phrase::fragment_last_hop], blanks);
}

/// What cannot be, whatever the others are.
void say_unfit(std::string& text, const Fragment& piece, const Catalog& words) {
  if (piece.uneven()) say(text, words[Phrase::fragment_uneven], {});
  if (piece.beyond_largest()) say(text, words[Phrase::fragment_beyond_largest], {.number = piece.largest});
}

void say_beside(std::string& text, const FragmentView& view, const Fragment& piece, const Catalog& words) {
  const std::string identification = identification_text(piece.identification, piece.v6);
  if (view.own_protocol)
    say(text, words[Phrase::fragment_own_protocol], {.name = ip_protocol_name(*view.own_protocol)});
  if (const auto& other = view.other_hops) say_hops(text, *other, piece.v6, words);
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

constexpr std::size_t most_listed = 4;

/// What is wrong with those that fit nowhere.
Phrase fault_of(const UnfinishedPacket& packet) {
  if (packet.uneven && packet.beyond_largest) return Phrase::unfit_either;
  return packet.uneven ? Phrase::unfit_uneven : Phrase::unfit_beyond;
}

void say_missing(std::string& text, const UnfinishedPacket& packet, const Catalog& words) {
  if (packet.holes.empty()) return;
  std::vector<std::string> holes;
  for (const Stretch& hole : packet.holes)
    holes.push_back(filled(words[Phrase::missing_stretch], {.offset = hole.offset, .end = hole.end}));
  const std::string place = list_of(std::move(holes), most_listed, words);
  say(text, words[Phrase::unfinished_missing], {.place = place});
}

/// Whether it is told which fragments spoil it: those may have got lost on the way to the receiver.
bool names_packets(const UnfinishedPacket& packet) {
  using Why = UnfinishedPacket::Why;
  return packet.why == Why::overlap || packet.why == Why::disagreement || packet.why == Why::unfit;
}

std::string counted(std::uint64_t count, std::uint64_t first, Phrase one, Phrase many, const Catalog& words) {
  return filled(words[count == 1 ? one : many], {.frame = first, .number = count});
}

/// In what the replies that cannot be its own differ from it.
Phrase other_replies_of(const UnfinishedPacket::Echo& echo) {
  const bool one = echo.others == 1;
  if (echo.of_other_length == 0) return one ? Phrase::reply_of_other_name : Phrase::replies_of_other_name;
  if (echo.of_other_length < echo.others) return Phrase::replies_that_differ;
  return one ? Phrase::reply_of_other_length : Phrase::replies_of_other_length;
}

void say_no_reply(std::string& text, const UnfinishedPacket& packet, const Catalog& words) {
  const UnfinishedPacket::Echo& echo = packet.echo;
  if (echo.replies == 0) {
    say(text, words[Phrase::unfinished_no_reply], {});
    if (echo.others > 0) say(text, words[other_replies_of(echo)], {.frame = echo.other});
    return;
  }
  const std::string requests = counted(echo.requests, echo.request, Phrase::one_request, Phrase::many_requests, words),
                    replies = counted(echo.replies, echo.reply, Phrase::one_reply, Phrase::many_replies, words);
  say(text, words[Phrase::unfinished_other_replies], {.name = requests, .answer = replies});
}

/// What came back for it. Where it was refused, nothing is guessed of a reply.
void say_answer(std::string& text, const UnfinishedPacket& packet, const Catalog& words) {
  using Why = UnfinishedPacket::Why;
  const bool told = packet.why == Why::refused || packet.why == Why::refused_around;
  const bool refused = told || !packet.refused_by.empty();
  if (refused && !told)
    say(text, words[packet.refused_by.size() == 1 ? Phrase::refused_by_one : Phrase::refused_by_many],
        {.frames = list_of(packet.refused_by, most_listed, words)});
  if (!packet.echo.seems_unanswered() || (refused && packet.echo.replies > 0)) return;
  say_no_reply(text, packet, words);
  if (packet.why == Why::overlap && packet.v6 && packet.hops.others_whole && !refused)
    say(text, words[Phrase::unfinished_hops_arrived], {.frame = packet.hops.frame});
}

}  // namespace

void say_fragment(std::string& text, const Observation& seen, const Fragment& piece, const Catalog& words) {
  const auto& view = seen.fragment;
  const Phrase place = !piece.more ? Phrase::last_fragment : piece.first() ? Phrase::first_fragment : Phrase::fragment;
  say_place(text, place, piece, view ? view->protocol : piece.protocol, words);
  if (!view) return;
  say_beside(text, *view, piece, words);
  for (const HeldFragment& held : seen.held) {
    say_place(text, held.piece.more ? Phrase::held_fragment : Phrase::held_last_fragment, held.piece,
              held.beside.protocol, words);
    say_beside(text, held.beside, held.piece, words);
  }
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
  const std::string outer = identification_text(packet.outer, packet.v6);
  const std::string frames = list_of(packet.unfit, most_listed, words);
  say(text, words[phrase_of(packet)],
      {.name = words[fault_of(packet)],
       .frames = frames,
       .identification = outer,
       .number = packet.frame,
       .offset = packet.hole.offset,
       .end = packet.hole.end});
  if (packet.disputed != 0) say(text, words[Phrase::unfinished_disagreement_too], {.number = packet.disputed});
  say_missing(text, packet, words);
  if (names_packets(packet) && packet.hops.differ())
    say(text, words[Phrase::unfinished_hops],
        {.field = hops_name(packet.v6),
         .frame = packet.hops.frame,
         .number = packet.hops.most,
         .had = packet.hops.fewest});
  say_answer(text, packet, words);
  return text;
}

}  // namespace echolab::capture
