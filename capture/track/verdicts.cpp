// What is remarkable about a packet, from its numbers. Each note's conditions stand where the note is defined, in
// note.hpp; read RFC 5681, section 2 (duplicate ACKs), RFC 6675 and RFC 3522 before editing.
#include <algorithm>
#include <chrono>
#include <utility>

#include "capture/track/conversation.hpp"
#include "capture/track/digest.hpp"

namespace echolab::capture {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr auto usual_round_trip = 3ms;  // where no handshake was seen
constexpr auto longest_timer = 120s;    // Linux's; RFC 6298, 2.5 has 60 s at least
constexpr auto prompt = 20ms;           // what duplicate ACKs ask for comes as fast as this
constexpr int enough_duplicates = 2;    // RFC 5681 says three; a capture may miss one, and RFC 5827 and 8985 ask fewer

bool opens_or_ends(TcpFlags flags) { return flags.syn() || flags.fin() || flags.rst(); }

/// Serial numbers, too: RFC 7323, 5.2.
bool older(std::uint32_t stamp, std::uint32_t than) { return SeqNum(stamp).before(SeqNum(than)); }

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

/// Whether duplicate ACKs ask for just this, and it comes too soon after them for a timer.
bool TcpConversation::was_asked_for(const Segment& segment, Side from, const Stamp& at) const {
  const TcpEndpoint& peer = end(other(from));
  return peer.duplicate_acks >= enough_duplicates && peer.acknowledged == SeqNum(segment.seq) &&
         at.time - peer.latest_ack_time < std::max<Time::duration>(prompt, round_trip());
}

/// Whether the peer has reported numbers beyond these and not these (RFC 2018): that asks for them, too (RFC 6675).
bool TcpConversation::is_reported_missing(const Segment& segment, Side from) const {
  const SeqNum last = SeqNum(segment.seq) + segment.sequence_length();
  return std::ranges::any_of(end(from).sent.all(), [&](const SentSegment& sent) {
    return sent.selectively_acknowledged && last.at_or_before(sent.begin) &&
           !end(other(from)).has_acknowledged(sent.begin);
  });
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
  else if (segment.window != me.window && segment.window != 0)
    notes.add(Note::window_update);
  else if (segment.window == me.window && segment.window != 0) {
    notes.add(Note::duplicate_ack);
    if (me.duplicate_acks < UINT16_MAX) ++me.duplicate_acks;
  }
}

/// What the packet says of the peer's segments: which it acknowledges, after how long, which it reports beyond a hole,
/// and which of those that were thought lost had arrived after all.
void TcpConversation::settle(const Segment& segment, Side from, const Stamp& at, TcpView& view) {
  TcpEndpoint& me = end(from);
  TcpEndpoint& sender = end(other(from));
  if (!segment.flags.ack() || segment.flags.rst()) return;
  const SeqNum ack(segment.ack);
  const auto blocks = segment.options.sack();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const SeqNum left(blocks[i].left), right(blocks[i].right);
    if (!left.before(right) || sender.send.next.before(right)) continue;  // of another connection, or nonsense
    const bool within_next =
        blocks.size() > 1 && SeqNum(blocks[1].left).at_or_before(left) && right.at_or_before(SeqNum(blocks[1].right));
    if (i == 0 && (right.at_or_before(ack) || within_next)) {
      arrived_twice(sender, left, right, view);
      continue;
    }
    for (SentSegment& sent : sender.sent.all())
      if (sent.lies_within(left, right))
        sent.selectively_acknowledged = true;
      else if (sent.overlaps(left, right) && left.at_or_before(sent.begin) && !sent.sent_again)
        sent.arrived_in_part = true, sent.part_end = right;
  }
  if (!me.last) answers_first(sender, segment, view);
  if (me.acknowledged && sender.unsettled) look_into_doubts(me, sender, segment, at, view);
  if (me.acknowledged && ack.at_or_before(*me.acknowledged)) return;
  if (me.acknowledged && sender.unsettled && segment.options.timestamp_echo)
    answers_original(sender, *me.acknowledged, ack, *segment.options.timestamp_echo, view);
  if (sender.probe_byte && sender.probe_byte == ack - 1 && sender.send.next == *sender.probe_byte)
    sender.send.next = ack;
  sender.probe_byte.reset();
  if (sender.unsettled)
    sender.unsettled = std::ranges::any_of(sender.sent.all(),
                                           [](const SentSegment& sent) { return sent.in_doubt || sent.thought_lost; });
  if (auto acknowledged = sender.sent.acknowledge(ack)) {
    if (me.acknowledged && (acknowledged->sent_again || acknowledged->selectively_acknowledged))
      acknowledged = sender.sent.latest_answered(*me.acknowledged, ack).value_or(*acknowledged);
    if (const auto echo = segment.options.timestamp_echo)
      acknowledged = sender.sent.copy_stamped(*echo, *acknowledged).value_or(*acknowledged);
    view.acknowledges = Acknowledgement{acknowledged->at.frame, {}};
    // RFC 6298, 3 (Karn): of what was sent twice nobody knows which one this answers, unless its timestamp tells.
    const bool once = !acknowledged->sent_again && !acknowledged->is_copy;
    const bool named = acknowledged->has_timestamp && segment.options.timestamp_echo == acknowledged->timestamp;
    if (once || named) view.acknowledges->after = at.time - acknowledged->at.time;
    if (view.acknowledges->after) sender.quickest_answer = std::min(sender.quickest_answer, *view.acknowledges->after);
  }
}

