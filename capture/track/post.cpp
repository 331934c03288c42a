// The post's four steps of the handshake, looked for on the wire. Called between `sent` and `delivered`: the sender has
// moved, the receiver has not.
#include "capture/track/conversation.hpp"

namespace echolab::capture {
namespace {

using Verdict = PostView::Verdict;
using Handshake = StreamSummary::Handshake;

void is_step(TcpView& view, Step step, Verdict verdict) {
  view.step_bits = static_cast<std::uint8_t>(view.step_bits | 1u << static_cast<int>(step));
  if (!view.post) view.post = PostView{step, verdict, false};
}

void lacks_step(TcpView& view, Step step, Verdict verdict) { view.post = PostView{step, verdict, true}; }

Verdict verdict_of_syn(Copy copy, bool crossed, bool unseen, bool data) {
  if (copy != Copy::none) return Verdict::again;
  if (crossed) return Verdict::crossed;
  if (unseen) return Verdict::step_unseen;
  return data ? Verdict::data_in_syn : Verdict::agrees;
}

}  // namespace

void TcpConversation::place_in_handshake(const Segment& segment, Side from, Copy copy, TcpView& view) {
  const TcpEndpoint& me = end(from);
  const TcpEndpoint& peer = end(other(from));
  const TcpFlags flags = segment.flags;
  const bool data = segment.payload_length > 0;
  Handshake& handshake = tally_.handshake;

  if (flags.rst()) {
    if (!reset_is_acceptable(segment, from)) return;
    if (handshake == Handshake::none) {
      lacks_step(view, Step::syn_ack, Verdict::refused);
      handshake = Handshake::refused;
    }
    if (handshake == Handshake::half) lacks_step(view, Step::ack, Verdict::aborted);
  } else if (flags.syn() && !flags.ack()) {
    const bool crossed = !self_connected() && peer.syn_frame != 0;
    is_step(view, Step::syn, verdict_of_syn(copy, crossed, false, data));
  } else if (flags.syn()) {
    const bool crossed = me.syn_frame != 0;  // it had sent a SYN itself
    is_step(view, Step::syn_ack, verdict_of_syn(copy, crossed, peer.syn_frame == 0, data));
    if (handshake != Handshake::complete)
      handshake = crossed && (peer.syn_ack_frame != 0 || self_connected()) ? Handshake::complete : Handshake::half;
  } else if (flags.ack() && !view.misplaced_fin) {
    const bool third = peer.belief.state() == State::syn_received && peer.send.acknowledges_syn(SeqNum(segment.ack));
    if (third) {
      const bool unseen = peer.syn_ack_frame == 0;
      is_step(view, Step::ack,
              unseen ? Verdict::step_unseen
              : data ? Verdict::data_with_ack
                     : Verdict::client_was_first);
      handshake = Handshake::complete;
    }
    if (!data || handshake != Handshake::complete) return;
    const bool first = !first_data_seen_;
    if (first) first_data_seen_ = true, first_data_seq_ = SeqNum(segment.seq), first_data_from_ = from;
    const bool again = copy == Copy::data && from == first_data_from_ && SeqNum(segment.seq) == first_data_seq_;
    if (first || again) is_step(view, Step::data, again ? Verdict::again : Verdict::agrees);
  }
}

}  // namespace echolab::capture
