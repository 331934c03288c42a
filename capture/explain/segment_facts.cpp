#include "capture/explain/segment_facts.hpp"

namespace echolab::capture {

bool lacks_only_ack(const Observation& seen) {
  const TcpFlags flags = segment_of(seen).flags;
  return flags.fin() && !flags.syn() && !flags.ack() && !flags.rst() && !flags.urg();
}

bool acknowledges_fin_unseen(const Observation& seen) {
  const State sender = change_of(seen, seen.stream->from).before;
  const bool closed = sender == State::fin_wait_1 || sender == State::fin_wait_2 || sender == State::closing;
  return seen.notes.has(Note::acked_unseen) && closed && seen.tcp->ack == seen.tcp->peer_next + 1;
}

bool shows_connect(const Observation& seen) {
  const TcpOptions& options = segment_of(seen).options;
  const bool offers = options.maximum_segment_size || options.window_scale || options.sack_permitted ||
                      options.timestamp_value || options.fast_open_cookie || options.cut > 0;
  const bool fast_open = segment_of(seen).payload_length == 0 || options.fast_open_cookie || options.cut > 0;
  return offers && fast_open && !made_by_a_tool(seen);
}

}  // namespace echolab::capture
