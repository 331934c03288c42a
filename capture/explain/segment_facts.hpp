// What a TCP segment shows by itself, and its story hangs on. Precondition of all: `tcp` and `stream` hold values,
// `decoded` a Segment. Private to capture/explain.
#pragma once

#include "capture/track/observation.hpp"

namespace echolab::capture {

inline const Segment& segment_of(const Observation& seen) { return std::get<Segment>(seen.decoded); }
inline const SideChange& change_of(const Observation& seen, Side side) {
  return side == Side::client ? seen.tcp->client : seen.tcp->server;
}

inline bool sent_again(const Observation& seen) { return seen.notes.has(Note::retransmission); }
/// The window that the first copy has filled.
inline bool still_full(const Observation& seen) { return seen.notes.has(Note::window_full) && sent_again(seen); }
/// Something is missing, and no packet of the peer can tell who lost it.
inline bool lacks_peer(const Observation& seen) {
  return seen.notes.has(Note::lost_segment) && seen.tcp->peer_next == 0;
}
inline bool states_known(const Observation& seen) {
  return seen.tcp->client.after != State::unknown || seen.tcp->server.after != State::unknown;
}
/// No TCP puts SACK blocks into a SYN.
inline bool made_by_a_tool(const Observation& seen) {
  return segment_of(seen).flags.syn() && segment_of(seen).options.sack_blocks > 0;
}

/// A FIN that would be a legal one with an ACK.
bool lacks_only_ack(const Observation& seen);
/// The last number that the peer of an end that has closed can have sent is its FIN.
bool acknowledges_fin_unseen(const Observation& seen);
/// The SYN that a program's connect() makes: it offers something, and no data without a Fast Open cookie.
bool shows_connect(const Observation& seen);

}  // namespace echolab::capture
