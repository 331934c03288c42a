// What a packet means, as strings of one language: for those who draw it themselves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capture/explain/plan.hpp"
#include "capture/track/observation.hpp"
#include "capture/track/stream_summary.hpp"
#include "capture/track/unfinished_packet.hpp"

namespace echolab::capture {

struct Annotation {
  std::string headline;             // a few words: "SYN: may I open a connection?"
  std::string text;                 // all sentences: what moved and why
  std::string usual;                // of these, what is told as it comes
  std::string post;                 // the post beside the packet; empty where it says nothing
  std::string section;              // "RFC 9293 3.10.7.3"; empty where no rule fired
  std::vector<std::string> rules;   // "client: CLOSED, send SYN -> SYN_SENT (RFC 9293 3.10.1)", in the order they fired
  std::vector<std::string> advice;  // what to look at next: one sentence for each of its notes
  Severity severity = Severity::plain;
};

Annotation annotate(const Observation& seen, Language language);

/// What is missing of a fragmented packet, or why its fragments make none: one line.
std::string sentence(const UnfinishedPacket& packet, Language language);
/// How a conversation went.
std::string sentence(const StreamSummary& stream, Language language);
/// What the program says of a packet with this note, as of one that a client sends.
std::string sentence(Note note, Language language);
/// "client: CLOSED, send SYN -> SYN_SENT (RFC 9293 3.10.1)".
const std::string& rule_text(const Firing& firing);

}  // namespace echolab::capture
