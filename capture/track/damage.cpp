// Packets that no host takes, for a checksum or the IP length is wrong, unless an ACK shows that one did: then the
// capture is what is damaged (addresses rewritten, a card that had not finished). Read RFC 1122, 3.2.1.2 and 4.2.2.7.
#include <algorithm>

#include "capture/track/conversation.hpp"

namespace echolab::capture {

/// What an ACK says of the peer's damaged packets.
void TcpConversation::look_for_damaged(CurrentSegment& now) {
  const TcpEndpoint& peer = now.receiver;
  if (!now.lengths_count || peer.damaged_frame == 0 || !now.flags().ack() || now.flags().rst()) return;
  const auto sent = peer.sent.all();
  const auto taken = std::ranges::find_if(sent, [&](const SentSegment& it) {
    return it.damaged && !it.is_copy && it.end.at_or_before(now.ack()) && !it.is_sent_again_to(it.end);
  });
  if (taken == sent.end() || peer.send.next.before(now.ack())) return;
  Belief& belief = now.sender.belief;
  const bool has_data = taken->data_begin() != taken->data_end();
  if (has_data && belief.state() == State::unknown && !self_connected()) belief.narrow(may_receive_data);
  was_taken(now, taken->at.frame);
}

/// From now on that a packet is wrong in the same way is no reason to drop it, in this conversation: checksums first,
/// which are what who rewrites addresses leaves behind.
void TcpConversation::was_taken(CurrentSegment& now, std::uint64_t frame) {
  if (!checksums_count_) lengths_count_ = now.lengths_count = false;
  checksums_count_ = now.checksums_count = false;
  for (TcpEndpoint* end : {&now.sender, &now.receiver}) end->forget_damage();
  now.found(finding::TakenAllTheSame{frame});
  if (tally_.handshake == StreamSummary::Handshake::half) tally_.handshake = StreamSummary::Handshake::complete;
}

/// Whether the numbers may be what is damaged: those of an end whose other packets are whole do not go on from them.
bool TcpConversation::is_garbled(const CurrentSegment& now) {
  const TcpEndpoint& me = now.sender;
  const SendSpace& peer = now.receiver.send;
  if (!now.is_damaged() || !me.sends_whole || !me.send.numbered) return false;
  const auto lies_in = [](const SendSpace& space, SeqNum number) {
    return space.isn.at_or_before(number) && number.at_or_before(space.next);
  };
  return !lies_in(me.send, now.seq()) || (now.flags().ack() && now.receiver.last && !lies_in(peer, now.ack()));
}

}  // namespace echolab::capture
