// What had not arrived, as its sender shows by sending it again. Read RFC 6298 and RFC 8985, section 7, before editing.
#include <algorithm>
#include <chrono>

#include "capture/track/conversation.hpp"
#include "capture/track/elapsed.hpp"

namespace echolab::capture {

/// Whether the packet that brought `event` to `side` got lost, if it had not arrived by now: it is old enough.
bool TcpConversation::is_long_gone(Side side, Event event, Time now) const {
  const std::optional<std::uint64_t> frame = end(side).belief.brought_by(event);
  const std::optional<Time> sent = frame ? end(other(side)).time_of(*frame) : std::nullopt;
  return !sent || longer_than(std::max(patience(*sent), shortest_timer / 2), *sent, now);
}

/// How long a packet of that time may be under way, and its answer: the shortest round trip that was seen. While there
/// is none it is shorter than the time that a SYN waits for its answer (RFC 6298, 2.1: one second).
Time::duration TcpConversation::patience(Time sent) const {
  using std::chrono_literals::operator""ms;
  const auto there = end(Side::client).quickest_answer, back = end(Side::server).quickest_answer;
  if (there != Time::duration::max() && back != Time::duration::max()) return there + back;
  return within(1500ms, tally_.first, sent) ? Time::duration(500ms) : round_trip();
}

/// The copy shows that what carried the same numbers before, and was not acknowledged, never arrived; where it was,
/// that the ACK did not.
void TcpConversation::name_lost(CurrentSegment& now) {
  if (!now.notes.has(Note::retransmission)) return;
  if (now.vantage == Vantage::wire) return name_lost_by_wire(now);
  finding::ArrivedInPart partial;
  for (SentSegment& sent : now.sender.sent.all()) {
    if (!sent.overlaps(now.seq(), now.end())) continue;
    if (arrived_in_part(now, sent)) {
      if (sent.syn)
        now.found(finding::RefusedWithSyn{sent.at.frame});
      else
        partial = {sent.at.frame, now.sender.send.relative(now.seq())};
    }
    const bool missing = is_missing(now, sent);
    sent.is_sent_again(now.seq(), now.end());
    if (!missing) continue;
    if ((sent.damaged && now.lengths_count) || shows_loss(now, sent))
      now.lose(now.sender, sent.at.frame);
    else
      sent.in_doubt = now.sender.unsettled = true;
  }
  if (partial.frame != 0) now.found(partial);
  name_lost_answer(now);
}

/// Whether only the first part of `sent` had arrived, and the copy begins where that ends.
bool TcpConversation::arrived_in_part(CurrentSegment& now, SentSegment& sent) {
  const TcpEndpoint& peer = now.receiver;
  const bool in_part = peer.acknowledged && sent.begin.before(*peer.acknowledged) && !peer.has_acknowledged(sent.end);
  if (in_part && !sent.is_sent_again_to(*peer.acknowledged) && !sent.arrived_in_part)
    sent.arrived_in_part = true, sent.part_end = *peer.acknowledged;
  return sent.arrived_in_part && !sent.sent_again && now.seq() == sent.part_end;
}

/// Whether nothing tells that it has arrived. Whoever gets what it has already acknowledges it at once (RFC 9293,
/// 3.10.7.4).
bool TcpConversation::is_missing(const CurrentSegment& now, const SentSegment& sent) {
  const TcpEndpoint& peer = now.receiver;
  const bool answered = peer.has_acknowledged(sent.end) && peer.last && !longer_than({}, peer.last->time, sent.at.time);
  return !sent.is_sent_again_to(sent.end) && !sent.selectively_acknowledged && !sent.arrived_in_part &&
         !sent.overtaken && !answered;
}

/// Whether the copy is proof that `sent` got lost. Of a part that comes again nobody knows whether the rest had
/// arrived, but for the first that is missing.
bool TcpConversation::shows_loss(const CurrentSegment& now, const SentSegment& sent) const {
  const TcpEndpoint& me = now.sender;
  const TcpEndpoint& peer = now.receiver;
  const bool replaced = sent.is_sent_again_to(sent.end) || (peer.acknowledged == sent.begin && now.seq() == sent.begin);
  const bool asked_for = was_asked_for(now) || is_reported_missing(now);
  const Time::duration patient = patience(sent.at.time);
  const bool by_timer = longer_than(std::max(patient, shortest_timer * 3 / 4), sent.at.time, now.at.time);
  const bool stamped = sent.has_timestamp && now.segment.options.timestamp_value;
  const bool will_be_told = stamped || sent.fin || (me.selects && peer.selects);  // each FIN is answered
  return peer.last && replaced &&
         (asked_for || by_timer || (!will_be_told && longer_than(patient, sent.at.time, now.at.time)));
}

/// What the peer has acknowledged comes again: its ACK got lost. After the longest timer there is another reason.
void TcpConversation::name_lost_answer(CurrentSegment& now) {
  TcpEndpoint& peer = now.receiver;
  const auto echo = now.segment.options.timestamp_echo;
  const bool has_it = echo && peer.acknowledged_timestamp && !older(*echo, *peer.acknowledged_timestamp);
  if (!is_needless(now) || peer.acknowledged_frame == 0 || has_it) return;
  const Time answered = peer.acknowledged_time;
  const auto since = elapsed(answered, now.at.time);
  if (since && *since <= longest_timer && *since > std::max(patience(answered), shortest_timer / 2))
    now.lose(peer, peer.acknowledged_frame);
}

/// The wire need not conclude anything: a copy is only the place to say it.
void TcpConversation::name_lost_by_wire(CurrentSegment& now) {
  for (SentSegment& sent : now.sender.sent.all()) {
    if (!sent.overlaps(now.seq(), now.end())) continue;
    sent.is_sent_again(now.seq(), now.end());
    now.lose(now.sender, sent.at.frame);
  }
  if (is_needless(now)) now.lose(now.receiver, now.receiver.acknowledged_frame);
}

void CurrentSegment::lose(TcpEndpoint& whose, std::uint64_t frame) const {
  const auto sent = whose.sent.all();
  const auto found_at = std::ranges::find(sent, frame, [](const SentSegment& it) { return it.at.frame; });
  const bool lost =
      found_at != sent.end() ? found_at->lost : whose.acknowledgement_lost && whose.acknowledged_frame == frame;
  if (vantage == Vantage::wire && !lost) return;
  if (found_at != sent.end() ? found_at->thought_lost : whose.lost_ack == frame) return;
  if (found_at != sent.end())
    found_at->thought_lost = whose.unsettled = true;
  else
    whose.lost_ack = frame;
  const bool damaged = found_at != sent.end() ? found_at->damaged : whose.damaged_frame == frame;
  found(finding::NeverDelivered{.frame = frame, .damaged = damaged && (lengths_count || vantage == Vantage::wire)});
  notes.add(Note::never_delivered);
}

}  // namespace echolab::capture
