// What is remarkable about a packet, from its numbers. Each note's conditions stand where the note is defined, in
// note.hpp; read RFC 5681, section 2 (duplicate ACKs), and RFC 6675 before editing.
#include <algorithm>
#include <chrono>
#include <utility>

#include "capture/track/conversation.hpp"
#include "capture/track/digest.hpp"
#include "capture/track/elapsed.hpp"

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
bool contradicts(const CurrentSegment& now) {
  const Segment& segment = now.segment;
  if (segment.payload.size() != segment.payload_length) return false;
  const SeqNum begin = now.seq() + segment.flags.syn(), end = begin + segment.payload_length;
  return std::ranges::any_of(now.sender.sent.all(), [&](const SentSegment& sent) {
    const SeqNum first = sent.data_begin(), last = sent.data_end();
    if (!sent.whole || sent.damaged || first == last || !begin.at_or_before(first) || !last.at_or_before(end))
      return false;
    const auto same_numbers = segment.payload.subspan(static_cast<std::size_t>(begin.distance(first)),
                                                      static_cast<std::size_t>(first.distance(last)));
    return digest(same_numbers) != sent.digest;
  });
}

/// Whether it answers a SYN,ACK of an end whose SYN it had already: it reports their one number as got twice (RFC
/// 2883).
bool answers_old_syn(const CurrentSegment& now) {
  const auto blocks = now.segment.options.sack();
  const SeqNum syn = now.receiver.send.isn;
  return !blocks.empty() && SeqNum(blocks[0].left) == syn && SeqNum(blocks[0].right) == syn + 1;
}

/// RFC 5681, 2 (a): a duplicate ACK asks for something that is outstanding. Whether anything is nobody knows where the
/// capture lacks what the peer sent. MPTCP's signals come in ACKs that ask for nothing (RFC 8684, 3.4).
bool may_ask_again(const CurrentSegment& now) {
  const TcpEndpoint& peer = now.receiver;
  const bool outstanding = now.ack().before(peer.send.next) || !peer.last || peer.missed_end;
  return outstanding && !now.segment.options.mptcp_signal;
}

}  // namespace

Time::duration TcpConversation::round_trip() const {
  const auto there = tally_.handshake_times.to_server(), back = tally_.handshake_times.to_client();
  return there && back ? *there + *back : usual_round_trip;
}

/// What the packet itself says, whatever came before it.
void TcpConversation::note_itself(CurrentSegment& now) const {
  const Segment& segment = now.segment;
  NoteSet& notes = now.notes;
  const TcpFlags flags = segment.flags;
  if (self_connected() && tally_.packets == 0) notes.add(Note::self_connect);
  if (flags.syn() && segment.payload_length > 0) notes.add(Note::data_in_syn);
  if (flags.urg()) notes.add(Note::urgent);
  if (segment.ip.offload_length) notes.add(Note::offload_length);
  if (segment.ip.fragment) notes.add(Note::fragment);
  if (segment.window == 0 && !opens_or_ends(flags)) notes.add(Note::zero_window);
}

/// Numbers that the sender had sent before, or had left out.
void TcpConversation::note_numbers(CurrentSegment& now) const {
  const TcpEndpoint& me = now.sender;
  const TcpFlags flags = now.flags();
  if (now.probe != Probe::none) {
    now.notes.add(now.probe == Probe::zero_window ? Note::zero_window_probe : Note::keep_alive);
  } else if (now.copy != Copy::none) {
    note_copy(now);
  } else if (me.last && me.send.next.before(now.seq()) && !flags.rst() && !flags.syn()) {
    if (!me.end_unknown) now.notes.add(Note::lost_segment);
  } else if (now.segment.sequence_length() > 0 && !flags.syn() && !flags.rst() && !now.has<finding::MisplacedFin>() &&
             (me.hole_for(now.segment) || me.is_older_than_capture(now.segment))) {
    note_late(now);
  }
  if (now.segment.payload_length > 0) note_data(now);
}

