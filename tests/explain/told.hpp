// What is told of a packet, in each language, and packets to tell of that need no conversation.
#pragma once

#include <utility>

#include "capture/render/annotation.hpp"

namespace echolab::capture {

inline Annotation in_english(const Observation& seen) { return annotate(seen, Language::en); }
inline Annotation in_korean(const Observation& seen) { return annotate(seen, Language::ko); }

inline Observation alone(Decoded decoded, NoteSet notes = {}) {
  return {.packet = {}, .decoded = std::move(decoded), .stream = {}, .tcp = {}, .notes = notes};
}

/// The conversation's packet at that place.
inline Observation datagram(std::uint64_t place, Side from, std::uint32_t bytes) {
  Observation seen = alone(Datagram{.payload_length = bytes});
  seen.stream = StreamView{.number = 0,
                           .protocol = Protocol::udp,
                           .from = from,
                           .client_assumed = false,
                           .client = {},
                           .server = {},
                           .packet = place};
  return seen;
}

}  // namespace echolab::capture
