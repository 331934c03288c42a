// The parts of explain(): one function for each kind of packet.
#pragma once

#include <span>
#include <string>

#include "capture/explain/annotation.hpp"
#include "capture/explain/blanks.hpp"
#include "capture/explain/catalog.hpp"
#include "capture/track/observation.hpp"

namespace echolab::capture {

/// Precondition: `seen.tcp` and `seen.stream` hold values, `seen.decoded` a Segment.
Annotation explain_segment(const Observation& seen, const Catalog& words);
Annotation explain_datagram(const Observation& seen, const Datagram& datagram, const Catalog& words);
Annotation explain_icmp_error(const Observation& seen, const IcmpError& error, const Catalog& words);
Annotation explain_other(const Observation& seen, const Other& other, const Catalog& words);
Annotation explain_malformed(const Observation& seen, const Malformed& malformed, const Catalog& words);

/// What a segment shows of other packets, and what is wrong with it; `about` its sender. The same preconditions.
void say_relations(std::string& text, const Observation& seen, const Blanks& about, const Catalog& words);
/// The segment's role. Preconditions as for explain_segment.
Headline headline_of(const Observation& seen);

/// Appends one more sentence, with a space before it where it is not the first.
void say(std::string& text, std::string_view sentence, const Blanks& blanks);
/// The sentences of the notes that are not in `told`.
void say_notes(std::string& text, NoteSet notes, NoteSet told, const Blanks& blanks, const Catalog& words);

/// Whether it answers a SYN that its sender had already: it reports that one number as got twice (RFC 2883).
bool answers_old_syn(const Observation& seen);
/// What its options and ECN flags say, where that matters: offers in a SYN, reports of what came beyond a hole.
void say_options(std::string& text, const Observation& seen, const Catalog& words);
/// "Packet 4", "Packets 4 and 5".
std::string packets(std::span<const std::uint64_t> frames, const Catalog& words);

/// "datagram, first fragment"; any other packet's headline is its own.
std::string with_fragment(std::string headline, const IpInfo& ip, const Catalog& words);
/// What the IP header around the packet says: the place of a fragment (and so the note's own sentence), what is wrong.
void say_ip(std::string& text, const Observation& seen, const IpInfo& ip, const Catalog& words);
/// The same, and what it means for the length.
void say_ip(std::string& text, const Observation& seen, const Segment& segment, const Catalog& words);
void say_ip(std::string& text, const Observation& seen, const Datagram& datagram, const Catalog& words);
/// The place of a fragment, and what it is among the others of its packet.
void say_fragment(std::string& text, const Observation& seen, const Fragment& piece, const Catalog& words);
/// Part of say_ip: that its TTL or hop limit is 0.
void say_no_hops_left(std::string& text, const IpInfo& ip, const Catalog& words);
/// The notes whose fact say_ip tells with more words.
NoteSet told_by_ip(const IpInfo& ip);

std::string_view name_of(Side side, const Catalog& words);
/// "1 byte", "5 bytes".
std::string byte_count(std::uint64_t bytes, const Catalog& words);
Severity severity_of(NoteSet notes);

}  // namespace echolab::capture