/// Data beside the FINs and the window.
void TcpConversation::note_data(CurrentSegment& now) const {
  const TcpEndpoint& me = now.sender;
  const TcpEndpoint& peer = now.receiver;
  const TcpFlags flags = now.flags();
  const SeqNum data_end = now.seq() + now.segment.payload_length;
  if (now.copy == Copy::none) {
    if (me.send.fin_end && me.send.fin_end->at_or_before(data_end)) now.notes.add(Note::data_after_fin);
    const bool knows_fin = flags.ack() && peer.send.acknowledges_fin(now.ack());
    if (knows_fin && !me.send.fin_end && !flags.fin()) now.notes.add(Note::half_close);
  }
  const auto room = peer.room(me);
  if (room && !opens_or_ends(flags) && now.probe == Probe::none && data_end == *peer.acknowledged + *room)
    now.notes.add(Note::window_full);
}

/// Whether it comes too soon after the peer's latest ACK for a timer.
bool TcpConversation::answers_promptly(const CurrentSegment& now) const {
  return within(std::max<Time::duration>(prompt, round_trip()), now.receiver.latest_ack_time, now.at.time);
}

/// Whether duplicate ACKs ask for just this, and it comes too soon after them for a timer.
bool TcpConversation::was_asked_for(const CurrentSegment& now) const {
  return now.receiver.duplicate_acks >= enough_duplicates && now.receiver.acknowledged == now.seq() &&
         answers_promptly(now);
}

/// Whether the peer has reported numbers beyond these and not these (RFC 2018): that asks for them, too (RFC 6675).
bool TcpConversation::is_reported_missing(const CurrentSegment& now) {
  return std::ranges::any_of(now.sender.sent.all(), [&](const SentSegment& sent) {
    return sent.selectively_acknowledged && now.end().at_or_before(sent.begin) &&
           !now.receiver.has_acknowledged(sent.begin);
  });
}

/// Whether the peer's reports are why it is sent again: they lack it, and neither duplicate ACKs nor a timer explain
/// it.
bool TcpConversation::was_asked_for_by_reports(const CurrentSegment& now) const {
  if (!now.notes.has(Note::retransmission) || now.flags().syn() ||
      now.notes.has_any_of({Note::fast_retransmission, Note::spurious_retransmission}))
    return false;
  const SentSegment* original = now.sender.sent.carrier_of(now.seq());
  const bool has_it = original != nullptr && original->selectively_acknowledged;
  return !has_it && is_reported_missing(now) && answers_promptly(now);
}

/// The capture has these numbers already. A copy that was stamped before the one that the capture has, or that comes
/// before any answer could have asked for it, was not sent again: it was overtaken.
void TcpConversation::note_copy(CurrentSegment& now) const {
  const TcpEndpoint& me = now.sender;
  NoteSet& notes = now.notes;
  const SentSegment* original = me.sent.carrier_of(now.seq());
  const auto stamp = now.segment.options.timestamp_value;
  const bool both_stamped = original && original->has_timestamp && stamp;
  const bool asked_for = was_asked_for(now) || is_reported_missing(now);
  const bool reaches_further = now.end() != me.send.next;
  const bool same =
      original && original->begin == now.seq() && original->end == now.end();  // else it was cut anew: sent again
  const bool renamed = both_stamped && now.segment.ip.identification != original->identification;  // another IP packet
  const bool soon = original && (same || !both_stamped) && !renamed &&
                    within(round_trip(), original->at.time, now.at.time) && reaches_further;
  if (now.copy == Copy::data && contradicts(now)) notes.add(Note::inconsistent_retransmission);
  if (both_stamped ? older(*stamp, original->timestamp) : me.is_overtaken(now.segment)) {
    notes.add(Note::out_of_order);
  } else if (is_needless(now)) {
    notes.add(Note::retransmission).add(Note::spurious_retransmission);
  } else if (now.copy == Copy::data && soon && !asked_for) {
    notes.add(Note::out_of_order);
  } else {
    notes.add(Note::retransmission);
    if (now.copy == Copy::data && was_asked_for(now)) notes.add(Note::fast_retransmission);
  }
}

