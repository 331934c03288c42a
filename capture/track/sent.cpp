// The sender's half of a packet: what leaving shows about the end that it leaves, and about what had not reached it.
#include <algorithm>
#include <chrono>
#include <utility>

#include "capture/track/answer.hpp"
#include "capture/track/conversation.hpp"

namespace echolab::capture {
namespace {

bool is_legal(TcpFlags flags) {
  if (flags.syn() && (flags.fin() || flags.rst())) return false;
  return flags.syn() || flags.ack() || flags.rst();  // a FIN comes with an ACK: RFC 9293, 3.10.7.4
}

/// Whether an end that was in SYN_RECEIVED shows that the ACK of its SYN,ACK has arrived: it acknowledges more than the
/// peer's SYN, or sends data itself. Only fast open lets it do so earlier (RFC 7413, 4.2): then the SYN carried data.
bool shows_third_packet(const Segment& segment, const SendSpace& peer) {
  const bool fast_open = peer.syn_end != peer.isn + 1;
  return peer.syn_end.before(SeqNum(segment.ack)) || (segment.payload_length > 0 && !fast_open);
}

/// Whether the raw numbers go on from 0 within it, or right behind it.
bool passes_largest_number(const Segment& segment) { return segment.seq + segment.sequence_length() < segment.seq; }

/// Which SACK blocks report what their sender cannot have taken: bit n for block n.
std::uint8_t foreign_blocks(const Segment& segment, const TcpEndpoint& me, const TcpEndpoint& peer) {
  std::uint8_t bits = 0;
  const auto blocks = segment.options.sack();
  for (std::size_t i = 0; i < blocks.size(); ++i)
    if (me.cannot_have_taken(SeqNum(blocks[i].left), peer)) bits = static_cast<std::uint8_t>(bits | 1u << i);
  return bits;
}

}  // namespace

void TcpConversation::sent(const Segment& segment, Side from, const Stamp& at, TcpView& view, NoteSet& notes) {
  TcpEndpoint& me = end(from);
  TcpEndpoint& peer = end(other(from));

  me.send.start_at(SeqNum(segment.seq) - (segment.flags.syn() ? 0 : 1), segment.flags.syn());
  if (segment.flags.ack()) peer.send.start_at(SeqNum(segment.ack) - 1, false);
  view.seq = me.send.relative(SeqNum(segment.seq));
  view.ack = segment.flags.ack() ? peer.send.relative(SeqNum(segment.ack)) : 0;

  view.scaled_window = segment.flags.syn() ? segment.window : me.scaled(segment.window, peer);
  view.peer_next = peer.last ? peer.send.relative(peer.send.next) : 0;
  view.no_hops_again = segment.ip.has_no_hops_left() && tally_.without_hops > 0;
  if (const auto frame = me.recognise(segment, at, peer)) {
    view.findings.add(finding::Repeats{.frame = *frame});
    if (me.last && me.last->frame == *frame) view.findings.add(me.told);
    notes.add(Note::duplicate_frame);
    return tally_.count(from, 0, at.time, notes);
  }
  const bool legal = is_legal(segment.flags);
  note_itself(segment, notes);
  if (!legal) notes.add(Note::illegal_flags);
  if (segment.flags.fin())
    if (const auto frame = me.earlier_lone_fin(segment, at)) view.findings.add(finding::FinWithoutAck{*frame});
  if (!legal && !segment.flags.syn()) return tally_.count(from, 0, at.time, notes);  // RFC 9293, 3.10.7.4: dropped

  const Probe probe = legal ? me.probe_of(segment, peer) : Probe::none;
  const Copy copy = legal ? me.copy_of(segment, peer) : Copy::none;
  if (const auto frame = me.original_frame(copy, segment)) {
    finding::Repeats repeats{.frame = *frame, .last_frame = me.last_original_frame(segment).value_or(0)};
    const std::optional<Time> then = me.time_of(*frame);
    if (then && *then < at.time) repeats.age = at.time - *then;
    repeats.other_options = segment.flags.syn() && me.syn_options != offered(segment.options);
    view.findings.add(repeats);
  }
  if (me.misplaces_fin(segment)) view.findings.add(finding::MisplacedFin{});
  const bool bare = segment.sequence_length() == 0 && segment.flags.ack() && !segment.flags.rst();
  if (bare && probe == Probe::none && me.send.numbered && SeqNum(segment.seq).before(me.send.next))
    if (const SentSegment* later = me.sent.carrier_of(SeqNum(segment.seq)))
      view.findings.add(finding::SentBefore{later->at.frame});
  if (bare && probe == Probe::none && !view.findings.has<finding::SentBefore>() && me.is_overtaken(segment))
    view.findings.add(finding::Overtaken{});
  if (passes_largest_number(segment) && !std::exchange(me.told_wrap, true)) view.findings.add(finding::NumberWraps{});
  const bool answers_syn = segment.flags.syn() && segment.flags.ack();
  if (answers_syn && me.syn_frame != 0) view.findings.add(finding::AskedItself{});
  if (answers_syn && peer.asks_for_cookie && !segment.options.fast_open_cookie)
    view.findings.add(finding::CookieRefused{});
  if (answers_syn && peer.asks_for_ecn && !segment.flags.any_of_ecn()) view.findings.add(finding::EcnRefused{});
  if (const auto frame = answer_before(segment, from, at)) view.findings.add(finding::AnsweredBefore{*frame});
  note_numbers(segment, from, copy, probe, at, notes);
  note_ack(segment, from, probe, notes);
  if (notes.has(Note::window_update) && me.window == 0) view.findings.add(finding::WindowWasZero{});
  if (was_asked_for_by_reports(segment, from, at, notes)) view.findings.add(finding::AskedBySack{});
  if (const auto since = peer.last || me.told_hole ? std::nullopt : me.passes_hole(segment);
      since && at.time - *since > longest_first_timer)
    view.findings.add(finding::HoleStays{at.time - *since}), me.told_hole = true;
  if (notes.has(Note::retransmission) && !segment.flags.syn() && is_too_soon(segment, from, at))
    view.findings.add(finding::TooSoon{});
  view.duplicate = notes.has(Note::duplicate_ack) ? me.duplicate_acks : 0;

  if (legal) {
    refute(segment, from, notes.has(Note::out_of_order) ? Copy::none : copy, at, view);
    for (const TakeBack& back : view.take_backs())
      if (back.lost && back.side == from) lose(peer, back.frame, view);  // the answer; its own copies: see name_lost
    if (notes.has(Note::retransmission)) name_lost(segment, from, at, view);
    catch_up(segment, from, notes);
    look_for_gaps(segment, from, view, notes);
    if (!is_whole() && !std::exchange(told_of_missed_fin_, true)) view.findings.add(finding::FinPerhapsMissed{});
    if (segment.flags.ack() && !segment.flags.rst()) Answer(segment, at, me, peer, view).settle();
    confirm(segment, from, view);
    move_sender(segment, from, copy, at, view, notes);
    place_in_handshake(segment, from, view);
  } else if (segment.flags.rst()) {
    reset_sender(segment, from, at, view, notes);
  }
  if (view.findings.has<finding::NeverDelivered>()) notes.add(Note::never_delivered);

  if (segment.flags.ack() && peer.send.acknowledges_fin(SeqNum(segment.ack)) && !me.next_at_ack_of_fin)
    me.next_at_ack_of_fin = me.send.next;
  const std::uint32_t fresh = me.remember(segment, at, copy, probe);
  keep_unanswered(segment, from, at);
  me.widen(peer);
  if (const auto bits = foreign_blocks(segment, me, peer)) view.findings.add(finding::ForeignBlocks{bits});
  if (peer.acknowledged && segment.payload_length > 0)
    view.in_flight = static_cast<std::uint32_t>(peer.acknowledged->distance(me.send.next));

  tally_.count(from, fresh, at.time, notes);
}

/// The peer's packet that acknowledges this one, though the capture has it first. Where that is long ago, this is a
/// copy of one that the capture missed.
std::optional<std::uint64_t> TcpConversation::answer_before(const Segment& segment, Side from, const Stamp& at) const {
  const TcpEndpoint& me = end(from);
  const TcpEndpoint& peer = end(other(from));
  const SeqNum seq(segment.seq);
  if (segment.sequence_length() == 0 || segment.flags.rst() || !peer.acknowledged_frame ||
      !peer.has_acknowledged(seq + segment.sequence_length()))
    return std::nullopt;
  const bool news =
      segment.flags.syn() ? me.syn_frame + me.syn_ack_frame == 0 : me.last && me.send.next.at_or_before(seq);
  const bool soon = at.time - peer.acknowledged_time < round_trip();
  return news && soon ? std::optional(peer.acknowledged_frame) : std::nullopt;
}

void TcpConversation::take_back(Side side, Event event, bool lost, TcpView& view) {
  Belief& belief = end(side).belief;
  const State believed = belief.state();
  const std::optional<AssumedStep> step = belief.take_back(event);
  if (step && view.take_back_count < view.take_back_slots.size())
    view.take_back_slots[view.take_back_count++] = {side, event, believed, belief.state(), step->frame, lost};
}

/// What the packet disproves. A copy shows that its original, or the answer to it, did not arrive; an ACK that does not
/// cover the peer's FIN shows that the FIN had not arrived. A repeated FIN does not show the latter: timers made it,
/// and it may have crossed the peer's FIN on the way.
void TcpConversation::refute(const Segment& segment, Side from, Copy copy, const Stamp& at, TcpView& view) {
  TcpEndpoint& me = end(from);
  TcpEndpoint& peer = end(other(from));
  const Side to = other(from);
  const auto had_not_arrived = [&](Event event) { take_back(from, event, is_long_gone(from, event, at.time), view); };
  const auto never_arrived = [&](Event event) {
    if (is_long_gone(to, event, at.time)) take_back(to, event, true, view);
  };

  // An end that is CLOSED sends nothing but RST: what closed it had not arrived.
  const AssumedStep* last = me.belief.last_assumed();
  if (me.belief.state() == State::closed && last != nullptr && last->event != Event::time_wait_over &&
      !segment.flags.rst() && !segment.flags.syn()) {
    const bool closing_again = copy == Copy::fin && last->event == Event::receive_ack_of_fin;
    take_back(from, last->event, closing_again && is_long_gone(from, last->event, at.time), view);
  }

  switch (copy) {
    case Copy::syn:
      had_not_arrived(Event::receive_syn_ack);
      never_arrived(Event::receive_syn);
      break;
    case Copy::syn_ack:
      had_not_arrived(Event::receive_ack_of_syn);
      never_arrived(Event::receive_syn_ack);
      break;
    case Copy::fin:
      had_not_arrived(Event::receive_ack_of_fin);
      never_arrived(Event::receive_fin);
      peer.fin_denials = 0;
      break;
    case Copy::data:
    case Copy::none: break;
  }

  const bool current = segment.flags.ack() && !segment.flags.rst() && copy != Copy::fin &&
                       (!me.acknowledged || me.acknowledged->at_or_before(SeqNum(segment.ack)));
  if (current && peer.send.fin_end && SeqNum(segment.ack).before(*peer.send.fin_end) &&
      me.belief.hangs_on(Event::receive_fin)) {
    take_back(from, Event::receive_fin, false, view);
    ++me.fin_denials;
  }
}

/// What the packet proves to have arrived at its sender.
void TcpConversation::confirm(const Segment& segment, Side from, TcpView& view) {
  Belief& belief = end(from).belief;
  const TcpEndpoint& other_end = end(other(from));
  const SendSpace& peer = other_end.send;
  if (!segment.flags.ack() || segment.flags.rst()) return;
  const SeqNum ack(segment.ack);
  if (segment.flags.syn()) return belief.confirm(Event::receive_syn);
  belief.confirm(Event::receive_syn_ack);
  if (shows_third_packet(segment, peer)) belief.confirm(Event::receive_ack_of_syn);
  if (other_end.next_at_ack_of_fin && other_end.next_at_ack_of_fin->before(ack)) {
    if (belief.hangs_on(Event::receive_ack_of_fin))
      belief.confirm(Event::receive_ack_of_fin);
    else if (belief.state() == State::fin_wait_1 || belief.state() == State::closing)
      view.fire(from, belief.arrived(Event::receive_ack_of_fin));
  }
  if (!peer.acknowledges_fin(ack)) return;
  if (belief.hangs_on(Event::receive_fin)) return belief.confirm(Event::receive_fin);
  if (may_receive_data.has(belief.state())) view.fire(from, belief.arrived(Event::receive_fin));
}

/// Packets that the capture missed, or a connection older than the capture: the sender's own packet is the proof.
void TcpConversation::catch_up(const Segment& segment, Side from, NoteSet& notes) {
  TcpEndpoint& me = end(from);
  TcpEndpoint& peer = end(other(from));
  if (segment.flags.syn() || segment.flags.rst() || !segment.flags.ack()) return;
  switch (me.belief.state()) {
    case State::syn_sent:
      me.belief.replace({State::established});  // the SYN,ACK is not in the capture
      if (peer.belief.state() == State::listen) peer.belief = Belief(State::syn_received);
      break;
    case State::listen:
      if (peer.send.acknowledges_syn(SeqNum(segment.ack))) {
        me.belief.replace({State::established});
      } else {  // an older connection answers the new SYN: RFC 9293, 3.10.7.4, "challenge ACK"
        me.belief.replace(synchronized_states);
        notes.add(Note::challenge_ack);
      }
      break;
    case State::syn_received:
      if (shows_third_packet(segment, peer.send))
        me.belief.replace({State::established});
      else if (segment.payload_length == 0 && peer.has_acknowledged(me.send.isn + 1))  // else a SYN,ACK would be sent
        me.belief.assume(Event::receive_ack_of_syn, peer.acknowledged_frame);
      break;
    default:
      if (me.belief.state() != State::unknown || notes.has(Note::retransmission)) break;
      me.belief.narrow(segment.payload_length > 0 ? may_send_data : synchronized_states);
      break;
  }
  // Where the SYN was missed: the first packet after a SYN,ACK, or data that is no copy, both ways, leave nothing else.
  const bool sends = me.sends_new_data(segment);
  const bool hears = peer.new_data && peer.new_data->before(SeqNum(segment.ack));
  const bool third = peer.send.isn_seen && SeqNum(segment.seq) == me.send.isn + 1;
  if ((third || (sends && hears)) && me.belief.state() == State::established && !me.send.isn_seen && !peer.send.fin_end)
    me.belief.replace({State::established});
  if (sends) me.new_data = SeqNum(segment.seq);
}

/// Numbers that were sent and are not in the capture. A FIN may be among them, until its sender shows by more data, or
/// by its FIN, that there was none.
void TcpConversation::look_for_gaps(const Segment& segment, Side from, TcpView& view, NoteSet& notes) {
  TcpEndpoint& me = end(from);
  TcpEndpoint& peer = end(other(from));
  const SeqNum seq(segment.seq), ack(segment.ack);
  if (segment.flags.syn() || me.belief.state() == State::syn_sent) return;  // its RST answers with a number not its own
  const bool open = segment.payload_length > 0 || segment.flags.fin();
  if (me.last && me.send.next.before(seq) && !open) me.missed_end = seq;
  if (me.missed_end && open && me.missed_end->at_or_before(seq)) me.missed_end.reset();
  if (!segment.flags.ack() || peer.belief.state() == State::syn_sent) return;
  const auto unseen = [&](const Hole& hole) { return hole.begin.before(ack); };
  if (std::erase_if(peer.holes, unseen) > 0) notes.add(Note::acked_unseen);  // the receiver has it: the capture has not
  const bool probe_taken = peer.probe_byte && ack == *peer.probe_byte + 1;
  if (!peer.send.next.before(ack) || probe_taken || (peer.missed_end && ack.at_or_before(*peer.missed_end))) return;
  if (peer.last)
    notes.add(Note::acked_unseen);
  else if (!std::exchange(peer.told_unseen, true))
    view.findings.add(finding::OneDirection{});
  peer.missed_end = ack;
}

void TcpConversation::move_sender(const Segment& segment, Side from, Copy copy, const Stamp& at, TcpView& view,
                                  NoteSet& notes) {
  TcpEndpoint& me = end(from);
  if (segment.flags.rst()) return reset_sender(segment, from, at, view, notes);
  if (segment.flags.syn()) {
    if (copy != Copy::none) return;
    const bool crossing = !self_connected() && end(other(from)).syn_frame != 0 && !segment.flags.ack();
    if (crossing) {
      notes.add(Note::simultaneous_open);
      if (me.belief.is_guess_of(State::listen)) me.belief = Belief(State::closed);  // who calls did not listen
    }
    const auto* answered = view.findings.find<finding::AnsweredBefore>();
    if (answered && !segment.flags.ack()) me.belief = Belief(State::closed);
    view.fire(from, me.belief.happens(segment.flags.ack() ? Event::send_syn_ack : Event::send_syn));
    if (answered) view.fire(from, me.belief.assume(Event::receive_syn_ack, answered->frame));
    return;
  }
  if (segment.flags.fin() && copy != Copy::fin) view.fire(from, me.belief.happens(Event::send_fin));
}

}  // namespace echolab::capture
