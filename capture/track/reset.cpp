// Who believes an RST, and whom it ends. Read RFC 9293, 3.5.3, and RFC 5961, section 3, before editing.
#include <chrono>
#include <utility>

#include "capture/track/conversation.hpp"
#include "capture/track/elapsed.hpp"

namespace echolab::capture {

/// Whether the receiver may believe the RST: RFC 9293, 3.5.3 and 3.10.7.3; RFC 5961, 3.2. Its RCV.NXT lies somewhere
/// from what it last acknowledged to all that was sent; Linux takes the number of a FIN that it has, too, unless it
/// waits in TIME_WAIT.
bool TcpConversation::reset_is_acceptable(const CurrentSegment& now) const {
  const TcpEndpoint& me = now.sender;
  const TcpEndpoint& peer = now.receiver;
  const SeqNum seq = now.seq();
  switch (peer.belief.state()) {
    case State::closed:
    case State::listen: return false;
    case State::syn_sent: return now.flags().ack() && peer.send.acknowledges_syn(now.ack());
    default: break;
  }
  if (me.reset_frame != 0) return true;  // one that may be believed came before this one
  if (!me.last || !peer.acknowledged) return true;
  const bool waits = peer.belief.state() == State::time_wait;
  if (!waits && me.send.fin_end && seq + 1 == *me.send.fin_end) return true;
  return seq == *peer.acknowledged || (peer.acknowledged->before(seq) && seq.at_or_before(me.send.next));
}

/// An end that is CLOSED answers a segment with ACK by an RST without ACK, whose number is that segment's SEG.ACK (RFC
/// 9293, 3.10.7.1). Which one is known where it is the only one with that number since the end last sent anything but
/// RSTs. If it stands before the RST that ended the connection, it arrived after that all the same.
void TcpConversation::name_answered_by_reset(CurrentSegment& now) {
  const TcpEndpoint& me = now.sender;
  const auto& ack = now.receiver.unanswered;
  if (now.flags().ack() || !ack || !ack->only || ack->number != now.seq()) return;
  finding::ResetAnswers answer{.frame = ack->frame};
  if (me.before_reset && me.before_reset->frame == ack->frame)
    answer.believed = me.before_reset->with, answer.truth = me.before_reset->without;
  now.found(answer);
}

/// The packet that asks for an RST of this number, where an end that broke off by itself might send the same.
std::uint64_t TcpConversation::perhaps_answered_by(const CurrentSegment& now) const {
  constexpr std::chrono::seconds longest_round_trip{1};
  const TcpEndpoint& peer = now.receiver;
  const auto& ack = peer.unanswered;
  if (now.flags().ack() || !ack || !ack->only || ack->number != now.seq()) return 0;
  const std::optional<Time> asked = peer.time_of(ack->frame);
  return asked && within(longest_round_trip, *asked, now.at.time) ? ack->frame : 0;
}

/// Whether it answers a SYN that leaves its sender CLOSED, for its flags do not go together or it was given up: a
/// listener sends no RST with an ACK (RFC 9293, 3.10.7.2), a host without one does (3.10.7.1).
bool TcpConversation::answers_without_listener(const CurrentSegment& now) {
  return now.flags().ack() && now.receiver.belief.state() == State::closed &&
         now.receiver.send.acknowledges_syn(now.ack());
}

/// An RST ends its sender, unless it only answers a segment that did not fit: then it carries the number that this
/// segment asked for, and the connection goes on (RFC 9293, 3.10.7.2 to 3.10.7.4).
void TcpConversation::reset_sender(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  const TcpEndpoint& peer = now.receiver;
  const bool acceptable = reset_is_acceptable(now);
  me.reset_number = now.seq();
  if (!acceptable && me.send.next.before(now.seq())) me.early_reset = now.at;
  if (!now.flags().ack() && std::exchange(me.refused, std::nullopt) == now.seq()) return;
  switch (me.belief.state()) {
    case State::listen:
      if (peer.belief.state() != State::syn_sent ? !answers_without_listener(now) : !acceptable) return;
      if (acceptable && !now.is_damaged()) now.notes.add(Note::refused);
      break;
    case State::syn_sent:
    case State::syn_received:
      if (now.seq() != me.send.next) return;
      break;
    case State::closed:
      if (acceptable) now.notes.add(peer.belief.state() == State::syn_sent ? Note::refused : Note::reset);
      return name_answered_by_reset(now);
    default:
      if (!acceptable && peer.belief.state() != State::closed) return;
      break;
  }
  if (acceptable) me.reset_frame = now.at.frame;
  me.before_reset = me.belief.latest_arrival();
  if (const auto frame = perhaps_answered_by(now)) now.found(finding::PerhapsAnswers{frame});
  if (acceptable && !now.notes.has(Note::refused) && !now.is_damaged()) now.notes.add(Note::reset);
  if (const auto silence = tally_.silence_before(now.at.time)) now.found(finding::AfterSilence{*silence});
  now.view.fire(now.from, me.belief.happens(Event::send_rst));
}

/// An end that has sent an RST is CLOSED. What stands behind the RST in the capture was sent before it, unless it takes
/// numbers that lie behind the RST's: then the RST was somebody else's.
void TcpConversation::look_behind_reset(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  const bool closed = me.reset_frame != 0 && me.belief.state() == State::closed;
  if (!closed || now.flags().rst() || now.flags().syn()) return;
  const bool goes_on = me.send.next.before(now.end()) && me.reset_number.before(now.end());
  if (!goes_on) return now.found(finding::SentBefore{me.reset_frame});
  now.found(finding::GoesOnAfterReset{me.reset_frame});
  const bool peer_closed = now.flags().ack() && now.receiver.send.acknowledges_fin(now.ack());
  me.belief = Belief(peer_closed ? State::close_wait : State::established);
  me.reset_frame = 0;
}

/// The numbers before an RST that did not fit are here now, just behind it in the capture: so it did. Its end is
/// CLOSED; whether its peer is depends on the order in which it got the two (RFC 5961, 3.2).
void TcpConversation::take_early_reset(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  const bool may_fill = !now.flags().rst() && !now.flags().syn() && me.send.next == me.reset_number;
  if (now.vantage == Vantage::wire || !me.early_reset || !may_fill) return;
  const Stamp reset = *std::exchange(me.early_reset, std::nullopt);
  if (now.at.time - reset.time > shortest_timer) return;
  me.reset_frame = reset.frame;
  now.found(finding::SentBefore{reset.frame});
  now.view.fire(now.from, me.belief.happens(Event::send_rst));
  now.view.fire(now.to(), now.receiver.belief.assume(Event::receive_rst, reset.frame));
}

/// What an RST of the peer may answer, from now on.
void TcpConversation::keep_unanswered(CurrentSegment& now) {
  auto& mine = now.sender.unanswered;
  auto& peers = now.receiver.unanswered;
  if (now.flags().rst()) {  // without ACK it has answered, perhaps
    if (peers && !now.flags().ack() && peers->number == now.seq()) peers.reset();
    return;
  }
  peers.reset();  // it may have taken them
  if (now.flags().ack()) {
    const SeqNum number = now.ack();
    mine = UnansweredAck{number, now.at.frame, !mine || mine->number != number};
  }
}

}  // namespace echolab::capture
