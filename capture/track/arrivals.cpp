// What a packet shows of those before it: which had not arrived at its sender when it was sent, which had, and which
// the capture missed.
#include <algorithm>
#include <utility>

#include "capture/track/conversation.hpp"

namespace echolab::capture {
namespace {

/// Whether an end that was in SYN_RECEIVED shows that the ACK of its SYN,ACK has arrived: it acknowledges more than the
/// peer's SYN, or sends data itself. Only fast open lets it do so earlier (RFC 7413, 4.2): then the SYN carried data.
bool shows_third_packet(const Segment& segment, const SendSpace& peer) {
  const bool fast_open = peer.syn_end != peer.isn + 1;
  return peer.syn_end.before(SeqNum(segment.ack)) || (segment.payload_length > 0 && !fast_open);
}

/// Whether later packets of its sender stand above it: who sends acknowledges all that it has got (RFC 9293, 3.10.7.4).
bool was_sent_before(const CurrentSegment& now) {
  const auto& latest = now.sender.acknowledged;
  const bool old_ack = now.flags().ack() && latest && now.ack().before(*latest);
  return old_ack || now.has<finding::SentBefore>() || now.has<finding::Overtaken>();
}

}  // namespace

void TcpConversation::take_back(const CurrentSegment& now, Side side, Event event, bool lost) {
  TcpView& view = now.view;
  Belief& belief = end(side).belief;
  const State believed = belief.state();
  const std::optional<AssumedStep> step = belief.take_back(event);
  if (step && view.take_back_count < view.take_back_slots.size())
    view.take_back_slots[view.take_back_count++] = {side, event, believed, belief.state(), step->frame, lost};
  if (step && !lost && side == now.from) expect_late(now, *step);
}

/// What ends a connection and had not arrived yet does so after this packet: it is assumed from then on. An RST that is
/// not at RCV.NXT was answered (RFC 5961, 3.2), and one whose sender goes on was somebody else's.
void TcpConversation::expect_late(const CurrentSegment& now, const AssumedStep& step) {
  const TcpEndpoint& peer = now.receiver;
  const bool reset =
      step.event == Event::receive_rst && peer.reset_frame == step.frame && now.ack() == peer.reset_number;
  const std::optional<Time> sent = peer.time_of(step.frame);
  if (self_connected() || !sent || (!reset && step.event != Event::receive_ack_of_fin)) return;
  const Time until = *sent + std::max(patience(*sent), shortest_timer / 2);
  if (now.at.time <= until) now.sender.late = Late{step.event, step.frame, until};
}

void TcpConversation::let_arrive(Side side, Side from, Time now) {
  TcpEndpoint& me = end(side);
  if (!me.late || (side == from && now <= me.late->until)) return;
  const Late late = *std::exchange(me.late, std::nullopt);
  if (side == from) return;  // it still has not: it got lost
  me.belief.assume(late.event, late.frame);
  tally_.time_brought(side, state(side), tally_.last);
}

/// What the packet disproves.
void TcpConversation::refute(CurrentSegment& now) {
  refute_end(now);
  refute_by_copy(now);
  refute_by_ack(now);
  for (const TakeBack& back : now.view.take_backs())
    if (back.lost && back.side == now.from) now.lose(now.receiver, back.frame);  // the answer; its own: see name_lost
}

/// An end that is CLOSED sends nothing but RST: what closed it had not arrived.
void TcpConversation::refute_end(CurrentSegment& now) {
  const Belief& belief = now.sender.belief;
  const AssumedStep* last = belief.last_assumed();
  if (belief.state() != State::closed || last == nullptr || last->event == Event::time_wait_over || now.flags().rst() ||
      now.flags().syn() || was_sent_before(now))
    return;
  const bool closing_again =
      now.copy == Copy::fin && !now.notes.has(Note::out_of_order) && last->event == Event::receive_ack_of_fin;
  take_back(now, now.from, last->event, closing_again && is_long_gone(now.from, last->event, now.at.time));
}

/// A copy shows that its original, or the answer to it, did not arrive. One that was overtaken was not sent again.
void TcpConversation::refute_by_copy(CurrentSegment& now) {
  if (now.notes.has(Note::out_of_order)) return;
  const auto had_not_arrived = [&](Event event) {
    take_back(now, now.from, event, is_long_gone(now.from, event, now.at.time));
  };
  const auto never_arrived = [&](Event event) {
    if (is_long_gone(now.to(), event, now.at.time)) take_back(now, now.to(), event, true);
  };
  switch (now.copy) {
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
      now.receiver.fin_denials = 0;
      break;
    case Copy::data:
    case Copy::none: break;
  }
}

/// An ACK that does not cover the peer's FIN shows that the FIN had not arrived. A repeated FIN does not show that:
/// timers made it, and it may have crossed the peer's FIN on the way.
void TcpConversation::refute_by_ack(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  const SendSpace& peer = now.receiver.send;
  const bool fin_again = now.copy == Copy::fin && !now.notes.has(Note::out_of_order);
  const bool current = now.flags().ack() && !now.flags().rst() && !fin_again &&
                       (!me.acknowledged || me.acknowledged->at_or_before(now.ack()));
  if (!current || !peer.fin_end || !now.ack().before(*peer.fin_end) || !me.belief.hangs_on(Event::receive_fin)) return;
  take_back(now, now.from, Event::receive_fin, false);
  ++me.fin_denials;
}

/// What the packet proves to have arrived at its sender.
void TcpConversation::confirm(CurrentSegment& now) {
  Belief& belief = now.sender.belief;
  const TcpEndpoint& other_end = now.receiver;
  const SendSpace& peer = other_end.send;
  if (!now.flags().ack() || now.flags().rst()) return;
  const SeqNum ack = now.ack();
  if (now.flags().syn()) return belief.confirm(Event::receive_syn);
  belief.confirm(Event::receive_syn_ack);
  if (shows_third_packet(now.segment, peer)) belief.confirm(Event::receive_ack_of_syn);
  if (other_end.next_at_ack_of_fin && other_end.next_at_ack_of_fin->before(ack)) {
    if (belief.hangs_on(Event::receive_ack_of_fin))
      belief.confirm(Event::receive_ack_of_fin);
    else if (belief.state() == State::fin_wait_1 || belief.state() == State::closing)
      now.view.fire(now.from, belief.arrived(Event::receive_ack_of_fin));
  }
  if (!peer.acknowledges_fin(ack)) return;
  if (belief.hangs_on(Event::receive_fin)) return belief.confirm(Event::receive_fin);
  if (may_receive_data.has(belief.state())) return now.view.fire(now.from, belief.arrived(Event::receive_fin));
  if (belief.state() == State::unknown) belief.has_received_fin();
}

/// Packets that the capture missed, or a connection older than the capture: the sender's own packet is the proof.
void TcpConversation::catch_up(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  TcpEndpoint& peer = now.receiver;
  if (now.flags().syn() || now.flags().rst() || !now.flags().ack()) return;
  switch (me.belief.state()) {
    case State::syn_sent:
      me.belief.replace({State::established});  // the SYN,ACK is not in the capture
      if (peer.belief.state() == State::listen) peer.belief = Belief(State::syn_received);
      break;
    case State::listen:
      if (peer.send.acknowledges_syn(now.ack())) {
        me.belief.replace({State::established});
      } else {  // an older connection answers the new SYN: RFC 9293, 3.10.7.4, "challenge ACK"
        me.belief.replace(synchronized_states);
        if (now.is_bare_ack()) now.notes.add(Note::challenge_ack);
      }
      break;
    case State::syn_received:
      if (shows_third_packet(now.segment, peer.send)) {
        me.belief.replace({State::established});
        if (now.lengths_count && peer.damaged_frame != 0) was_taken(now, peer.damaged_frame);
      } else if (now.segment.payload_length == 0 && peer.has_acknowledged(me.send.isn + 1))  // else it sends SYN,ACK
        me.belief.assume(Event::receive_ack_of_syn, peer.acknowledged_frame);
      break;
    default:
      if (me.belief.state() != State::unknown || now.notes.has(Note::retransmission)) break;
      me.belief.narrow(now.segment.payload_length > 0 ? may_send_data : synchronized_states);
      break;
  }
  open_without_syn(now);
}

/// Where the SYN was missed: the first packet after a SYN,ACK, or data that is no copy, both ways, leave nothing else.
void TcpConversation::open_without_syn(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  const TcpEndpoint& peer = now.receiver;
  const bool sends = me.sends_new_data(now.segment);
  const bool hears = peer.new_data && peer.new_data->before(now.ack());
  const bool third = peer.send.isn_seen && now.seq() == me.send.isn + 1;
  if ((third || (sends && hears)) && me.belief.state() == State::established && !me.send.isn_seen && !peer.send.fin_end)
    me.belief.replace({State::established});
  if (sends) me.new_data = now.seq();
}

/// Numbers that were sent and are not in the capture. A FIN may be among them, until its sender shows by more data, or
/// by its FIN, that there was none.
void TcpConversation::look_for_gaps(CurrentSegment& now) {
  look_for_skipped(now);
  refute_claim(now);
  look_for_unseen(now);
  if (!is_whole() && !std::exchange(told_of_missed_fin_, true)) now.found(finding::FinPerhapsMissed{});
}

/// An RST that answers a SYN has a number that is not its sender's own. One that does not fit says nothing of what its
/// sender sent, but if the capture missed something, it fits after all: until the sender goes on.
void TcpConversation::look_for_skipped(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  if (now.flags().syn() || me.belief.state() == State::syn_sent) return;
  const bool open = now.segment.payload_length > 0 || now.flags().fin();
  const bool skips = me.last && me.send.next.before(now.seq()) && !open;
  me.reset_may_fit = now.flags().rst() && skips && !reset_is_acceptable(now);
  if (skips && !me.reset_may_fit) me.missed_end = now.seq();
  if (me.missed_end && open && me.missed_end->at_or_before(now.seq())) me.missed_end.reset();
}

/// Who has sent all that its peer acknowledges goes on behind that. An ACK at the number before says that it has sent
/// no such thing, so the peer's segment was dropped, and this answers it (RFC 9293, 3.10.7.4).
void TcpConversation::refute_claim(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  if (me.claim_frame == 0) return;
  const std::uint64_t frame = std::exchange(me.claim_frame, 0);
  const bool denies = now.is_bare_ack() && now.probe == Probe::none && now.seq() == me.send.next &&
                      !me.is_overtaken(now.segment) && !now.is_damaged();
  if (!denies) return;
  me.missed_end.reset();
  now.receiver.acknowledged = me.unclaimed;
  now.receiver.acknowledged_frame = 0;
  now.found(finding::NothingSent{frame});
  now.notes.add(Note::ack_of_nothing_sent);
}

/// Whether its ACK covers what cannot have been sent, whatever the capture missed: there is nothing behind a FIN.
bool TcpConversation::acknowledges_the_impossible(const CurrentSegment& now) {
  const SendSpace& peer = now.receiver.send;
  return peer.fin_end == peer.next && peer.next.before(now.ack());
}

/// Numbers that the receiver of this has sent, as its sender shows.
void TcpConversation::look_for_unseen(CurrentSegment& now) {
  TcpEndpoint& peer = now.receiver;
  const SeqNum ack = now.ack();
  if (now.flags().syn() || now.sender.belief.state() == State::syn_sent) return;
  if (!now.flags().ack() || peer.belief.state() == State::syn_sent) return;
  const bool probe_taken = peer.probe_byte && ack == peer.probe_byte->end;
  if (!probe_taken && peer.last && !now.flags().rst() && acknowledges_the_impossible(now)) {
    now.ack_is_of_sent = false;
    now.notes.add(Note::ack_of_nothing_sent);
    return;
  }
  if (peer.has_received_holes_before(ack)) now.notes.add(Note::acked_unseen);
  const bool claims = peer.last && peer.is_whole() && peer.send.next.before(ack) && !probe_taken;
  if (claims) peer.claim_frame = now.at.frame, peer.unclaimed = now.sender.acknowledged;
  if (!peer.send.next.before(ack) || probe_taken || (peer.missed_end && ack.at_or_before(*peer.missed_end))) return;
  if (peer.may_be_keep_alive(ack) && now.segment.window != 0)
    peer.perhaps_keep_alive = true;
  else if (peer.last)
    now.notes.add(Note::acked_unseen);
  else if (!std::exchange(peer.told_unseen, true))
    now.found(finding::OneDirection{});
  peer.missed_end = ack;
}

}  // namespace echolab::capture
