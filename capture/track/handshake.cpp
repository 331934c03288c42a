// How far the handshake has come, and which step of it a packet is. Called between `sent` and `delivered`: the sender
// has moved, the receiver has not.
#include "capture/track/conversation.hpp"

namespace echolab::capture {
namespace {

using Handshake = StreamSummary::Handshake;

void is_step(TcpView& view, Step step) {
  view.step_bits = static_cast<std::uint8_t>(view.step_bits | 1u << static_cast<int>(step));
}

}  // namespace

void TcpConversation::place_in_handshake(CurrentSegment& now) {
  const TcpFlags flags = now.flags();
  if (!now.legal) return;
  if (flags.rst())
    end_handshake(now);
  else if (flags.syn() && !flags.ack())
    is_step(now.view, Step::syn);
  else if (flags.syn())
    follow_syn_ack(now);
  else if (flags.ack() && !now.has<finding::MisplacedFin>() && !now.is_damaged())
    follow_third_packet(now);
}

/// An RST in place of the SYN,ACK refuses; in place of the third packet it breaks off.
void TcpConversation::end_handshake(CurrentSegment& now) {
  Handshake& handshake = tally_.handshake;
  if (!reset_is_acceptable(now) || now.is_damaged()) return;
  if (handshake == Handshake::half) now.found(finding::HandshakeEnded{.before_step = 3});
  if (handshake != Handshake::none) return;
  now.found(finding::HandshakeEnded{.before_step = 2});
  handshake = Handshake::refused;
}

/// It completes a simultaneous open where the other end's SYN,ACK has come: nothing else follows.
void TcpConversation::follow_syn_ack(CurrentSegment& now) {
  const TcpEndpoint& me = now.sender;
  const TcpEndpoint& peer = now.receiver;
  Handshake& handshake = tally_.handshake;
  is_step(now.view, Step::syn_ack);
  third_under_way_ = 0;  // one that was on its way has not arrived in time
  if (peer.syn_frame == 0 && !now.has<finding::Repeats>()) now.found(finding::StepUnseen{});
  if (handshake == Handshake::complete) return;
  const bool crossed = me.syn_frame != 0 && (peer.syn_ack_frame != 0 || self_connected());
  handshake = crossed ? Handshake::complete : Handshake::half;
}

void TcpConversation::follow_third_packet(CurrentSegment& now) {
  const TcpEndpoint& peer = now.receiver;
  Handshake& handshake = tally_.handshake;
  const bool awaited = peer.belief.state() == State::syn_received && peer.send.acknowledges_syn(now.ack());
  if (awaited && third_under_way_ == 0) {
    if (now.vantage == Vantage::wire) third_under_way_ = now.at.frame;
    is_step(now.view, Step::ack);
    if (peer.syn_ack_frame == 0) now.found(finding::StepUnseen{});
    handshake = Handshake::complete;
  }
  const bool open = !now.sender.send.fin_end && !peer.send.fin_end;  // else not both may send any more
  if (now.segment.payload_length == 0 || handshake != Handshake::complete || !open) return;
  const bool first = !first_data_seen_;
  if (first) first_data_seen_ = true, first_data_seq_ = now.seq(), first_data_from_ = now.from;
  const bool again = now.has<finding::Repeats>() && now.from == first_data_from_ && now.seq() == first_data_seq_;
  if (first || again) is_step(now.view, Step::data);
}

}  // namespace echolab::capture
