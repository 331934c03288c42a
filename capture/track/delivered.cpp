// The receiver's half of a packet, in the order of RFC 9293, section 3.10.7: RST, SYN, ACK, data, FIN.
#include "capture/track/conversation.hpp"

namespace echolab::capture {
namespace {

/// Applies events to the receiver, assumed or known, and writes down the rules that fire.
class Mover {
 public:
  Mover(TcpEndpoint& endpoint, Side side, Delivery delivery, std::uint64_t frame, TcpView& view)
      : endpoint_(endpoint), side_(side), delivery_(delivery), frame_(frame), view_(view) {}

  const Rule* operator()(Event event) {
    const Rule* rule =
        delivery_ == Delivery::known ? endpoint_.belief.receives(event) : endpoint_.belief.assume(event, frame_);
    if (rule && view_.firing_count < view_.firing_slots.size())
      view_.firing_slots[view_.firing_count++] = {side_, rule};
    return rule;
  }

 private:
  TcpEndpoint& endpoint_;
  Side side_;
  Delivery delivery_;
  std::uint64_t frame_;
  TcpView& view_;
};

}  // namespace

void TcpConversation::delivered(const Segment& segment, Side from, const Stamp& at, Delivery delivery, TcpView& view,
                                NoteSet& notes) {
  const Side to = other(from);
  TcpEndpoint& me = end(to);  // the receiver
  const TcpEndpoint& peer = end(from);
  Mover move(me, to, delivery, at.frame, view);
  const State before = me.belief.state();

  if (segment.flags.rst()) {
    if (before == State::closed) {
    } else if (!reset_is_acceptable(segment, from)) {
      notes.add(Note::reset_ignored);
    } else {
      reset_seen_ = true;
      const bool active = before == State::syn_sent || (before == State::syn_received && me.syn_frame != 0);
      const Rule* rule = move(active ? Event::receive_refusal : Event::receive_rst);
      if (rule && before == State::syn_sent) {
        notes.add(Note::refused);
        summary_.handshake = StreamSummary::Handshake::refused;
      }
    }
  } else if (!notes.has(Note::illegal_flags)) {
    const SeqNum ack(segment.ack);
    const bool good_ack = segment.flags.ack() && me.send.acknowledges_syn(ack);
    if (segment.flags.syn()) {
      if (!segment.flags.ack()) {
        // Through a tap a listener's move waits for its SYN,ACK: the SYN alone proves no listener.
        if (before != State::listen || delivery == Delivery::known) move(Event::receive_syn);
      } else if (good_ack) {
        move(before == State::syn_sent ? Event::receive_syn_ack : Event::receive_ack_of_syn);
      }
    } else if (good_ack) {
      if (before == State::syn_received) move(Event::receive_ack_of_syn);
      if (me.send.fin_end && me.send.fin_end->at_or_before(ack)) move(Event::receive_ack_of_fin);
    }
    if (before == State::unknown && segment.payload_length > 0 && !notes.has(Note::retransmission))
      me.belief.narrow(may_receive_data, Certainty::assumed);
    if (segment.flags.fin() && peer.send.fin_end) {
      const Rule* rule = move(Event::receive_fin);
      if (rule && rule->to == State::closing && !self_connected()) notes.add(Note::simultaneous_close);
    }
  }
  for (const Firing& firing : view.firings())
    if (firing.rule->to == State::time_wait) end(firing.side).time_wait_since = at.time;
  if (me.belief.state() == State::time_wait && me.time_wait_since == Time{}) me.time_wait_since = at.time;
}

}  // namespace echolab::capture
