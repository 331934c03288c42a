#include "capture/explain/explain.hpp"

#include <utility>

#include "capture/explain/icmp.hpp"
#include "capture/explain/names.hpp"
#include "capture/explain/sentences.hpp"

namespace echolab::capture {

Annotation explain_other(const Observation& seen, const Other& other, const Catalog& words) {
  const auto kind = static_cast<std::size_t>(other.kind);
  const std::string name = name_of(other);
  Annotation told;
  const bool is_fragment = other.kind == Other::Kind::fragment && other.ip.fragment;
  const bool later = is_fragment && !other.ip.fragment->first();
  const Blanks blanks{.name = name, .number = other.number};
  told.headline = is_fragment && !later ? name : filled(words.other_names[kind], blanks);
  told.headline = with_fragment(std::move(told.headline), other.ip, words);
  if (other.kind == Other::Kind::icmp) say(told.text, words[purpose_of(other)], {});
  if (!later) say(told.text, words.others[kind], blanks);
  say_ip(told.text, seen, other.ip, words);
  say_notes(told.text, seen.notes, told_by_ip(other.ip).add(Note::tunnel).add(Note::truncated), {}, words);
  return told;
}

namespace {

const NoteText& text_of(Note note, Language language) {
  return catalog(language).notes[static_cast<std::size_t>(note)];
}

}  // namespace

std::string_view advice(Note note, Language language) { return text_of(note, language).look; }
std::string_view conditions(Note note, Language language) { return text_of(note, language).when; }

std::string sentence(Note note, Language language) {
  const Catalog& words = catalog(language);
  const std::string packet = filled(words[Phrase::one_packet], {.name = "4"});
  return filled(words[note], {.who = words[Phrase::client],
                              .peer = words[Phrase::server],
                              .frames = packet,
                              .ack = 1001,
                              .number = 65535,
                              .window = 65535});
}

namespace {

Annotation explain_packet(const Observation& seen, const Catalog& words) {
  if (seen.tcp && seen.stream && std::holds_alternative<Segment>(seen.decoded)) return explain_segment(seen, words);
  if (const auto* datagram = std::get_if<Datagram>(&seen.decoded)) return explain_datagram(seen, *datagram, words);
  if (const auto* error = std::get_if<IcmpError>(&seen.decoded)) return explain_icmp_error(seen, *error, words);
  if (const auto* other = std::get_if<Other>(&seen.decoded)) return explain_other(seen, *other, words);
  if (const auto* malformed = std::get_if<Malformed>(&seen.decoded)) return explain_malformed(seen, *malformed, words);
  return {};
}

}  // namespace

Annotation explain(const Observation& seen, Language language) {
  Annotation told = explain_packet(seen, catalog(language));
  const IpInfo& ip = std::visit([](const auto& packet) -> const IpInfo& { return packet.ip; }, seen.decoded);
  if (ip.zero_length) told.unsuited.add(Note::offload_length);  // no card was to cut this one up
  for (std::size_t i = 0; !seen.notes.empty() && i < note_count; ++i)
    if (const auto note = static_cast<Note>(i); seen.notes.has(note) && !told.unsuited.has(note))
      told.advice.push_back(advice(note, language));
  return told;
}

}  // namespace echolab::capture
