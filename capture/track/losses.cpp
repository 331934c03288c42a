// What arrived and what did not, as far as later packets tell. Read RFC 3522, RFC 2883 and RFC 8985, section 7, before
// editing.
#include <algorithm>
#include <chrono>

#include "capture/track/conversation.hpp"

namespace echolab::capture {
namespace {

using std::chrono_literals::operator""s;

constexpr auto longest_timer = 120s;  // Linux's; RFC 6298, 2.5 has 60 s at least

}  // namespace

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

/// What the packet says of the peer's segments: which it acknowledges, after how long, which it reports beyond a hole,
/// and which of those that were thought lost had arrived after all.
void TcpConversation::settle(const Segment& segment, Side from, const Stamp& at, TcpView& view) {
  TcpEndpoint& me = end(from);
  TcpEndpoint& sender = end(other(from));
  if (!segment.flags.ack() || segment.flags.rst()) return;
  const SeqNum ack(segment.ack);
  hear_reports(segment, sender, view);
  if (!me.last) answers_first(sender, segment, view);
  if (me.acknowledged && sender.unsettled) look_into_doubts(me, sender, segment, at, view);
  if (me.belief.state() == State::time_wait && segment.sequence_length() == 0 && me.is_overtaken(segment))
    answers_fin_again(sender, ack, view);
  if (me.acknowledged && ack.at_or_before(*me.acknowledged)) return;
  if (me.acknowledged && sender.unsettled && segment.options.timestamp_echo)
    answers_original(sender, *me.acknowledged, ack, *segment.options.timestamp_echo, view);
  if (sender.probe_byte && sender.probe_byte == ack - 1 && sender.send.next == *sender.probe_byte)
    sender.send.next = ack;
  sender.probe_byte.reset();
  if (sender.unsettled)
    sender.unsettled = std::ranges::any_of(sender.sent.all(),
                                           [](const SentSegment& sent) { return sent.in_doubt || sent.thought_lost; });
  name_answered(segment, me, sender, at.time, view);
}

/// RFC 2018: what the receiver has beyond a hole, and RFC 2883: what it has got twice.
void TcpConversation::hear_reports(const Segment& segment, TcpEndpoint& sender, TcpView& view) {
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
}

/// Which of the sender's segments the packet acknowledges: the latest that can have caused it.
void TcpConversation::name_answered(const Segment& segment, const TcpEndpoint& me, TcpEndpoint& sender, Time now,
                                    TcpView& view) {
  const SeqNum ack(segment.ack);
  auto acknowledged = sender.sent.acknowledge(ack);
  if (!acknowledged) return;
  if (me.acknowledged && (acknowledged->sent_again || acknowledged->selectively_acknowledged))
    acknowledged = sender.sent.latest_answered(*me.acknowledged, ack).value_or(*acknowledged);
  if (const auto echo = segment.options.timestamp_echo)
    acknowledged = sender.sent.copy_stamped(*echo, *acknowledged).value_or(*acknowledged);
  view.acknowledges = Acknowledgement{acknowledged->at.frame, {}};
  // RFC 6298, 3 (Karn): of what was sent twice nobody knows which one this answers, unless its timestamp tells.
  const bool once = !acknowledged->sent_again && !acknowledged->is_copy;
  const bool named = acknowledged->has_timestamp && segment.options.timestamp_echo == acknowledged->timestamp;
  if (once || named) view.acknowledges->after = now - acknowledged->at.time;
  if (view.acknowledges->after) sender.quickest_answer = std::min(sender.quickest_answer, *view.acknowledges->after);
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

/// RFC 2883: the receiver reports numbers that it has got twice. Two that arrived for certain explain that by
/// themselves, and so does one that the wire doubled.
void TcpConversation::arrived_twice(TcpEndpoint& sender, SeqNum left, SeqNum right, TcpView& view) {
  std::vector<SentSegment*> carriers;
  for (SentSegment& sent : sender.sent.all())
    if (sent.overlaps(left, right)) carriers.push_back(&sent);
  const auto doubled = std::ranges::find_if(carriers, [](const SentSegment* it) { return it->captured_twice; });
  if (doubled != carriers.end()) {
    (*doubled)->captured_twice = false;
    return;
  }
  constexpr int enough = 2;
  const auto thought_lost = [](const SentSegment* it) { return it->thought_lost; };
  const auto arrived = [](const SentSegment* it) { return !it->thought_lost && !it->in_doubt; };
  if (std::ranges::count_if(carriers, arrived) >= enough) return;
  for (SentSegment* it : carriers) it->in_doubt = false;
  if (std::ranges::count_if(carriers, arrived) >= enough) return;
  const auto latest = std::find_if(carriers.rbegin(), carriers.rend(), thought_lost);
  if (latest != carriers.rend()) take_back_loss(**latest, view);
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
    const bool names_another = std::ranges::any_of(sent, [&](const SentSegment& it) {
      return it.has_timestamp && it.overlaps(original.begin, original.end) && older(original.timestamp, it.timestamp) &&
             !older(echo, it.timestamp);
    });
    if (copy != sent.end() && copy->has_timestamp && !copy->old_ack && !names_another) take_back_loss(original, view);
  }
}

/// RFC 9293, 3.10.7.4: in TIME_WAIT each FIN that comes again is answered. An answer that was stamped before the one
/// ahead of it in the capture answers an earlier copy, which had thus arrived.
void TcpConversation::answers_fin_again(TcpEndpoint& sender, SeqNum ack, TcpView& view) {
  const auto sent = sender.sent.all();
  const auto latest = std::find_if(sent.rbegin(), sent.rend(), [&](const SentSegment& it) {
    return it.thought_lost && it.fin && it.end.at_or_before(ack);
  });
  if (latest != sent.rend()) take_back_loss(*latest, view);
}

/// Of what was sent again without proof of a loss. An ACK that ends within it shows that it did not arrive, unless a
/// network card was to cut it up. Else the first report of all its numbers tells: it names the timestamp of the one
/// that it answers (RFC 7323, 4.3), or it comes as soon as the copy can have been answered, and not before, or the
/// original had arrived. (Where it had, a report of a duplicate comes with the answer to the copy: RFC 2883.)
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
    const bool has_another =
        copy != sent.end() &&
        (in_part || (original.is_sent_again_to(original.end) && copy->timestamp != original.timestamp));
    if (!has_another) continue;  // what was not sent again has come from the original
    const auto echo = segment.options.timestamp_echo;
    const bool tells = me.acknowledged == original.begin && echo && copy->has_timestamp;
    const bool answers_it = tells && older(*echo, copy->timestamp) && !copy->old_ack;
    const bool answers_copy = tells && !older(*echo, copy->timestamp) && me.selects && sender.selects;
    const bool in_time = at.time - copy->at.time >= sender.quickest_answer / 4;
    if (in_part || answers_copy || (!answers_it && in_time)) lose(sender, original.at.frame, view);
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
