#include "tools/lab/hand/hand.hpp"

namespace echolab::lab::hand {

using capture::TcpFlags;

Header Hand::header(const Send& send) {
  Header header{.seq = send_next_.raw(), .ack = 0, .flags = {}};
  auto& bits = header.flags.bits;
  // Every segment but the first SYN, and a reset, acknowledges: once there is something to acknowledge.
  if (receive_next_ && send.kind != Kind::syn && send.kind != Kind::rst) {
    bits = TcpFlags::ack_bit;
    header.ack = receive_next_->raw() + static_cast<std::uint32_t>(send.too_much);
  }
  switch (send.kind) {
    case Kind::syn:
      bits = TcpFlags::syn_bit;
      header.seq = isn_.raw();
      send_next_ = isn_ + 1;
      break;
    case Kind::ack:
      bits = TcpFlags::ack_bit;  // also where there is nothing yet: then it acknowledges number 0, which nobody sent
      break;
    case Kind::rst: bits = TcpFlags::rst_bit; break;
    case Kind::data:
      bits |= TcpFlags::psh_bit;
      send_next_ = send_next_ + static_cast<std::uint32_t>(send.text.size());
      break;
    case Kind::fin:
      bits |= TcpFlags::fin_bit;
      send_next_ = send_next_ + 1;
      break;
    default: break;
  }
  return header;
}

void Hand::take(const capture::Segment& segment) {
  const capture::SeqNum seq(segment.seq);
  if (segment.flags.syn() && peers_isn_ != seq) {  // a SYN,ACK that comes again takes nothing back
    peers_isn_ = seq;
    receive_next_ = seq;
  }
  if (receive_next_ && *receive_next_ == seq && !segment.flags.rst()) receive_next_ = seq + segment.sequence_length();
}

}  // namespace echolab::lab::hand
