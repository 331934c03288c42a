#include "capture/track/endpoint.hpp"

#include <algorithm>

namespace echolab::capture {

void SendSpace::start_at(SeqNum start, bool is_isn) {
  if (numbered && (isn_seen || !is_isn)) return;
  if (!numbered || start != isn) {
    isn = start;
    next = start + (is_isn ? 0 : 1);
    syn_end = start + 1;
  }
  numbered = true;
  isn_seen = is_isn;
}

void RecentSegments::add(SeqNum seq, std::uint32_t length, std::uint64_t frame) {
  sent_[next_] = {seq, length, frame};
  next_ = static_cast<std::uint8_t>((next_ + 1) % sent_.size());
}

std::optional<std::uint64_t> RecentSegments::frame_of(SeqNum seq) const {
  std::optional<std::uint64_t> latest;
  for (const Sent& sent : sent_)
    if (sent.length > 0 && seq.in_window(sent.seq, sent.length)) latest = std::max(latest.value_or(0), sent.frame);
  return latest;
}

Copy TcpEndpoint::copy_of(const Segment& segment, const TcpEndpoint& peer) const {
  const SeqNum seq(segment.seq);
  if (!send.numbered || segment.flags.rst() || !last) return Copy::none;
  if (segment.flags.syn()) {
    if (seq != send.isn) return Copy::none;
    if (segment.flags.ack()) return syn_ack_frame ? Copy::syn_ack : Copy::none;
    return syn_frame ? Copy::syn : Copy::none;
  }
  if (segment.flags.fin() && send.fin_end == seq + segment.sequence_length()) return Copy::fin;
  if (segment.payload_length > 0 && seq.before(send.next) && !is_probe(segment, peer)) return Copy::data;
  return Copy::none;
}

std::optional<std::uint64_t> TcpEndpoint::original_frame(Copy copy, const Segment& segment) const {
  switch (copy) {
    case Copy::none: return std::nullopt;
    case Copy::syn: return syn_frame;
    case Copy::syn_ack: return syn_ack_frame;
    case Copy::fin: return fin_frame;
    case Copy::data: return recent.frame_of(SeqNum(segment.seq));
  }
  return std::nullopt;
}

bool TcpEndpoint::is_probe(const Segment& segment, const TcpEndpoint& peer) const {
  const TcpFlags flags = segment.flags;
  if (!send.numbered || !last || flags.syn() || flags.fin() || flags.rst()) return false;
  if (SeqNum(segment.seq) + 1 != send.next || segment.payload_length > 1) return false;
  return segment.payload_length == 0 || peer.has_acknowledged(send.next);  // one byte that is not acknowledged is data
}

std::uint32_t TcpEndpoint::remember(const Segment& segment, const Stamp& at) {
  const SeqNum seq(segment.seq), end = seq + segment.sequence_length();
  std::uint32_t fresh = 0;
  if (!segment.flags.rst()) {
    if (send.next.before(seq)) {
      gap_begin = send.next, gap_end = seq, gap_time = at.time;
      fresh = segment.payload_length;
    } else if (send.next.before(end)) {
      const std::uint32_t old = static_cast<std::uint32_t>(seq.distance(send.next));
      fresh = segment.payload_length > old ? segment.payload_length - old : 0;
      if (segment.flags.syn()) fresh = segment.payload_length;
    } else if (segment.payload_length > 0 && gap_begin.at_or_before(seq) && seq.before(gap_end)) {
      fresh = segment.payload_length;
      if (seq == gap_begin) gap_begin = end.before(gap_end) ? end : gap_end;
    }
    if (send.next.before(end)) send.next = end;
    if (segment.sequence_length() > 0) recent.add(seq, segment.sequence_length(), at.frame);
  }
  if (segment.flags.syn()) {
    (segment.flags.ack() ? syn_ack_frame : syn_frame) = at.frame;
    window_scale = segment.options.window_scale;
    send.syn_end = end;
  }
  if (segment.flags.fin() && !segment.flags.syn() && !segment.flags.rst()) {
    send.fin_end = end;
    fin_frame = at.frame;
  }
  if (segment.flags.ack()) {
    const SeqNum ack(segment.ack);
    if (!acknowledged || acknowledged->before(ack)) acknowledged = ack, acknowledged_frame = at.frame;
  }
  window = segment.window;
  last = at;
  return fresh;
}

}  // namespace echolab::capture
