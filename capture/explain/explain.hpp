// From an observation to its words, in Korean or English.
#pragma once

#include "capture/explain/annotation.hpp"
#include "capture/track/observation.hpp"
#include "capture/track/unfinished_packet.hpp"

namespace echolab::capture {

enum class Language : std::uint8_t { en, ko };

Annotation explain(const Observation& observation, Language language);

/// What is missing of it, or why its fragments make no packet: one line.
std::string explain(const UnfinishedPacket& packet, Language language);

/// What to look at next, of a packet with this note: one sentence.
std::string_view advice(Note note, Language language);

/// When it is set: all of this is true.
std::string_view conditions(Note note, Language language);

/// What the program says of a packet with this note, as of one that a client sends.
std::string sentence(Note note, Language language);

}  // namespace echolab::capture
