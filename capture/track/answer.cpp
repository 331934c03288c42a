// Read RFC 3522, RFC 2883 and RFC 7323, section 4.3, before editing.
#include "capture/track/answer.hpp"
#include "capture/track/elapsed.hpp"

#include <algorithm>
#include <utility>

namespace echolab::capture {

/// What the packet says of the peer's segments: which it acknowledges, after how long, which it reports beyond a hole,
/// and which of those that were thought lost had arrived after all.
std::uint32_t Answer::settle() {
  hear_reports();
  if (!me_.last) hear_first();
  if (me_.acknowledged && sender_.unsettled) look_into_doubts();
  count_fin_answers();
  if (me_.acknowledged && ack_.at_or_before(*me_.acknowledged)) return 0;
  if (me_.acknowledged && sender_.unsettled && now_.segment.options.timestamp_echo)
    look_for_originals(*now_.segment.options.timestamp_echo);
  const std::uint32_t taken = take_probe();
  if (sender_.unsettled)
    sender_.unsettled = std::ranges::any_of(sender_.sent.all(),
                                            [](const SentSegment& sent) { return sent.in_doubt || sent.thought_lost; });
  name_answered();
  return taken;
}

/// A receiver whose window is 0 may take a probe's byte all the same (RFC 9293, 3.8.6.1): then it counts as sent.
std::uint32_t Answer::take_probe() {
  const auto probe = std::exchange(sender_.probe_byte, std::nullopt);
  if (!probe || probe->end != ack_ || probe->begin != sender_.send.next) return 0;
  sender_.send.next = ack_;
  sender_.sent.add(*probe);
  return 1;
}

/// The first packet of this end. Until it came nobody knew whether it hears its peer at all; now it has heard the copy
/// that its timestamp echo names, or the latest.
void Answer::hear_first() {
  const auto echo = now_.segment.options.timestamp_echo;
  for (SentSegment& sent : sender_.sent.all()) {
    if (!sent.in_doubt || !sent.end.at_or_before(ack_)) continue;
    sent.in_doubt = false;
    const bool unnamed = !echo && sent.has_timestamp;  // an answer without timestamps: to which copy nobody knows
    const bool answered = echo && sent.has_timestamp && !older(sent.timestamp, *echo);
    if (!answered && !unnamed) now_.lose(sender_, sent.at.frame);
  }
}

/// RFC 2018: what the receiver has beyond a hole, and RFC 2883: what it has got twice.
void Answer::hear_reports() {
  const auto blocks = now_.segment.options.sack();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const SeqNum left(blocks[i].left), right(blocks[i].right);
    if (!left.before(right) || sender_.send.next.before(right)) continue;  // of another connection, or nonsense
    const bool within_next =
        blocks.size() > 1 && SeqNum(blocks[1].left).at_or_before(left) && right.at_or_before(SeqNum(blocks[1].right));
    if (i == 0 && (right.at_or_before(ack_) || within_next)) {
      hear_of_duplicate(left, right);
      continue;
    }
    for (SentSegment& sent : sender_.sent.all())
      if (sent.lies_within(left, right))
        sent.selectively_acknowledged = true;
      else if (sent.overlaps(left, right) && left.at_or_before(sent.begin) && !sent.sent_again)
        sent.arrived_in_part = true, sent.part_end = right;
  }
}

/// RFC 2883: the receiver reports numbers that it has got twice. Two that arrived for certain explain that by
/// themselves, and so does one that the wire doubled.
void Answer::hear_of_duplicate(SeqNum left, SeqNum right) {
  std::vector<SentSegment*> carriers;
  for (SentSegment& sent : sender_.sent.all())
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
  if (latest != carriers.rend()) take_back(**latest);
}

/// RFC 3522 (Eifel): the answer names the timestamp of the segment that it answers, if that is the first that was
/// missing (RFC 7323, 4.3).
void Answer::look_for_originals(std::uint32_t echo) {
  const auto names_one_behind = [&](const SentSegment& original) {
    return std::ranges::any_of(sender_.sent.all(), [&](const SentSegment& it) {
      return it.has_timestamp && it.overlaps(original.begin, original.end) && older(original.timestamp, it.timestamp) &&
             !older(echo, it.timestamp);
    });
  };
  for (SentSegment& original : sender_.sent.all()) {
    const bool missing = original.thought_lost && original.begin == me_.acknowledged && original.end.at_or_before(ack_);
    if (!missing || !original.has_timestamp || older(echo, original.timestamp)) continue;
    const SentSegment* copy = sender_.sent.copy_of(original);
    if (copy != nullptr && copy->has_timestamp && !copy->old_ack && !names_one_behind(original)) take_back(original);
  }
}

