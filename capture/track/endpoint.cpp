#include "capture/track/endpoint.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "capture/track/digest.hpp"
#include "capture/track/elapsed.hpp"

namespace echolab::capture {

std::uint32_t offered(const TcpOptions& options) {
  const std::array<std::uint32_t, 6> offers{options.maximum_segment_size.value_or(0),
                                            options.window_scale.value_or(255),
                                            options.sack_permitted,
                                            options.sack_blocks,
                                            options.fast_open_cookie.value_or(255),
                                            options.unknown_kind};
  return digest(std::as_bytes(std::span(offers)));
}

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

Copy TcpEndpoint::copy_of(const Segment& segment, const TcpEndpoint& peer) const {
  const SeqNum seq(segment.seq);
  if (!send.numbered || segment.flags.rst() || !last) return Copy::none;
  if (segment.flags.syn()) {
    if (seq != send.isn) return Copy::none;
    if (segment.flags.ack()) return syn_ack_frame ? Copy::syn_ack : Copy::none;
    return syn_frame ? Copy::syn : Copy::none;
  }
  if (segment.flags.fin() && send.fin_end == seq + segment.sequence_length()) return Copy::fin;
  if (segment.payload_length == 0 || !seq.before(send.next)) return Copy::none;
  if (probe_of(segment, peer) != Probe::none || hole_for(segment) || is_older_than_capture(segment)) return Copy::none;
  if (seq + 1 == send.next && segment.payload_length > 1) return Copy::none;  // that byte may have been a probe's
  return Copy::data;
}

std::optional<std::uint64_t> TcpEndpoint::original_frame(Copy copy, const Segment& segment) const {
  switch (copy) {
    case Copy::none: return std::nullopt;
    case Copy::syn: return syn_frame;
    case Copy::syn_ack: return syn_ack_frame;
    case Copy::fin:
    case Copy::data: break;
  }
  const SentSegment* original = sent.original_of(SeqNum(segment.seq), SeqNum(segment.seq) + segment.sequence_length());
  if (original) return original->at.frame;
  return copy == Copy::fin ? std::optional(fin_frame) : std::nullopt;
}

std::optional<std::uint64_t> TcpEndpoint::last_original_frame(const Segment& segment) const {
  const SeqNum begin(segment.seq), end = begin + segment.sequence_length();
  const SentSegment* first = sent.original_of(begin, end);
  if (segment.flags.syn() || !first || (first->begin == begin && first->end == end)) return std::nullopt;
  const SentSegment* latter = sent.carrier_of(end - 1);
  return latter ? latter->at.frame : first->at.frame;
}

// Nothing came behind that number.
bool TcpEndpoint::has_missed_fin(const TcpEndpoint& peer) const {
  return missed_end && send.next + 1 == *missed_end && peer.send.fin_end;
}

std::uint64_t TcpEndpoint::missed_bytes(const TcpEndpoint& peer) const {
  return skipped + (may_have_missed_fin(peer) ? static_cast<std::uint64_t>(send.next.distance(*missed_end)) : 0);
}

// A keep-alive repeats the number before SND.NXT (RFC 9293, 3.8.4), with a byte of garbage or none, and so do Linux's
// probes of a zero window; others probe with the next byte itself (3.8.6.1).
Probe TcpEndpoint::probe_of(const Segment& segment, const TcpEndpoint& peer) const {
  const TcpFlags flags = segment.flags;
  if (!send.numbered || !last || flags.syn() || flags.fin() || flags.rst() || segment.payload_length > 1)
    return Probe::none;
  const bool no_room = peer.last && peer.window == 0;
  const SeqNum seq(segment.seq);
  if (seq == send.next && segment.payload_length == 1 && no_room) return Probe::zero_window;
  if (seq + 1 != send.next || send.fin_end == send.next) return Probe::none;  // it was sent before the FIN
  if (segment.payload_length == 1 && !peer.has_acknowledged(send.next)) return Probe::none;  // that byte is data
  return no_room ? Probe::zero_window : Probe::keep_alive;
}

bool TcpEndpoint::settle_keep_alive(const Segment& segment, const TcpEndpoint& peer) {
  const SeqNum seq(segment.seq);
  if (!std::exchange(perhaps_keep_alive, false) || segment.payload_length > 1 || seq != send.isn + 1) return false;
  if (send.next == seq + 1) return segment.payload_length == 1 && peer.has_acknowledged(send.next);
  send.next = seq + 1;
  missed_end.reset();
  return false;
}

const Hole* TcpEndpoint::hole_for(const Segment& segment) const {
  const SeqNum begin(segment.seq), end = begin + segment.sequence_length();
  for (const Hole& hole : holes)
    if (hole.begin.at_or_before(begin) && end.at_or_before(hole.end)) return &hole;
  return nullptr;
}

bool TcpEndpoint::is_older_than_capture(const Segment& segment) const {
  return send.numbered && SeqNum(segment.seq).before(send.isn + 1);
}

std::optional<std::uint64_t> TcpEndpoint::recognise(const Segment& segment, const Stamp& at, const TcpEndpoint& peer) {
  if (const auto frame = sightings.frame_of(segment, at)) return frame;
  if (segment.sequence_length() == 0 || !send.numbered || !SeqNum(segment.seq).before(send.next)) return std::nullopt;
  return recognise_sent(segment, at, peer);
}

// IPv4's identification is the sender's word for "another packet"; a TCP that sends again stamps anew. Where neither is
// there, or a clock stands still, only a moment too short for any timer tells.
std::optional<std::uint64_t> TcpEndpoint::recognise_sent(const Segment& segment, const Stamp& at,
                                                         const TcpEndpoint& peer) {
  const auto stamp = segment.options.timestamp_value;
  const std::uint32_t name = digest(segment.payload);
  const auto sent_segments = sent.all();
  const auto same = std::ranges::find_if(sent_segments, [&](const SentSegment& it) {
    const bool alike = it.begin == SeqNum(segment.seq) && it.end == it.begin + segment.sequence_length() &&
                       it.syn == segment.flags.syn() && it.fin == segment.flags.fin() && it.digest == name &&
                       it.identification == segment.ip.identification && it.checksum == segment.checksum &&
                       it.has_timestamp == stamp.has_value() && it.timestamp == stamp.value_or(0);
    const auto longest = alike ? longest_way(segment, it.place) : std::nullopt;
    return longest && within_or_at(*longest, it.at.time, at.time);
  });
  if (same == sent_segments.end()) return std::nullopt;
  const bool answered = peer.last && peer.last->frame > same->at.frame;  // perhaps it answers what came between
  if (answered && !is_identified(segment) && same->place == CapturePlace::of(segment)) return std::nullopt;
  same->captured_twice = true;
  return same->at.frame;
}

std::optional<std::uint64_t> TcpEndpoint::earlier_lone_fin(const Segment& segment, const Stamp& at) {
  const SeqNum number = SeqNum(segment.seq) + segment.payload_length;
  const auto earlier = lone_fin == number ? std::optional(lone_fin_frame) : std::nullopt;
  if (!segment.flags.ack() && !segment.flags.syn()) lone_fin = number, lone_fin_frame = at.frame;
  return earlier;
}

bool TcpEndpoint::misplaces_fin(const Segment& segment) const {
  const SeqNum end = SeqNum(segment.seq) + segment.sequence_length();
  return segment.flags.fin() && !segment.flags.syn() && !segment.flags.rst() && send.isn_seen &&
         end.at_or_before(send.next) && end != send.fin_end && hole_for(segment) == nullptr;
}

bool TcpEndpoint::knows_scale(const TcpEndpoint& peer) const {
  const auto offers_none = [](const TcpEndpoint& end) {
    return end.send.isn_seen && !end.window_scale && !end.scale_missed;
  };
  const bool both = window_scale && peer.window_scale;
  return both || offers_none(*this) || offers_none(peer);
}

std::uint32_t TcpEndpoint::scaled(std::uint16_t field, const TcpEndpoint& peer) const {
  constexpr std::uint8_t widest = 14;  // RFC 7323, 2.3
  const bool agreed = knows_scale(peer) && window_scale && peer.window_scale;
  return static_cast<std::uint32_t>(field) << (agreed ? std::min(*window_scale, widest) : 0);
}

std::optional<std::uint32_t> TcpEndpoint::room(const TcpEndpoint& peer) const {
  if (!acknowledged || (window_is_scaled && !knows_scale(peer))) return std::nullopt;
  return window_is_scaled ? scaled(window, peer) : window;
}

bool TcpEndpoint::cannot_have_taken(SeqNum begin, const TcpEndpoint& peer) const {
  const bool too_old = peer.send.isn_seen && begin.before(peer.send.isn);
  return too_old || (furthest && furthest->before(begin));
}

void TcpEndpoint::is_lost(std::uint64_t frame, bool lost, bool damaged) {
  if (damaged) damaged_frame = frame;
  for (SentSegment& it : sent.all())
    if (it.at.frame == frame) it.lost = lost, it.damaged = damaged;
  if (acknowledged_frame == frame) acknowledgement_lost = lost;
}

void TcpEndpoint::widen(const TcpEndpoint& peer) {
  constexpr std::uint32_t largest = 1u << 30;  // RFC 7323, 2.3: 65,535 bytes, scaled by 14
  if (!acknowledged) return;
  const SeqNum end = *acknowledged + room(peer).value_or(largest);
  if (!furthest || furthest->before(end)) furthest = end;
}

bool TcpEndpoint::is_overtaken(const Segment& segment) const {
  const auto stamp = segment.options.timestamp_value;
  return stamp && latest_timestamp && SeqNum(*stamp).before(SeqNum(*latest_timestamp));
}

std::optional<Time> TcpEndpoint::time_of(std::uint64_t frame) const {
  if (frame == acknowledged_frame) return acknowledged_time;
  if (last && last->frame == frame) return last->time;
  const auto segments = sent.all();
  const auto found = std::ranges::find(segments, frame, [](const SentSegment& it) { return it.at.frame; });
  return found == segments.end() ? std::nullopt : std::optional(found->at.time);
}

/// Returns how many of the numbers were missing.
std::uint32_t TcpEndpoint::fill_holes(SeqNum begin, SeqNum end) {
  std::uint32_t filled = 0;
  std::vector<Hole> left;
  for (const Hole& hole : holes) {
    const SeqNum first = hole.begin.before(begin) ? begin : hole.begin;
    const SeqNum last_one = end.before(hole.end) ? end : hole.end;
    const bool meet = begin.in_window(hole.begin, static_cast<std::uint32_t>(hole.begin.distance(hole.end))) ||
                      hole.begin.in_window(begin, static_cast<std::uint32_t>(begin.distance(end)));
    if (!meet || !first.before(last_one)) {  // numbers of long ago are in no order with these
      left.push_back(hole);
      continue;
    }
    filled += static_cast<std::uint32_t>(first.distance(last_one));
    const auto keep = [&](SeqNum from, SeqNum to) {
      if (!from.before(to)) return;
      left.push_back(hole);
      left.back().begin = from, left.back().end = to;
    };
    keep(hole.begin, first);
    keep(last_one, hole.end);
  }
  holes = std::move(left);
  return filled;
}

bool TcpEndpoint::has_received_holes_before(SeqNum number) {
  constexpr std::int32_t far = 1 << 30;  // numbers of so long ago may be others' by now
  bool news = false;
  for (std::size_t i = 0; i < holes.size(); ++i) {
    if (holes[i].acknowledged || !holes[i].begin.before(number)) continue;
    news = holes[i].acknowledged = true;
    if (!number.before(holes[i].end)) continue;
    Hole rest = holes[i];
    rest.begin = holes[i].end = number, rest.acknowledged = false;
    holes.insert(holes.begin() + static_cast<std::ptrdiff_t>(i) + 1, rest);
  }
  std::erase_if(holes, [&](const Hole& it) { return it.acknowledged && it.begin.distance(number) > far; });
  return news;
}

/// It has gone on to `number`: what lies before it is missing in the capture, where anything of it is known.
void TcpEndpoint::skip_to(SeqNum number, const Segment& segment, const Stamp& at) {
  constexpr std::size_t most = 64;  // who leaves more holes is not followed byte by byte
  if (!send.next.before(number)) return;
  if (last && !segment.flags.syn() && !end_unknown) {
    skipped += static_cast<std::uint64_t>(send.next.distance(number));
    if (holes.size() == most) holes.erase(holes.begin());
    holes.push_back(
        {send.next, number, at.time, segment.options.timestamp_value, identification, segment.ip.identification});
  }
  if (segment.sequence_length() == 0) send.next = number;
}

/// The numbers of a segment that takes some. Returns the payload bytes that were new.
std::uint32_t TcpEndpoint::take_numbers(const Segment& segment, const Stamp& at, Copy copy) {
  const SeqNum begin(segment.seq), end = begin + segment.sequence_length();
  const SeqNum data = begin + segment.flags.syn(), data_end = data + segment.payload_length;
  const bool continues = begin.at_or_before(send.next);
  std::uint32_t fresh = 0;
  if (!holes.empty()) {
    fresh = fill_holes(data, data_end);
    skipped -= std::min<std::uint64_t>(skipped, fresh + fill_holes(data_end, end));  // with the FIN
  }
  if (send.next.before(data_end)) {
    const SeqNum first_new = send.next.before(data) ? data : send.next;
    fresh += static_cast<std::uint32_t>(first_new.distance(data_end));
  }
  if (send.next.before(end)) send.next = end;
  if (continues && missed_end && missed_end->at_or_before(send.next)) missed_end.reset();  // all of it is here now
  sent.add(described(segment, at, copy));
  return fresh;
}

SentSegment TcpEndpoint::described(const Segment& segment, const Stamp& at, Copy copy) const {
  const SeqNum begin(segment.seq);
  return {.begin = begin,
          .end = begin + segment.sequence_length(),
          .digest = digest(segment.payload),
          .at = at,
          .timestamp = segment.options.timestamp_value.value_or(0),
          .identification = segment.ip.identification,
          .checksum = segment.checksum,
          .place = CapturePlace::of(segment),
          .syn = segment.flags.syn(),
          .fin = segment.flags.fin(),
          .whole = segment.payload.size() == segment.payload_length,
          .has_timestamp = segment.options.timestamp_value.has_value(),
          .is_copy = copy != Copy::none,
          .overtaken = is_overtaken(segment),
          .old_ack = segment.flags.ack() && acknowledged && SeqNum(segment.ack).before(*acknowledged)};
}

/// What a SYN says for the whole connection.
void TcpEndpoint::remember_offers(const Segment& syn, const Stamp& at) {
  (syn.flags.ack() ? syn_ack_frame : syn_frame) = at.frame;
  window_scale = syn.options.window_scale;
  scale_missed = syn.options.cut > 0 && !window_scale;
  selects = syn.options.sack_permitted;
  syn_options = offered(syn.options);
  asks_for_cookie = syn.options.fast_open_cookie == 0;
  asks_for_ecn = syn.flags.ece() && syn.flags.cwr() && !syn.flags.ack();
  segment_limit = syn.options.maximum_segment_size.value_or(0);
  send.syn_end = SeqNum(syn.seq) + syn.sequence_length();
}

void TcpEndpoint::remember_ack(const Segment& segment, const Stamp& at) {
  latest_ack_time = at.time;
  const SeqNum ack(segment.ack);
  if (acknowledged && !acknowledged->before(ack)) return;
  acknowledged = ack;
  acknowledged_frame = at.frame;
  acknowledgement_lost = false;
  acknowledged_time = at.time;
  acknowledged_timestamp = segment.options.timestamp_value;
  duplicate_acks = 0;
}

std::uint32_t TcpEndpoint::remember(const Segment& segment, const Stamp& at, Copy copy, Probe kind, bool ack_counts) {
  const SeqNum seq(segment.seq), end = seq + segment.sequence_length();
  const bool misplaced = misplaces_fin(segment);
  const bool takes_numbers = segment.sequence_length() > 0 && kind == Probe::none && !segment.flags.rst();
  std::uint32_t fresh = 0;
  if (!takes_numbers) sightings.add(segment, at);
  if (!segment.flags.rst()) {
    if (kind == Probe::zero_window && segment.payload_length == 1 && seq == send.next)
      probe_byte = described(segment, at, copy);  // whether it was taken only the peer's next ACK tells
    else
      skip_to(seq, segment, at);
    if (takes_numbers) fresh = take_numbers(segment, at, copy);
    end_unknown = segment.ip.fragment.has_value();
  }
  if (segment.flags.syn()) remember_offers(segment, at);
  if (segment.flags.fin() && !segment.flags.syn() && !segment.flags.rst() && !misplaced) {
    send.fin_end = end;
    if (fins_sent < UINT8_MAX) ++fins_sent;
    fin_frame = at.frame;
  }
  if (segment.flags.ack() && ack_counts) remember_ack(segment, at);
  if (segment.ip.checksum == Checksum::good) sends_whole = true;
  if (const auto stamp = segment.options.timestamp_value; stamp && !segment.flags.rst()) {
    if (!latest_timestamp || SeqNum(*latest_timestamp).before(SeqNum(*stamp))) latest_timestamp = *stamp;
  }
  window = segment.window;
  window_is_scaled = !segment.flags.syn();
  identification = segment.ip.identification;
  probe = kind;
  last = at;
  return fresh;
}

void TcpEndpoint::remember_damage(const Stamp& at) {
  damaged_frame = at.frame;
  if (const auto all = sent.all(); !all.empty() && all.back().at.frame == at.frame) all.back().damaged = true;
}

void TcpEndpoint::forget_damage() {
  damaged_frame = 0;
  for (SentSegment& it : sent.all()) it.damaged = false;
}

}  // namespace echolab::capture
