// What a packet means, in words. No terminal, no HTML: a renderer draws it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "capture/track/note.hpp"

namespace echolab::capture {

enum class Severity : std::uint8_t { plain, note, warning };

struct Annotation {
  std::string headline;            // a few words: "SYN: may I open a connection?"
  std::string text;                // one sentence or two, whole: what moved and why
  std::string post;                // the post beside the packet; empty where it says nothing
  std::string section;             // "RFC 9293 3.10.7.3"; empty where no rule fired
  std::vector<std::string> rules;  // "client: CLOSED, send SYN -> SYN_SENT (RFC 9293 3.10.1)", in the order they fired
  NoteSet unsuited;                // the packet's notes whose advice would mislead: here something else is the reason
  std::vector<std::string_view> advice;  // what to look at next: one sentence for each of its other notes
  Severity severity = Severity::plain;
};

}  // namespace echolab::capture
