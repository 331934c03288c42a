// The receiver's half of a packet, in the order of RFC 9293, section 3.10.7: RST, SYN, ACK, data, FIN.
#include "capture/track/conversation.hpp"

namespace echolab::capture {
namespace {

/// Applies events to the receiver, assumed or known, and writes down the rules that fire.
class Mover {
 public:
  Mover(TcpEndpoint& endpoint, Side side, Delivery delivery, std::uint64_t frame, TcpView& view)
      : endpoint_(endpoint), side_(side), delivery_(delivery), frame_(frame), view_(view) {}

  const Rule* operator()(Event event) { return brought(event, frame_); }

  /// The event came with an earlier packet.
  const Rule* brought(Event event, std::uint64_t frame) {
    const Rule* rule =
        delivery_ == Delivery::known ? endpoint_.belief.receives(event) : endpoint_.belief.assume(event, frame);
    view_.fire(side_, rule);
    return rule;
  }

 private:
  TcpEndpoint& endpoint_;
  Side side_;
  Delivery delivery_;
  std::uint64_t frame_;
  TcpView& view_;
};

/// RFC 9293, 3.10.7.3 and 3.10.7.4, "second, check the RST bit".
void receive_reset(Mover& move, TcpEndpoint& me, NoteSet& notes) {
  const State before = me.belief.state();
  if (before == State::unknown) me.belief.narrow(synchronized_states);  // no handshake was seen
  const bool active_open = before == State::syn_sent || (before == State::syn_received && me.syn_frame != 0);
  move(active_open ? Event::receive_refusal : Event::receive_rst);
  if (before == State::syn_sent) notes.add(Note::refused);
}

/// "Fourth, check the SYN bit". A listener's move waits for its SYN,ACK: a SYN that arrives proves no listener.
void receive_syn(Mover& move, const TcpEndpoint& me, const Segment& segment) {
  const State before = me.belief.state();
  if (!segment.flags.ack()) {
    if (before != State::listen) move(Event::receive_syn);
  } else if (me.send.acknowledges_syn(SeqNum(segment.ack))) {
    move(before == State::syn_sent ? Event::receive_syn_ack : Event::receive_ack_of_syn);
  }
}

/// A FIN that had not arrived when its receiver last sent something has arrived by now, if what its sender sent after
/// it does. Believed once: if the receiver's next packet denies it again, the FIN is lost until a copy comes.
void receive_late_fin(Mover& move, TcpEndpoint& me, const TcpEndpoint& peer, const Segment& segment) {
  const bool sent_after_fin = peer.send.fin_end && peer.send.fin_end->at_or_before(SeqNum(segment.seq));
  if (!sent_after_fin || me.fin_denials != 1) return;
  ++me.fin_denials;
  move.brought(Event::receive_fin, peer.fin_frame);
}

/// "Fifth, check the ACK field".
void receive_ack(Mover& move, const TcpEndpoint& me, const TcpEndpoint& peer, SeqNum ack) {
  if (!me.send.acknowledges_syn(ack)) return;
  const bool syn_ack_missed = me.belief.state() == State::syn_sent && peer.belief.state() == State::established;
  if (syn_ack_missed) move(Event::receive_syn_ack);
  if (me.belief.state() == State::syn_received) move(Event::receive_ack_of_syn);
  if (me.send.acknowledges_fin(ack)) move(Event::receive_ack_of_fin);
}

}  // namespace

void TcpConversation::delivered(const Segment& segment, Side from, const Stamp& at, Delivery delivery, TcpView& view,
                                NoteSet& notes) {
  const Side to = other(from);
  TcpEndpoint& me = end(to);
  const TcpFlags flags = segment.flags;
  Mover move(me, to, delivery, at.frame, view);

  if (flags.rst()) {
    if (reset_is_acceptable(segment, from))
      receive_reset(move, me, notes);
    else if (me.belief.state() != State::closed) {
      notes.add(Note::reset_ignored);
      me.answers_challenge = true;
    }
  } else if (view.findings.has<finding::MisplacedFin>()) {  // "first, check sequence number": not acceptable, so it is
                                                            // answered and dropped
    me.answers_challenge = true;
  } else if (!notes.has(Note::illegal_flags)) {
    receive_late_fin(move, me, end(from), segment);
    if (flags.syn())
      receive_syn(move, me, segment);
    else if (flags.ack())
      receive_ack(move, me, end(from), SeqNum(segment.ack));

    const bool fresh_data = segment.payload_length > 0 && !notes.has(Note::retransmission);
    if (fresh_data && me.belief.state() == State::unknown && !self_connected()) me.belief.narrow(may_receive_data);

    const bool old_fin = me.belief.state() == State::unknown && notes.has(Note::retransmission);  // and taken already
    if (flags.fin() && !old_fin) {
      const Rule* rule = move(Event::receive_fin);
      if (rule && rule->to == State::closing && !self_connected()) notes.add(Note::simultaneous_close);
    }
  }

  for (const Firing& firing : view.firings())
    if (firing.rule->to == State::time_wait) end(firing.side).time_wait_since = at.time;
  if (me.belief.state() == State::time_wait && me.time_wait_since == Time{}) me.time_wait_since = at.time;
}

}  // namespace echolab::capture