/// RFC 9293, 3.10.7.4: each FIN that comes again is answered. So as many answers as FINs show that all have arrived,
/// and one that was stamped before the one ahead of it in the capture answers an earlier copy. Nothing else may ask for
/// them: the FIN is the last that its sender has sent.
void Answer::count_fin_answers() {
  const bool bare = now_.segment.sequence_length() == 0 && now_.probe == Probe::none;
  if (bare && me_.belief.state() == State::time_wait && me_.is_overtaken(now_.segment)) return hear_fin_again();
  const auto sent = sender_.sent.all();
  if (!sender_.send.acknowledges_fin(ack_) || sent.empty() || !sent.back().fin) return;
  const bool first = !me_.acknowledged || !sender_.send.acknowledges_fin(*me_.acknowledged);
  if (!first && (!bare || now_.segment.window != me_.window)) return;
  if (me_.fin_answers < UINT8_MAX) ++me_.fin_answers;
  if (me_.fin_answers > 1 && me_.fin_answers >= sender_.fins_sent) hear_fin_again();
}

/// A FIN that was thought lost had arrived.
void Answer::hear_fin_again() {
  const auto sent = sender_.sent.all();
  const auto latest = std::find_if(sent.rbegin(), sent.rend(), [&](const SentSegment& it) {
    return it.thought_lost && it.fin && it.end.at_or_before(ack_);
  });
  if (latest != sent.rend()) take_back(*latest);
}

/// Whether all of it has arrived, in one copy or another.
bool Answer::reports(const SentSegment& sent) const {
  return sent.end.at_or_before(ack_) || std::ranges::any_of(now_.segment.options.sack(), [&](const SackBlock& block) {
           return sent.lies_within(SeqNum(block.left), SeqNum(block.right));
         });
}

/// Whether an ACK that ends within it shows that it did not arrive; one that a network card was to cut up can have.
bool Answer::ends_within(const SentSegment& sent) const {
  return sent.begin.before(ack_) && ack_.before(sent.end) && sent.is_sent_again_to(ack_) &&
         sent.data_begin().distance(sent.data_end()) <= me_.segment_limit;
}

/// Whether the first report of what was sent twice comes of the copy alone. It names the timestamp of the one that it
/// answers (RFC 7323, 4.3); else it comes as soon as the copy can have been answered, and not before. Where the
/// original had arrived, too, a report of a duplicate comes with the answer to the copy (RFC 2883).
bool Answer::answers_copy(const SentSegment& original, const SentSegment& copy) const {
  const auto echo = now_.segment.options.timestamp_echo;
  const bool names_it = echo && copy.has_timestamp && me_.acknowledged == original.begin;
  if (names_it && older(*echo, copy.timestamp) && !copy.old_ack) return false;
  if (names_it && !older(*echo, copy.timestamp) && me_.selects && sender_.selects) return true;
  const auto after = elapsed(copy.at.time, now_.at.time);
  return after && *after >= sender_.quickest_answer / 4;
}

/// Of what was sent again without proof of a loss.
void Answer::look_into_doubts() {
  for (SentSegment& original : sender_.sent.all()) {
    if (!original.in_doubt) continue;
    const bool in_part = ends_within(original);
    if (!in_part && !reports(original)) continue;
    original.in_doubt = false;
    const SentSegment* copy = sender_.sent.copy_of(original);
    if (copy == nullptr) continue;
    const bool replaced = original.is_sent_again_to(original.end) && copy->timestamp != original.timestamp;
    if (in_part || (replaced && answers_copy(original, *copy))) now_.lose(sender_, original.at.frame);
  }
}

void Answer::take_back(SentSegment& sent) {
  if (now_.vantage == Vantage::wire) return;  // what it has lost is lost
  sent.thought_lost = false;
  now_.found(finding::ArrivedAfterAll{sent.at.frame});
}

/// Which of the sender's segments the packet acknowledges: the latest that can have caused it.
void Answer::name_answered() {
  auto acknowledged = sender_.sent.acknowledge(ack_);
  if (!acknowledged) return;
  if (me_.acknowledged && (acknowledged->sent_again || acknowledged->selectively_acknowledged))
    acknowledged = sender_.sent.latest_answered(*me_.acknowledged, ack_).value_or(*acknowledged);
  if (const auto echo = now_.segment.options.timestamp_echo)
    acknowledged = sender_.sent.copy_stamped(*echo, *acknowledged).value_or(*acknowledged);
  finding::Acknowledges found{acknowledged->at.frame, 0, {}};
  // RFC 6298, 3 (Karn): of what was sent twice nobody knows which one this answers, unless its timestamp tells.
  const bool once = !acknowledged->sent_again && !acknowledged->is_copy;
  const bool named = acknowledged->has_timestamp && now_.segment.options.timestamp_echo == acknowledged->timestamp;
  if (!once && !named) found.or_frame = sender_.sent.original_frame(*acknowledged);
  if (once || named) found.after = measured(acknowledged->at.time, now_.at.time);
  if (found.after) sender_.quickest_answer = std::min(sender_.quickest_answer, *found.after);
  now_.found(found);
}

}  // namespace echolab::capture
