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

void TcpConversation::place_in_handshake(const Segment& segment, Side from, TcpView& view) {
  const TcpFlags flags = segment.flags;
  if (flags.rst())
    end_handshake(segment, from, view);
  else if (flags.syn() && !flags.ack())
    is_step(view, Step::syn);
  else if (flags.syn())
    follow_syn_ack(from, view);
  else if (flags.ack() && !view.findings.has<finding::MisplacedFin>())
    follow_third_packet(segment, from, view);
}

/// An RST in place of the SYN,ACK refuses; in place of the third packet it breaks off.
void TcpConversation::end_handshake(const Segment& reset, Side from, TcpView& view) {
  Handshake& handshake = tally_.handshake;
  if (!reset_is_acceptable(reset, from)) return;
  if (handshake == Handshake::half) view.findings.add(finding::HandshakeEnded{.before_step = 3});
  if (handshake != Handshake::none) return;
  view.findings.add(finding::HandshakeEnded{.before_step = 2});
  handshake = Handshake::refused;
}

/// It completes a simultaneous open where the other end's SYN,ACK has come: nothing else follows.
void TcpConversation::follow_syn_ack(Side from, TcpView& view) {
  const TcpEndpoint& me = end(from);
  const TcpEndpoint& peer = end(other(from));
  Handshake& handshake = tally_.handshake;
  is_step(view, Step::syn_ack);
  if (peer.syn_frame == 0 && !view.findings.has<finding::Repeats>()) view.findings.add(finding::StepUnseen{});
  if (handshake == Handshake::complete) return;
  const bool crossed = me.syn_frame != 0 && (peer.syn_ack_frame != 0 || self_connected());
  handshake = crossed ? Handshake::complete : Handshake::half;
}

void TcpConversation::follow_third_packet(const Segment& segment, Side from, TcpView& view) {
  const TcpEndpoint& peer = end(other(from));
  Handshake& handshake = tally_.handshake;
  if (peer.belief.state() == State::syn_received && peer.send.acknowledges_syn(SeqNum(segment.ack))) {
    is_step(view, Step::ack);
    if (peer.syn_ack_frame == 0) view.findings.add(finding::StepUnseen{});
    handshake = Handshake::complete;
  }
  if (segment.payload_length == 0 || handshake != Handshake::complete) return;
  const bool first = !first_data_seen_;
  if (first) first_data_seen_ = true, first_data_seq_ = SeqNum(segment.seq), first_data_from_ = from;
  const bool again =
      view.findings.has<finding::Repeats>() && from == first_data_from_ && SeqNum(segment.seq) == first_data_seq_;
  if (first || again) is_step(view, Step::data);
}

}  // namespace echolab::capture
