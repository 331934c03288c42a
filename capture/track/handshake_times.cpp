#include "capture/track/handshake_times.hpp"
#include "capture/track/elapsed.hpp"

namespace echolab::capture {

void HandshakeTimes::Question::ask(const Segment& segment, Time now) {
  const auto stamp = segment.options.timestamp_value;
  const bool told_apart = stamp && *stamp != timestamp;
  asked = asked == Asked::never ? Asked::once : told_apart ? Asked::again_and_told_apart : Asked::again;
  at = now;
  timestamp = stamp.value_or(0);
}

std::int64_t HandshakeTimes::Question::answered_by(const Segment& segment, Time now) const {
  const bool named = asked == Asked::again_and_told_apart && segment.options.timestamp_echo == timestamp;
  const auto time = asked == Asked::once || named ? measured(at, now) : std::nullopt;
  return time ? time->count() : -1;
}

void HandshakeTimes::follow(const CurrentSegment& now) {
  const TcpView& view = now.view;
  if (client_answered_ || view.step_bits == 0) return;
  if (view.is_step(Step::syn)) {
    if (!server_answered_) syn_.ask(now.segment, now.at.time);
    if (now.notes.has(Note::simultaneous_open)) *this = {}, client_answered_ = true;
  } else if (view.is_step(Step::syn_ack)) {
    if (!server_answered_) to_server_ = syn_.answered_by(now.segment, now.at.time);
    server_answered_ = true;
    syn_ack_.ask(now.segment, now.at.time);
  } else if (view.is_step(Step::ack)) {
    to_client_ = syn_ack_.answered_by(now.segment, now.at.time);
    client_answered_ = true;
  }
}

}  // namespace echolab::capture