/// The first packet of this end. Until it came nobody knew whether it hears its peer at all; now it has heard the copy
/// that its timestamp echo names, or the latest.
void TcpConversation::answers_first(TcpEndpoint& sender, const Segment& segment, TcpView& view) {
  const auto echo = segment.options.timestamp_echo;
  for (SentSegment& sent : sender.sent.all()) {
    if (!sent.in_doubt || !sent.end.at_or_before(SeqNum(segment.ack))) continue;
    sent.in_doubt = false;
    const bool answered = echo && sent.has_timestamp && !older(sent.timestamp, *echo);
    if (!answered) lose(sender, sent.at.frame, view);
  }
}

/// RFC 2883: the receiver reports numbers that it has got twice.
void TcpConversation::arrived_twice(TcpEndpoint& sender, SeqNum left, SeqNum right, TcpView& view) {
  const auto sent = sender.sent.all();
  for (SentSegment& it : sent) {
    if (it.overlaps(left, right)) it.in_doubt = false;
    if (!it.overlaps(left, right) || !it.captured_twice) continue;
    it.captured_twice = false;  // the wire doubled it: that is what is reported
    return;
  }
  // Two that are not thought lost explain a duplicate by themselves.
  constexpr int enough = 2;
  const auto arrived = [&](const SentSegment& it) { return !it.thought_lost && it.overlaps(left, right); };
  if (std::ranges::count_if(sent, arrived) >= enough) return;
  const auto latest = std::find_if(sent.rbegin(), sent.rend(),
                                   [&](const SentSegment& it) { return it.thought_lost && it.overlaps(left, right); });
  if (latest != sent.rend()) take_back_loss(*latest, view);
}

/// RFC 3522 (Eifel): the answer names the timestamp of the segment that it answers, if that is the first that was
/// missing (RFC 7323, 4.3).
void TcpConversation::answers_original(TcpEndpoint& sender, SeqNum missing, SeqNum ack, std::uint32_t echo,
                                       TcpView& view) {
  const auto sent = sender.sent.all();
  for (std::size_t i = 0; i < sent.size(); ++i) {
    SentSegment& original = sent[i];
    if (!original.thought_lost || !original.has_timestamp || original.begin != missing || ack.before(original.end))
      continue;
    if (older(echo, original.timestamp)) continue;
    const auto copy = std::find_if(sent.begin() + static_cast<std::ptrdiff_t>(i) + 1, sent.end(),
                                   [&](const SentSegment& it) { return it.overlaps(original.begin, original.end); });
    if (copy != sent.end() && copy->has_timestamp && older(echo, copy->timestamp)) take_back_loss(original, view);
  }
}

/// Of what was sent again without proof of a loss. An ACK that ends within it shows that it did not arrive, unless a
/// network card was to cut it up. Else the first report of these numbers tells: it comes as soon as the copy can have
/// been answered, and not before, or the original had arrived. (Where it had, and this ACK crossed the copy, a report
/// of a duplicate follows: RFC 2883.)
void TcpConversation::look_into_doubts(const TcpEndpoint& me, TcpEndpoint& sender, const Segment& segment,
                                       const Stamp& at, TcpView& view) {
  const SeqNum ack(segment.ack);
  const auto sent = sender.sent.all();
  for (std::size_t i = 0; i < sent.size(); ++i) {
    SentSegment& original = sent[i];
    if (!original.in_doubt) continue;
    const bool in_part = original.begin.before(ack) && ack.before(original.end) && original.is_sent_again_to(ack) &&
                         original.data_begin().distance(original.data_end()) <= me.segment_limit;
    const bool reported =
        original.end.at_or_before(ack) || std::ranges::any_of(segment.options.sack(), [&](const SackBlock& block) {
          return original.lies_within(SeqNum(block.left), SeqNum(block.right));
        });
    if (!in_part && !reported) continue;
    original.in_doubt = false;
    const auto copy = std::find_if(sent.begin() + static_cast<std::ptrdiff_t>(i) + 1, sent.end(),
                                   [&](const SentSegment& it) { return it.overlaps(original.begin, original.end); });
    if (copy == sent.end() || (!in_part && copy->timestamp == original.timestamp)) continue;
    const auto echo = segment.options.timestamp_echo;
    const bool echoes_original = me.acknowledged == original.begin && echo && older(*echo, copy->timestamp);
    if (in_part || (!echoes_original && at.time - copy->at.time >= sender.quickest_answer / 4))
      lose(sender, original.at.frame, view);
  }
}

