// What is remarkable about a packet, from its numbers. Each note's conditions stand where the note is defined, in
// note.hpp; read RFC 5681, section 2 (duplicate ACKs), and RFC 6675 before editing.
#include <algorithm>
#include <chrono>
#include <utility>

#include "capture/track/conversation.hpp"
#include "capture/track/digest.hpp"

namespace echolab::capture {
namespace {

using std::chrono_literals::operator""ms;

constexpr auto usual_round_trip = 3ms;  // where no handshake was seen
constexpr auto shortest_probe = 1ms;    // Linux's has two ticks of its clock at least (RFC 8985, 7.2)
constexpr auto prompt = 20ms;           // what duplicate ACKs ask for comes as fast as this
constexpr int enough_duplicates = 2;    // RFC 5681 says three; a capture may miss one, and RFC 5827 and 8985 ask fewer

bool opens_or_ends(TcpFlags flags) { return flags.syn() || flags.fin() || flags.rst(); }

/// Whether the payload differs from what the same numbers carried before. Only earlier segments that lie wholly within
/// this one, and that were captured whole, can be compared.
bool contradicts(const Segment& segment, const TcpEndpoint& sender) {
  if (segment.payload.size() != segment.payload_length) return false;
  const SeqNum begin = SeqNum(segment.seq) + segment.flags.syn(), end = begin + segment.payload_length;
  return std::ranges::any_of(sender.sent.all(), [&](const SentSegment& sent) {
    const SeqNum first = sent.data_begin(), last = sent.data_end();
    if (!sent.whole || first == last || !begin.at_or_before(first) || !last.at_or_before(end)) return false;
    const auto same_numbers = segment.payload.subspan(static_cast<std::size_t>(begin.distance(first)),
                                                      static_cast<std::size_t>(first.distance(last)));
    return digest(same_numbers) != sent.digest;
  });
}

/// Whether it answers a SYN,ACK of an end whose SYN it had already: it reports their one number as got twice (RFC
/// 2883).
bool answers_old_syn(const Segment& segment, const TcpEndpoint& peer) {
  const auto blocks = segment.options.sack();
  return !blocks.empty() && SeqNum(blocks[0].left) == peer.send.isn && SeqNum(blocks[0].right) == peer.send.isn + 1;
}

}  // namespace

Time::duration TcpConversation::round_trip() const {
  const auto there = tally_.handshake_times.to_server(), back = tally_.handshake_times.to_client();
  return there && back ? *there + *back : usual_round_trip;
}

/// What the packet itself says, whatever came before it.
void TcpConversation::note_itself(const Segment& segment, NoteSet& notes) const {
  const TcpFlags flags = segment.flags;
  if (self_connected() && tally_.packets == 0) notes.add(Note::self_connect);
  if (flags.syn() && segment.payload_length > 0) notes.add(Note::data_in_syn);
  if (flags.urg()) notes.add(Note::urgent);
  if (segment.ip.offload_length) notes.add(Note::offload_length);
  if (segment.ip.fragment) notes.add(Note::fragment);
  if (segment.window == 0 && !opens_or_ends(flags)) notes.add(Note::zero_window);
}

/// Numbers that the sender had sent before, or had left out.
void TcpConversation::note_numbers(const Segment& segment, Side from, Copy copy, Probe probe, const Stamp& at,
                                   NoteSet& notes) const {
  const TcpEndpoint& me = end(from);
  const TcpEndpoint& peer = end(other(from));
  const SeqNum seq(segment.seq);
  const TcpFlags flags = segment.flags;

  if (probe != Probe::none) {
    notes.add(probe == Probe::zero_window ? Note::zero_window_probe : Note::keep_alive);
  } else if (copy != Copy::none) {
    note_copy(segment, from, copy, at, notes);
  } else if (me.last && me.send.next.before(seq) && !flags.rst() && !flags.syn()) {
    if (!me.end_unknown) notes.add(Note::lost_segment);
  } else if (segment.sequence_length() > 0 && !flags.syn() && !flags.rst() && !me.misplaces_fin(segment) &&
             (me.hole_for(segment) || me.is_older_than_capture(segment))) {
    note_late(segment, from, at, notes);
  }

  if (segment.payload_length == 0) return;
  const SeqNum data_end = seq + segment.payload_length;
  if (copy == Copy::none) {
    if (me.send.fin_end && me.send.fin_end->at_or_before(data_end)) notes.add(Note::data_after_fin);
    const bool knows_fin = flags.ack() && peer.send.acknowledges_fin(SeqNum(segment.ack));
    if (knows_fin && !me.send.fin_end && !flags.fin()) notes.add(Note::half_close);
  }
  const auto room = peer.room(me);
  if (room && !opens_or_ends(flags) && probe == Probe::none && data_end == *peer.acknowledged + *room)
    notes.add(Note::window_full);
}

/// Whether it comes too soon after the peer's latest ACK for a timer.
bool TcpConversation::answers_promptly(Side from, const Stamp& at) const {
  return at.time - end(other(from)).latest_ack_time < std::max<Time::duration>(prompt, round_trip());
}

/// Whether duplicate ACKs ask for just this, and it comes too soon after them for a timer.
bool TcpConversation::was_asked_for(const Segment& segment, Side from, const Stamp& at) const {
  const TcpEndpoint& peer = end(other(from));
  return peer.duplicate_acks >= enough_duplicates && peer.acknowledged == SeqNum(segment.seq) &&
         answers_promptly(from, at);
}

/// Whether the peer has reported numbers beyond these and not these (RFC 2018): that asks for them, too (RFC 6675).
bool TcpConversation::is_reported_missing(const Segment& segment, Side from) const {
  const SeqNum last = SeqNum(segment.seq) + segment.sequence_length();
  return std::ranges::any_of(end(from).sent.all(), [&](const SentSegment& sent) {
    return sent.selectively_acknowledged && last.at_or_before(sent.begin) &&
           !end(other(from)).has_acknowledged(sent.begin);
  });
}

/// Whether the peer's reports are why it is sent again: they lack it, and neither duplicate ACKs nor a timer explain
/// it.
bool TcpConversation::was_asked_for_by_reports(const Segment& segment, Side from, const Stamp& at,
                                               NoteSet notes) const {
  if (!notes.has(Note::retransmission) || segment.flags.syn() ||
      notes.has_any_of({Note::fast_retransmission, Note::spurious_retransmission}))
    return false;
  const SentSegment* original = end(from).sent.carrier_of(SeqNum(segment.seq));
  const bool has_it = original != nullptr && original->selectively_acknowledged;
  return !has_it && is_reported_missing(segment, from) && answers_promptly(from, at);
}

/// The capture has these numbers already. A copy that was stamped before the one that the capture has, or that comes
/// before any answer could have asked for it, was not sent again: it was overtaken.
void TcpConversation::note_copy(const Segment& segment, Side from, Copy copy, const Stamp& at, NoteSet& notes) const {
  const TcpEndpoint& me = end(from);
  const SentSegment* original = me.sent.carrier_of(SeqNum(segment.seq));
  const auto stamp = segment.options.timestamp_value;
  const bool both_stamped = original && original->has_timestamp && stamp;
  const bool asked_for = was_asked_for(segment, from, at) || is_reported_missing(segment, from);
  const bool reaches_further = SeqNum(segment.seq) + segment.sequence_length() != me.send.next;
  const bool same = original && original->begin == SeqNum(segment.seq) &&
                    original->end == original->begin + segment.sequence_length();  // else it was cut anew: sent again
  const bool renamed = both_stamped && segment.ip.identification != original->identification;  // another IP packet
  const bool soon =
      original && (same || !both_stamped) && !renamed && at.time - original->at.time < round_trip() && reaches_further;
  if (copy == Copy::data && contradicts(segment, me)) notes.add(Note::inconsistent_retransmission);
  if (both_stamped ? older(*stamp, original->timestamp) : me.is_overtaken(segment)) {
    notes.add(Note::out_of_order);
  } else if (is_needless(segment, from)) {
    notes.add(Note::retransmission).add(Note::spurious_retransmission);
  } else if (copy == Copy::data && soon && !asked_for) {
    notes.add(Note::out_of_order);
  } else {
    notes.add(Note::retransmission);
    if (copy == Copy::data && was_asked_for(segment, from, at)) notes.add(Note::fast_retransmission);
  }
}

/// The capture has later numbers, and not these: they were overtaken, or the capture missed the first copy.
void TcpConversation::note_late(const Segment& segment, Side from, const Stamp& at, NoteSet& notes) const {
  const TcpEndpoint& me = end(from);
  const Hole* hole = me.hole_for(segment);
  const auto stamp = segment.options.timestamp_value;
  const auto overtaker = hole ? hole->timestamp : me.latest_timestamp;
  if (stamp && overtaker && older(*stamp, *overtaker)) {
    notes.add(Note::out_of_order);
  } else if (is_needless(segment, from)) {
    notes.add(Note::retransmission).add(Note::spurious_retransmission);
  } else if (!me.last) {
    return;
  } else if (was_asked_for(segment, from, at)) {
    notes.add(Note::retransmission).add(Note::fast_retransmission);
  } else {
    const bool same_tick = stamp && overtaker && *stamp == *overtaker;
    const bool soon = at.time - (hole ? hole->since : me.last->time) < round_trip();
    notes.add(same_tick || soon ? Note::out_of_order : Note::retransmission);
  }
}

/// Whether the same numbers were sent just before, too short a time for any timer, and no packet of the peer lies
/// between; but it is another packet, by IPv4's identification.
bool TcpConversation::is_too_soon(const Segment& segment, Side from, const Stamp& at) const {
  const TcpEndpoint& peer = end(other(from));
  const SeqNum begin(segment.seq), last = begin + segment.sequence_length();
  const SentSegment* original = end(from).sent.original_of(begin, last);
  if (!original || original->begin != begin || original->end != last) return false;
  const bool another = original->identification != 0 && segment.ip.identification != 0 &&
                       original->identification != segment.ip.identification;
  const bool unasked = !peer.last || peer.last->frame < original->at.frame;
  return another && unasked && at.time - original->at.time < shortest_probe;
}

/// The peer has acknowledged all of its data.
bool TcpConversation::is_needless(const Segment& segment, Side from) const {
  return segment.payload_length > 0 && !segment.flags.syn() &&
         end(other(from)).has_acknowledged(SeqNum(segment.seq) + segment.payload_length);
}

/// A segment without data that says nothing new: RFC 5681, section 2, and RFC 9293, 3.8.6 for the window.
void TcpConversation::note_ack(const Segment& segment, Side from, Probe probe, NoteSet& notes) {
  TcpEndpoint& me = end(from);
  const TcpEndpoint& peer = end(other(from));
  const bool bare = segment.flags.ack() && segment.payload_length == 0 && !opens_or_ends(segment.flags);
  const bool challenged = std::exchange(me.answers_challenge, false);
  if (!bare || probe != Probe::none || !me.last || me.send.next != SeqNum(segment.seq)) return;
  const SeqNum ack(segment.ack);
  if (peer.probe == Probe::zero_window && segment.window == 0 &&
      (me.acknowledged == ack || peer.probe_byte == ack - 1)) {
    notes.add(Note::zero_window_probe_ack);
    return;
  }
  if (me.acknowledged != ack) return;
  if (segment.window == me.window && me.window_is_scaled && peer.probe == Probe::keep_alive)
    notes.add(Note::keep_alive_ack);
  else if (challenged)
    notes.add(Note::challenge_ack);
  else if (segment.window != me.window && segment.window != 0 && !answers_old_syn(segment, peer))
    notes.add(Note::window_update);
  else if (segment.window == me.window && segment.window != 0) {
    notes.add(Note::duplicate_ack);
    if (me.duplicate_acks < UINT16_MAX) ++me.duplicate_acks;
  }
}

}  // namespace echolab::capture