/// The capture has later numbers, and not these: they were overtaken, or the capture missed the first copy.
void TcpConversation::note_late(CurrentSegment& now) const {
  const TcpEndpoint& me = now.sender;
  const Hole* hole = me.hole_for(now.segment);
  const auto stamp = now.segment.options.timestamp_value;
  const auto overtaker = hole ? hole->timestamp : me.latest_timestamp;
  if (stamp && overtaker && older(*stamp, *overtaker)) {
    now.notes.add(Note::out_of_order);
  } else if (is_needless(now)) {
    now.notes.add(Note::retransmission).add(Note::spurious_retransmission);
  } else if (!me.last) {
    return;
  } else if (was_asked_for(now)) {
    now.notes.add(Note::retransmission).add(Note::fast_retransmission);
  } else {
    const bool same_tick = stamp && overtaker && *stamp == *overtaker;
    const Time since = hole ? hole->since : me.last->time;
    const bool in_line = hole && hole->was_sent_here(now.segment) && within(shortest_timer, since, now.at.time);
    const bool soon = within(round_trip(), since, now.at.time) && !(hole && hole->was_sent_later(now.segment));
    now.notes.add(same_tick || in_line || soon ? Note::out_of_order : Note::retransmission);
  }
}

/// Whether the same numbers were sent just before, too short a time for any timer, and no packet of the peer lies
/// between; but it is another packet, by IPv4's identification.
bool TcpConversation::is_too_soon(const CurrentSegment& now) {
  const TcpEndpoint& peer = now.receiver;
  const SentSegment* original = now.sender.sent.original_of(now.seq(), now.end());
  if (!original || original->begin != now.seq() || original->end != now.end()) return false;
  const bool another = original->identification != 0 && now.segment.ip.identification != 0 &&
                       original->identification != now.segment.ip.identification;
  const bool unasked = !peer.last || peer.last->frame < original->at.frame;
  return another && unasked && within(shortest_probe, original->at.time, now.at.time);
}

/// The peer has acknowledged all of its data.
bool TcpConversation::is_needless(const CurrentSegment& now) {
  return now.segment.payload_length > 0 && !now.flags().syn() &&
         now.receiver.has_acknowledged(now.seq() + now.segment.payload_length);
}

/// A segment without data that says nothing new: RFC 5681, section 2, and RFC 9293, 3.8.6 for the window.
void TcpConversation::note_ack(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  const TcpEndpoint& peer = now.receiver;
  const std::uint16_t window = now.segment.window;
  const bool bare = now.flags().ack() && now.segment.payload_length == 0 && !opens_or_ends(now.flags());
  const bool under_way = me.acknowledged != now.ack();  // before what it is challenged by
  const bool challenged = !under_way && std::exchange(me.answers_challenge, false);
  if (!bare || now.probe != Probe::none || !me.last || me.send.next != now.seq() || me.reset_frame != 0) return;
  if (me.belief.state() == State::listen) return;  // what it sent before was of an attempt that has ended
  if (peer.probe == Probe::zero_window && window == 0 &&
      (me.acknowledged == now.ack() || (peer.probe_byte && peer.probe_byte->end == now.ack()))) {
    now.notes.add(Note::zero_window_probe_ack);
    return;
  }
  if (me.acknowledged != now.ack()) return;
  if ((window == me.window || !me.window_is_scaled) && peer.probe == Probe::keep_alive) {
    now.notes.add(Note::keep_alive_ack);
  } else if (challenged) {
    now.notes.add(Note::challenge_ack);
  } else if (window != me.window && window != 0 && !answers_old_syn(now)) {
    now.notes.add(Note::window_update);
    if (me.window == 0) now.found(finding::WindowWasZero{});
  } else if (window == me.window && window != 0 && may_ask_again(now)) {
    now.notes.add(Note::duplicate_ack);
    if (me.duplicate_acks < UINT16_MAX) ++me.duplicate_acks;
    now.view.duplicate = me.duplicate_acks;
  }
}

/// Why it comes again, or though something before it never came.
void TcpConversation::find_reasons(CurrentSegment& now) const {
  if (was_asked_for_by_reports(now)) now.found(finding::AskedBySack{});
  if (now.notes.has(Note::retransmission) && !now.flags().syn() && is_too_soon(now)) now.found(finding::TooSoon{});
  if (now.receiver.last || now.sender.told_hole) return;
  const auto since = now.sender.passes_hole(now.segment);
  const auto age = since ? elapsed(*since, now.at.time) : std::nullopt;
  if (!age || *age <= longest_first_timer) return;
  now.found(finding::HoleStays{*age});
  now.sender.told_hole = true;
}

}  // namespace echolab::capture