void TcpConversation::take_back_loss(SentSegment& sent, TcpView& view) {
  sent.thought_lost = false;
  view.arrived_after_all.push_back(sent.at.frame);
  --tally_.never_delivered;
}

/// The copy shows that what carried the same numbers before, and was not acknowledged, never arrived; where it was,
/// that the ACK did not.
void TcpConversation::name_lost(const Segment& segment, Side from, const Stamp& at, TcpView& view) {
  TcpEndpoint& me = end(from);
  TcpEndpoint& peer = end(other(from));
  const SeqNum first(segment.seq), last = first + segment.sequence_length();
  const bool asked_for = was_asked_for(segment, from, at) || is_reported_missing(segment, from);
  for (SentSegment& sent : me.sent.all()) {
    if (!sent.overlaps(first, last)) continue;
    // Whoever gets what it has already acknowledges it at once (RFC 9293, 3.10.7.4).
    const bool answered = peer.has_acknowledged(sent.end) && peer.last && sent.at.time <= peer.last->time;
    const bool in_part = peer.acknowledged && sent.begin.before(*peer.acknowledged) && !peer.has_acknowledged(sent.end);
    if (in_part && !sent.is_sent_again_to(*peer.acknowledged) && !sent.arrived_in_part)
      sent.arrived_in_part = true, sent.part_end = *peer.acknowledged;
    if (sent.arrived_in_part && !sent.sent_again && first == sent.part_end)
      view.partial = Partial{sent.at.frame, me.send.relative(first)};
    const bool missing = !sent.is_sent_again_to(sent.end) && !sent.selectively_acknowledged && !sent.arrived_in_part &&
                         !sent.overtaken && !answered;
    sent.is_sent_again(first, last);
    if (!missing) continue;
    // Of a part that comes again nobody knows whether the rest had arrived, but for the first that is missing.
    const bool replaced = sent.is_sent_again_to(sent.end) || (peer.acknowledged == sent.begin && first == sent.begin);
    const Time::duration age = at.time - sent.at.time;
    const bool by_timer = age > std::max(patience(sent.at.time), shortest_timer * 3 / 4);
    const bool stamped = sent.has_timestamp && segment.options.timestamp_value;
    const bool will_be_told = stamped || (me.selects && peer.selects);
    if (peer.last && replaced && (asked_for || by_timer || (!will_be_told && age > patience(sent.at.time))))
      lose(me, sent.at.frame, view);
    else
      sent.in_doubt = me.unsettled = true;
  }
  const auto echo = segment.options.timestamp_echo;
  const bool has_it = echo && peer.acknowledged_timestamp && !older(*echo, *peer.acknowledged_timestamp);
  if (!is_needless(segment, from) || peer.acknowledged_frame == 0 || has_it) return;
  const Time answered = peer.acknowledged_time;
  if (at.time - answered > longest_timer) return;  // another reason than that ACK's loss
  if (at.time - answered > std::max(patience(answered), shortest_timer / 2)) lose(peer, peer.acknowledged_frame, view);
}

/// Names the packet as one that never arrived, if that is news.
void TcpConversation::lose(TcpEndpoint& sender, std::uint64_t frame, TcpView& view) {
  const auto sent = sender.sent.all();
  const auto found = std::ranges::find(sent, frame, [](const SentSegment& it) { return it.at.frame; });
  if (found != sent.end() ? found->thought_lost : sender.lost_ack == frame) return;
  if (found != sent.end())
    found->thought_lost = sender.unsettled = true;
  else
    sender.lost_ack = frame;
  view.never_delivered.push_back(frame);
  ++tally_.never_delivered;
}

}  // namespace echolab::capture
