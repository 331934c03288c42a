// What the IP header around a packet says: which piece of a larger one this is, and what it promises in vain.
#include "capture/explain/sentences.hpp"

namespace echolab::capture {
namespace {

void say_missing(std::string& text, const IpInfo& ip, Phrase phrase, const Catalog& words) {
  if (ip.missing > 0) say(text, words[phrase], {.bytes = byte_count(ip.missing, words)});
}

/// Only so many headers were read: what stands behind them is not known, nor whether the packet is whole.
bool is_chain_too_long(const Observation& seen) {
  const auto* other = std::get_if<Other>(&seen.decoded);
  return other != nullptr && other->kind == Other::Kind::chain_too_long;
}

void say_shape(std::string& text, const Observation& seen, const IpInfo& ip, const Catalog& words) {
  if (ip.fragment) say_fragment(text, seen, *ip.fragment, words);
  if (ip.atomic_fragment && !is_chain_too_long(seen)) say(text, words[Phrase::atomic_fragment], {});
  if (ip.zero_length) say(text, words[Phrase::zero_length], {});
  say_no_hops_left(text, ip, words);
  if (ip.fragment_headers > 1) say(text, words[Phrase::fragment_headers], {.number = ip.fragment_headers});
  if (ip.options_malformed) say(text, words[Phrase::ip_options_malformed], {});
}

}  // namespace

void say_no_hops_left(std::string& text, const IpInfo& ip, const Catalog& words) {
  if (ip.zero_ttl) say(text, words[Phrase::zero_ttl], {});
  if (ip.zero_hop_limit) say(text, words[Phrase::zero_hop_limit], {});
}

NoteSet told_by_ip(const IpInfo& ip) {
  NoteSet told;
  if (ip.fragment) told.add(Note::fragment);
  if (ip.zero_length) told.add(Note::offload_length);
  return told;
}

std::string with_fragment(std::string headline, const IpInfo& ip, const Catalog& words) {
  const bool first = ip.fragment && ip.fragment->first();
  return first ? filled(words[Headline::first_fragment], {.name = headline}) : headline;
}

void say_ip(std::string& text, const Observation& seen, const IpInfo& ip, const Catalog& words) {
  say_missing(text, ip, Phrase::bytes_missing, words);
  say_shape(text, seen, ip, words);
}

void say_ip(std::string& text, const Observation& seen, const Segment& segment, const Catalog& words) {
  say_ip(text, seen, segment.ip, words);
  if (segment.ip.fragment) say(text, words[Phrase::segment_in_fragments], {});
}

void say_ip(std::string& text, const Observation& seen, const Datagram& datagram, const Catalog& words) {
  const bool whole = datagram.absent == 0;
  if (datagram.ip.fragment && !whole)
    say(text, words[Phrase::datagram_in_fragments],
        {.number = datagram.payload_length + Datagram::header_length,
         .needed = datagram.payload_length,
         .had = datagram.payload_length - datagram.absent});
  say_missing(text, datagram.ip, whole ? Phrase::bytes_missing_behind_datagram : Phrase::bytes_missing, words);
  say_shape(text, seen, datagram.ip, words);
}

}  // namespace echolab::capture
