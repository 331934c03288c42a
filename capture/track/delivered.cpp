// The receiver's half of a packet, in the order of RFC 9293, section 3.10.7: RST, SYN, ACK, data, FIN.
#include <algorithm>

#include "capture/track/conversation.hpp"

namespace echolab::capture {
namespace {

/// Applies events to the receiver, assumed or known, and writes down the rules that fire.
class Mover {
 public:
  explicit Mover(CurrentSegment& now) : now_(now) {}

  const Rule* operator()(Event event) { return brought(event, now_.at.frame); }

  /// The event came with an earlier packet.
  const Rule* brought(Event event, std::uint64_t frame) {
    Belief& belief = now_.receiver.belief;
    const Rule* rule = now_.vantage == Vantage::wire ? belief.receives(event) : belief.assume(event, frame);
    now_.view.fire(now_.to(), rule);
    return rule;
  }

 private:
  CurrentSegment& now_;
};

/// RFC 9293, 3.10.7.3 and 3.10.7.4, "second, check the RST bit".
void receive_reset(Mover& move, CurrentSegment& now) {
  TcpEndpoint& me = now.receiver;
  const State before = me.belief.state();
  if (before == State::unknown) me.belief.narrow(synchronized_states);  // no handshake was seen
  const bool active_open = before == State::syn_sent || (before == State::syn_received && me.syn_frame != 0);
  move(active_open ? Event::receive_refusal : Event::receive_rst);
  if (before == State::syn_sent) now.notes.add(Note::refused);
}

/// "Fourth, check the SYN bit". A listener's move waits for its SYN,ACK: a SYN that arrives proves no listener.
void receive_syn(Mover& move, const CurrentSegment& now) {
  const TcpEndpoint& me = now.receiver;
  const State before = me.belief.state();
  if (!now.flags().ack()) {
    if (before != State::listen) move(Event::receive_syn);
  } else if (me.send.acknowledges_syn(now.ack())) {
    move(before == State::syn_sent ? Event::receive_syn_ack : Event::receive_ack_of_syn);
  }
}

/// A FIN that had not arrived when its receiver last sent something has arrived by now, if what its sender sent after
/// it does. Believed once: if the receiver's next packet denies it again, the FIN is lost until a copy comes.
void receive_late_fin(Mover& move, CurrentSegment& now) {
  TcpEndpoint& me = now.receiver;
  const SendSpace& peer = now.sender.send;
  const bool sent_after_fin = peer.fin_end && peer.fin_end->at_or_before(now.seq());
  if (!sent_after_fin || me.fin_denials != 1) return;
  ++me.fin_denials;
  move.brought(Event::receive_fin, now.sender.fin_frame);
}

/// "Fifth, check the ACK field".
void receive_ack(Mover& move, const CurrentSegment& now) {
  const TcpEndpoint& me = now.receiver;
  if (!me.send.acknowledges_syn(now.ack())) return;
  const bool syn_ack_missed = me.belief.state() == State::syn_sent && now.sender.belief.state() == State::established;
  if (syn_ack_missed) move(Event::receive_syn_ack);
  if (me.belief.state() == State::syn_received) move(Event::receive_ack_of_syn);
  if (me.send.acknowledges_fin(now.ack())) move(Event::receive_ack_of_fin);
}

/// Whether its own ACK covers what the receiver cannot have sent; the note is also that of the answer to such a packet.
bool acknowledges_nothing_sent(const CurrentSegment& now) {
  return now.notes.has(Note::ack_of_nothing_sent) && !now.has<finding::NothingSent>();
}

/// "Eighth, check the FIN bit". One that comes again to an end of which nothing is known was taken before.
void receive_fin(Mover& move, CurrentSegment& now, bool self_connected) {
  const bool taken = now.receiver.belief.state() == State::unknown && now.notes.has(Note::retransmission);
  if (!now.flags().fin() || taken) return;
  const Rule* rule = move(Event::receive_fin);
  if (rule && rule->to == State::closing && !self_connected) now.notes.add(Note::simultaneous_close);
}

}  // namespace

void TcpConversation::delivered(CurrentSegment& now) {
  TcpEndpoint& me = now.receiver;
  const TcpFlags flags = now.flags();
  Mover move(now);

  if (now.stands_apart()) {
    if (flags.syn()) me.answers_challenge = synchronized_states.has(me.belief.state());
  } else if (flags.rst()) {
    if (reset_is_acceptable(now))
      receive_reset(move, now);
    else if (me.belief.state() != State::closed) {
      now.notes.add(Note::reset_ignored);
      me.answers_challenge = me.takes(now.seq(), now.sender);  // outside of the window it is dropped in silence
    }
  } else if (now.has<finding::MisplacedFin>() ||  // "first, check sequence number": it is answered and dropped
             acknowledges_nothing_sent(now)) {    // "fifth, check the ACK field": so is this
    me.answers_challenge = true;
  } else if (!now.notes.has(Note::illegal_flags)) {
    receive_late_fin(move, now);
    if (flags.syn() && !flags.ack() && synchronized_states.has(me.belief.state())) me.answers_challenge = true;
    if (flags.syn())
      receive_syn(move, now);
    else if (flags.ack())
      receive_ack(move, now);
    const bool fresh_data = now.segment.payload_length > 0 && !now.notes.has(Note::retransmission);
    if (fresh_data && me.belief.state() == State::unknown && !self_connected()) me.belief.narrow(may_receive_data);
    receive_fin(move, now, self_connected());
  }

  for (const Side side : {Side::client, Side::server}) {
    Time& since = end(side).time_wait_since;
    const auto begins = [side](const Firing& it) { return it.side == side && it.rule->to == State::time_wait; };
    if (end(side).belief.state() != State::time_wait)
      since = {};
    else if (since == Time{} || std::ranges::any_of(now.view.firings(), begins))
      since = now.at.time;
  }
}

}  // namespace echolab::capture
