// Who believes an RST, and whom it ends. Read RFC 9293, 3.5.3, and RFC 5961, section 3, before editing.
#include <chrono>

#include "capture/track/conversation.hpp"

namespace echolab::capture {

/// Whether the receiver may believe the RST: RFC 9293, 3.5.3 and 3.10.7.3; RFC 5961, 3.2. Its RCV.NXT lies somewhere
/// from what it last acknowledged to all that was sent; Linux takes the number of a FIN that it has, too, unless it
/// waits in TIME_WAIT.
bool TcpConversation::reset_is_acceptable(const Segment& segment, Side from) const {
  const TcpEndpoint& me = end(from);
  const TcpEndpoint& peer = end(other(from));
  const SeqNum seq(segment.seq);
  switch (peer.belief.state()) {
    case State::closed:
    case State::listen: return false;
    case State::syn_sent: return segment.flags.ack() && peer.send.acknowledges_syn(SeqNum(segment.ack));
    default: break;
  }
  if (me.reset_sent) return true;  // one that may be believed came before this one
  if (!me.last || !peer.acknowledged) return true;
  const bool waits = peer.belief.state() == State::time_wait;
  if (!waits && me.send.fin_end && seq + 1 == *me.send.fin_end) return true;
  return seq == *peer.acknowledged || (peer.acknowledged->before(seq) && seq.at_or_before(me.send.next));
}

/// An end that is CLOSED answers a segment with ACK by an RST without ACK, whose number is that segment's SEG.ACK (RFC
/// 9293, 3.10.7.1). Which one is known where it is the only one with that number since the end last sent anything but
/// RSTs. If it stands before the RST that ended the connection, it arrived after that all the same.
void TcpConversation::name_answered_by_reset(const Segment& segment, Side from, TcpView& view) {
  TcpEndpoint& me = end(from);
  const auto& ack = end(other(from)).unanswered;
  if (segment.flags.ack() || !ack || !ack->only || ack->number != SeqNum(segment.seq)) return;
  finding::ResetAnswers answer{.frame = ack->frame};
  if (me.before_reset && me.before_reset->frame == ack->frame)
    answer.believed = me.before_reset->with, answer.truth = me.before_reset->without;
  view.findings.add(answer);
}

/// The packet that asks for an RST of this number, where an end that broke off by itself might send the same.
std::uint64_t TcpConversation::perhaps_answered_by(const Segment& reset, Side from, const Stamp& at) const {
  constexpr std::chrono::seconds longest_round_trip{1};
  const TcpEndpoint& peer = end(other(from));
  const auto& ack = peer.unanswered;
  if (reset.flags.ack() || !ack || !ack->only || ack->number != SeqNum(reset.seq)) return 0;
  const std::optional<Time> asked = peer.time_of(ack->frame);
  return asked && at.time - *asked < longest_round_trip ? ack->frame : 0;
}

/// An RST ends its sender, unless it only answers a segment that did not fit: then it carries the number that this
/// segment asked for, and the connection goes on (RFC 9293, 3.10.7.2 to 3.10.7.4).
void TcpConversation::reset_sender(const Segment& segment, Side from, const Stamp& at, TcpView& view, NoteSet& notes) {
  TcpEndpoint& me = end(from);
  const TcpEndpoint& peer = end(other(from));
  const bool acceptable = reset_is_acceptable(segment, from);
  switch (me.belief.state()) {
    case State::listen:
      if (!acceptable || peer.belief.state() != State::syn_sent) return;
      notes.add(Note::refused);
      break;
    case State::syn_sent:
    case State::syn_received:
      if (SeqNum(segment.seq) != me.send.next) return;
      break;
    case State::closed: return name_answered_by_reset(segment, from, view);
    default:
      if (!acceptable && peer.belief.state() != State::closed) return;
      break;
  }
  if (acceptable) me.reset_sent = true;
  me.before_reset = me.belief.latest_arrival();
  if (const auto frame = perhaps_answered_by(segment, from, at)) view.findings.add(finding::PerhapsAnswers{frame});
  view.fire(from, me.belief.happens(Event::send_rst));
}

/// What an RST of the peer may answer, from now on.
void TcpConversation::keep_unanswered(const Segment& segment, Side from, const Stamp& at) {
  auto& mine = end(from).unanswered;
  auto& peers = end(other(from)).unanswered;
  if (segment.flags.rst()) {  // without ACK it has answered, perhaps
    if (peers && !segment.flags.ack() && peers->number == SeqNum(segment.seq)) peers.reset();
    return;
  }
  peers.reset();  // it may have taken them
  if (segment.flags.ack()) {
    const SeqNum number(segment.ack);
    mine = UnansweredAck{number, at.frame, !mine || mine->number != number};
  }
}

}  // namespace echolab::capture
