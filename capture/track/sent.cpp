// The sender's half of a packet: what leaving shows about the end that it leaves.
#include <algorithm>
#include <utility>

#include "capture/track/answer.hpp"
#include "capture/track/congestion.hpp"
#include "capture/track/conversation.hpp"
#include "capture/track/elapsed.hpp"

namespace echolab::capture {
namespace {

/// Whether the raw numbers go on from 0 within it, or right behind it.
bool passes_largest_number(const Segment& segment) { return segment.seq + segment.sequence_length() < segment.seq; }

/// What its numbers and its timestamp say of its place among its sender's packets.
void find_order(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  if (passes_largest_number(now.segment) && !std::exchange(me.told_wrap, true)) now.found(finding::NumberWraps{});
  if (!now.is_bare_ack() || now.probe != Probe::none) return;
  const bool old = me.send.numbered && now.seq().before(me.send.next);
  if (const SentSegment* later = old ? me.sent.carrier_of(now.seq()) : nullptr)
    now.found(finding::SentBefore{later->at.frame});
  else if (me.is_overtaken(now.segment))
    now.found(finding::Overtaken{});
}

/// Whether a SYN,ACK acknowledges the data of the SYN. What it leaves out comes again, and the SYN did not bring it.
void compare_syn_data(const CurrentSegment& now) {
  SendSpace& peer = now.receiver.send;
  const SeqNum data = peer.isn + 1;
  if (peer.syn_end == data || now.has<finding::Repeats>() || !peer.acknowledges_syn(now.ack())) return;
  if (now.ack().before(peer.syn_end)) peer.syn_end = now.ack();
  now.found(finding::AnswersSynData{static_cast<std::uint32_t>(data.distance(peer.syn_end))});
}

/// What a SYN,ACK makes of the SYN's offers.
void compare_offers(const CurrentSegment& now) {
  if (!now.flags().syn() || !now.flags().ack()) return;
  compare_syn_data(now);
  if (now.sender.syn_frame != 0) now.found(finding::AskedItself{});
  if (now.receiver.asks_for_cookie && !now.segment.options.fast_open_cookie) now.found(finding::CookieRefused{});
  if (now.receiver.asks_for_ecn && !now.flags().any_of_ecn()) now.found(finding::EcnRefused{});
}

/// Which SACK blocks report what their sender cannot have taken: bit n for block n.
std::uint8_t foreign_blocks(const CurrentSegment& now) {
  std::uint8_t bits = 0;
  const auto blocks = now.segment.options.sack();
  for (std::size_t i = 0; i < blocks.size(); ++i)
    if (now.sender.cannot_have_taken(SeqNum(blocks[i].left), now.receiver))
      bits = static_cast<std::uint8_t>(bits | 1u << i);
  return bits;
}

}  // namespace

/// The order matters. All that the packet is compared with is what was known before it, so it is remembered last. The
/// relative numbers hang on nothing. Who has the same frame twice, or one that its receiver drops, learns no more from
/// it. What it repeats decides its notes, and they decide what is believed of earlier packets. That is put right before
/// its sender moves: a rule fires from the state that the sender was in. The handshake looks at the sender after its
/// move and at the receiver before it.
void TcpConversation::sent(CurrentSegment& now) {
  if (is_of_earlier(now)) return tally_.count(now.from, 0, now.at.time, now.notes);
  compare_answers(now);
  tell_numbers(now);
  look_for_damaged(now);
  if (now.is_damaged()) now.found(finding::NotTaken{});
  if (is_garbled(now) || is_captured_twice(now) || is_dropped(now) || is_refused_unheard(now) || fits_nothing(now) ||
      now.stands_apart())
    return tally_.count(now.from, 0, now.at.time, now.notes);
  find_original(now);
  find_order(now);
  compare_offers(now);
  follow_accurate_ecn(now);
  note_numbers(now);
  note_ack(now);
  find_reasons(now);
  if (now.legal) look_behind_reset(now);
  if (now.legal) look_back(now);
  move_sender(now);
  place_in_handshake(now);
  remember(now);
}

bool TcpConversation::is_captured_twice(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  const auto frame = me.recognise(now.segment, now.at, now.receiver);
  if (!frame) return false;
  now.found(finding::Repeats{.frame = *frame});
  if (me.last && me.last->frame == *frame) now.found(me.told);
  now.notes.add(Note::duplicate_frame);
  return true;
}

/// RFC 9293, 3.10.7.4: without ACK, SYN and RST it has no effect.
bool TcpConversation::is_dropped(CurrentSegment& now) {
  now.legal = is_legal(now.flags());
  note_itself(now);
  if (!now.legal) now.notes.add(Note::illegal_flags);
  if (now.flags().fin())
    if (const auto frame = now.sender.earlier_lone_fin(now.segment, now.at); frame && now.legal)
      now.found(finding::FinWithoutAck{*frame});
  return !now.legal && !now.flags().syn();
}

/// Where the capture joined late, its first packet of an end may be a keep-alive: that shows once the number repeats.
void TcpConversation::note_first_keep_alive(const CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  if (me.settle_keep_alive(now.segment, now.receiver)) tally_.was_no_data(now.from);
  if (!me.last && !me.send.isn_seen && now.segment.payload_length == 1) me.perhaps_keep_alive = true;
}

/// What its sender has sent before with the same numbers.
void TcpConversation::find_original(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  if (now.legal && !now.flags().syn() && !now.flags().rst()) note_first_keep_alive(now);
  if (now.legal) now.probe = me.probe_of(now.segment, now.receiver);
  if (now.legal) now.copy = me.copy_of(now.segment, now.receiver);
  if (const auto frame = me.original_frame(now.copy, now.segment)) {
    finding::Repeats repeats{.frame = *frame, .last_frame = me.last_original_frame(now.segment).value_or(0)};
    const std::optional<Time> then = me.time_of(*frame);
    if (const auto age = then ? measured(*then, now.at.time) : std::nullopt) repeats.age = *age;
    repeats.other_options = now.flags().syn() && me.syn_options != offered(now.segment.options);
    now.found(repeats);
  }
  if (me.misplaces_fin(now.segment)) now.found(finding::MisplacedFin{});
  if (const auto frame = answer_before(now)) now.found(finding::AnsweredBefore{*frame});
}

/// The peer's packet that acknowledges this one, though the capture has it first. Where that is long ago, this is a
/// copy of one that the capture missed.
std::optional<std::uint64_t> TcpConversation::answer_before(const CurrentSegment& now) const {
  const TcpEndpoint& me = now.sender;
  const TcpEndpoint& peer = now.receiver;
  if (now.segment.sequence_length() == 0 || now.flags().rst() || !peer.acknowledged_frame ||
      !peer.has_acknowledged(now.end()))
    return std::nullopt;
  const bool news =
      now.flags().syn() ? me.syn_frame + me.syn_ack_frame == 0 : me.last && me.send.next.at_or_before(now.seq());
  const bool soon = within(round_trip(), peer.acknowledged_time, now.at.time);
  return news && soon ? std::optional(peer.acknowledged_frame) : std::nullopt;
}

/// What the packet shows of what came before it: what had not arrived, what the capture missed, what had arrived.
void TcpConversation::look_back(CurrentSegment& now) {
  refute(now);
  name_lost(now);
  catch_up(now);
  look_for_gaps(now);
  if (!now.ack_is_of_sent) return;
  if (now.flags().ack() && !now.flags().rst()) tally_.took(now.to(), Answer(now).settle());
  confirm(now);
}

/// A FIN whose ACK does not cover the peer's FIN was sent before that came, though a later packet of its sender that
/// acknowledges it stands above: who goes to LAST_ACK has acknowledged it.
bool TcpConversation::closed_before_hearing(CurrentSegment& now) {
  Belief& belief = now.sender.belief;
  const SendSpace& peer = now.receiver.send;
  const bool heard = !peer.fin_end || !now.flags().ack() || peer.acknowledges_fin(now.ack());
  if (heard || belief.state() != State::close_wait) return false;
  belief.replace({State::established});
  now.view.fire(now.from, belief.happens(Event::send_fin));
  now.view.fire(now.from, belief.happens(Event::receive_fin));
  now.notes.add(Note::simultaneous_close);
  return true;
}

void TcpConversation::move_sender(CurrentSegment& now) {
  Belief& belief = now.sender.belief;
  const TcpFlags flags = now.flags();
  if (flags.rst()) return reset_sender(now);
  if (!now.legal) return;
  if (flags.fin() && now.copy != Copy::fin && closed_before_hearing(now)) return;
  if (flags.fin() && now.copy != Copy::fin) return now.view.fire(now.from, belief.happens(Event::send_fin));
  if (!flags.syn() || now.copy != Copy::none || tells_beginning_late(now)) return;
  const bool crossing = !self_connected() && now.receiver.syn_frame != 0 && !flags.ack();
  if (crossing) {
    now.notes.add(Note::simultaneous_open);
    if (belief.is_guess_of(State::listen)) belief = Belief(State::closed);  // who calls did not listen
  }
  const auto* answered = now.view.findings.find<finding::AnsweredBefore>();
  if (answered && !flags.ack()) belief = Belief(State::closed);
  now.view.fire(now.from, belief.happens(flags.ack() ? Event::send_syn_ack : Event::send_syn));
  if (answered && !crossing) now.view.fire(now.from, belief.assume(Event::receive_syn_ack, answered->frame));
}

/// What later packets are compared with.
void TcpConversation::remember(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  TcpEndpoint& peer = now.receiver;
  if (now.flags().ack() && peer.send.acknowledges_fin(now.ack()) && !me.next_at_ack_of_fin)
    me.next_at_ack_of_fin = me.send.next;
  const bool probes_again = now.probe == Probe::zero_window && me.probe_byte && me.probe_byte->begin == now.seq() &&
                            peer.last && peer.last->frame < me.probe_byte->at.frame;  // and no answer came
  const std::uint32_t fresh =
      me.remember(now.segment, now.at, probes_again ? Copy::data : now.copy, now.probe, now.ack_is_of_sent);
  if (now.is_damaged()) me.remember_damage(now.at);
  keep_unanswered(now);
  me.widen(peer);
  if (const auto bits = foreign_blocks(now)) now.found(finding::ForeignBlocks{bits});
  if (peer.acknowledged && now.segment.payload_length > 0)
    now.view.in_flight = static_cast<std::uint32_t>(peer.acknowledged->distance(me.send.next));
  tally_.count(now.from, fresh, now.at.time, now.notes);
  take_early_reset(now);
}

}  // namespace echolab::capture
