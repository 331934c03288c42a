#include "capture/track/congestion.hpp"

namespace echolab::capture {
namespace {

using finding::AccurateEcn;

constexpr std::uint8_t first_count = 5;  // RFC 9768, 3.2.1: of each end

/// AE, CWR and ECE as one number, in this order: the ACE field.
constexpr std::uint8_t ace_of(TcpFlags flags) {
  return static_cast<std::uint8_t>(flags.ae() << 2 | flags.cwr() << 1 | flags.ece());
}

/// RFC 9768, table 2: how a SYN,ACK says that it takes part, and how the SYN came; and table 3: the same of the
/// SYN,ACK.
constexpr std::uint8_t marked = 0b110;
constexpr bool agrees(std::uint8_t ace) { return ace == 0b010 || ace == 0b011 || ace == 0b100 || ace == marked; }

void follow_syn(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  TcpEndpoint& peer = now.receiver;
  constexpr std::uint8_t asks = 0b111;
  const std::uint8_t ace = ace_of(now.flags());
  me.congestion_count.reset();
  if (!now.flags().ack()) {
    me.asks_for_accurate_ecn = ace == asks;
    if (me.asks_for_accurate_ecn) now.found(AccurateEcn{AccurateEcn::Says::asks});
    return;
  }
  peer.congestion_count.reset();
  if (!peer.asks_for_accurate_ecn || !agrees(ace)) return;
  me.congestion_count = peer.congestion_count = first_count;
  now.found(AccurateEcn{AccurateEcn::Says::agrees, ace == marked});
}

/// Whether it is the client's first packet after its SYN, or that again: the flags then tell how the SYN,ACK came.
bool ends_handshake(const CurrentSegment& now) {
  const TcpEndpoint& me = now.sender;
  const TcpEndpoint& peer = now.receiver;
  const bool answers_syn_ack = me.syn_frame != 0 && peer.last && peer.last->frame == peer.syn_ack_frame;
  return answers_syn_ack && (me.last->frame == me.syn_frame || now.segment.payload_length == 0);
}

/// An ACK that was overtaken has an older count.
bool is_old(const CurrentSegment& now) {
  const TcpEndpoint& me = now.sender;
  return (me.acknowledged && now.ack().before(*me.acknowledged)) || me.is_overtaken(now.segment);
}

void follow_count(CurrentSegment& now) {
  constexpr unsigned turn = 8;  // the field has three bits
  std::uint8_t& count = *now.sender.congestion_count;
  const std::uint8_t ace = ace_of(now.flags());
  const auto grown = static_cast<std::uint8_t>((ace + turn - count) % turn);
  if (is_old(now)) return now.found(AccurateEcn{AccurateEcn::Says::counts});
  count = ace;
  now.found(AccurateEcn{AccurateEcn::Says::counts, grown});
}

}  // namespace

void follow_accurate_ecn(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  if (now.flags().syn()) return follow_syn(now);
  if (!me.congestion_count || !me.last || !now.flags().ack() || now.flags().rst()) return;
  if (!ends_handshake(now)) return follow_count(now);
  const bool came_marked = ace_of(now.flags()) == marked;
  me.congestion_count = static_cast<std::uint8_t>(first_count + came_marked);
  now.found(AccurateEcn{AccurateEcn::Says::handshake, came_marked});
}

}  // namespace echolab::capture
