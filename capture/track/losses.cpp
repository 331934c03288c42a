// What had not arrived, as its sender shows by sending it again. Read RFC 6298 and RFC 8985, section 7, before editing.
#include <algorithm>
#include <chrono>

#include "capture/track/answer.hpp"
#include "capture/track/conversation.hpp"

namespace echolab::capture {

/// Whether the packet that brought `event` to `side` got lost, if it had not arrived by now: it is old enough.
bool TcpConversation::is_long_gone(Side side, Event event, Time now) const {
  const std::optional<std::uint64_t> frame = end(side).belief.brought_by(event);
  const std::optional<Time> sent = frame ? end(other(side)).time_of(*frame) : std::nullopt;
  return !sent || now - *sent > std::max(patience(*sent), shortest_timer / 2);
}

/// How long a packet of that time may be under way, and its answer: the shortest round trip that was seen. While there
/// is none it is shorter than the time that a SYN waits for its answer (RFC 6298, 2.1: one second).
Time::duration TcpConversation::patience(Time sent) const {
  using std::chrono_literals::operator""ms;
  const auto there = end(Side::client).quickest_answer, back = end(Side::server).quickest_answer;
  if (there != Time::duration::max() && back != Time::duration::max()) return there + back;
  return sent - tally_.first < 1500ms ? Time::duration(500ms) : round_trip();
}

/// The copy shows that what carried the same numbers before, and was not acknowledged, never arrived; where it was,
/// that the ACK did not.
void TcpConversation::name_lost(const Segment& segment, Side from, const Stamp& at, TcpView& view) {
  TcpEndpoint& me = end(from);
  TcpEndpoint& peer = end(other(from));
  const SeqNum first(segment.seq), last = first + segment.sequence_length();
  const bool asked_for = was_asked_for(segment, from, at) || is_reported_missing(segment, from);
  finding::ArrivedInPart partial;
  for (SentSegment& sent : me.sent.all()) {
    if (!sent.overlaps(first, last)) continue;
    // Whoever gets what it has already acknowledges it at once (RFC 9293, 3.10.7.4).
    const bool answered = peer.has_acknowledged(sent.end) && peer.last && sent.at.time <= peer.last->time;
    const bool in_part = peer.acknowledged && sent.begin.before(*peer.acknowledged) && !peer.has_acknowledged(sent.end);
    if (in_part && !sent.is_sent_again_to(*peer.acknowledged) && !sent.arrived_in_part)
      sent.arrived_in_part = true, sent.part_end = *peer.acknowledged;
    if (sent.arrived_in_part && !sent.sent_again && first == sent.part_end)
      partial = {sent.at.frame, me.send.relative(first)};
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
  if (partial.frame != 0) view.findings.add(partial);
  const auto echo = segment.options.timestamp_echo;
  const bool has_it = echo && peer.acknowledged_timestamp && !older(*echo, *peer.acknowledged_timestamp);
  if (!is_needless(segment, from) || peer.acknowledged_frame == 0 || has_it) return;
  const Time answered = peer.acknowledged_time;
  if (at.time - answered > longest_timer) return;  // another reason than that ACK's loss
  if (at.time - answered > std::max(patience(answered), shortest_timer / 2)) lose(peer, peer.acknowledged_frame, view);
}

}  // namespace echolab::capture
