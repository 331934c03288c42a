// The story of one UDP datagram: RFC 768 has no states, so it tells what is missing, and who the two ends may be.
#include "capture/explain/ports.hpp"
#include "capture/explain/sentences.hpp"

namespace echolab::capture {
namespace {

Audience audience_of(const Observation& seen) { return seen.stream ? seen.stream->audience : Audience::one; }

/// Of the first datagram: whether `client` and `server` are the right words for the two ends.
void say_roles(std::string& text, const Observation& seen, const Datagram& datagram, const Catalog& words) {
  const Audience audience = audience_of(seen);
  if (audience == Audience::one) {
    if (datagram.source.port == datagram.destination.port)
      say(text, words[Phrase::same_ports], {});
    else if (looks_like_an_answer(datagram.source.port, datagram.destination.port))
      say(text, words[Phrase::looks_like_an_answer], {.number = datagram.source.port});
    return;
  }
  const std::string destination = to_string(datagram.destination.address);
  say(text, words[audience == Audience::group ? Phrase::to_group : Phrase::to_everybody], {.destination = destination});
}

}  // namespace

Annotation explain_datagram(const Observation& seen, const Datagram& datagram, const Catalog& words) {
  const Side from = seen.stream ? seen.stream->from : Side::client;
  const bool empty = datagram.payload_length == 0;
  const std::string bytes = byte_count(datagram.payload_length, words);
  const Blanks blanks{.who = name_of(from, words), .peer = name_of(other(from), words), .bytes = bytes};

  Annotation told;
  told.headline =
      with_fragment(filled(words[empty ? Headline::empty_datagram : Headline::datagram], blanks), datagram.ip, words);
  const std::uint64_t place = seen.stream ? seen.stream->packet : 1;
  const Phrase phrase = place == 1                           ? Phrase::first_datagram
                        : place == 2 && from == Side::server ? Phrase::first_answer
                                                             : Phrase::later_datagram;
  say(told.text, words[audience_of(seen) == Audience::one ? Phrase::sends_datagram : Phrase::sends_to_many], blanks);
  say(told.text, words[phrase], blanks);
  if (place == 1) say_roles(told.text, seen, datagram, words);
  if (empty) say(told.text, words[Phrase::nothing_in_it], blanks);
  if (!datagram.tunnel.empty()) say(told.text, words[Phrase::carries_tunnel], {.name = datagram.tunnel});
  say_ip(told.text, seen, datagram, words);
  say_notes(told.text, seen.notes, told_by_ip(datagram.ip).add(Note::tunnel), blanks, words);
  told.section = "RFC 768";
  told.severity = severity_of(seen.notes);
  return told;
}

}  // namespace echolab::capture
