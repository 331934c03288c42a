// Where the numbers of each direction begin. Read RFC 9293, 3.4, 3.5 (figure 8) and 3.10.7.3, before editing.
#include <algorithm>
#include <chrono>
#include <utility>

#include "capture/track/conversation.hpp"

namespace echolab::capture {
namespace {

/// Another answer shows that another SYN has arrived: the latest of those that were told to have got lost.
void take_back_lost_syn(CurrentSegment& now) {
  const auto sent = now.receiver.sent.all();
  const auto syn =
      std::find_if(sent.rbegin(), sent.rend(), [](const SentSegment& it) { return it.syn && it.thought_lost; });
  if (syn == sent.rend() || now.vantage == Vantage::wire) return;
  syn->thought_lost = false;
  now.found(finding::ArrivedAfterAll{syn->at.frame});
}

}  // namespace

/// Whether it has the numbers of the connection before this one, and not of this one (RFC 9293, 3.4.2: old duplicates).
/// A listener's bare ACK is no such: its end still holds that connection, and answers the new SYN (3.10.7.4).
bool TcpConversation::is_of_earlier(CurrentSegment& now) const {
  if (!earlier_ || now.flags().syn()) return false;
  const SendSpace& mine = now.from == Side::client ? earlier_->client : earlier_->server;
  const SendSpace& peers = now.from == Side::client ? earlier_->server : earlier_->client;
  const bool held = now.is_bare_ack() && !now.sender.send.isn_seen;
  if (held || !mine.has_sent(now.seq()) || now.sender.fits(now.segment, now.receiver)) return false;
  if (now.flags().ack() && !peers.has_sent(now.ack())) return false;
  now.notes.add(Note::old_connection);
  now.view.seq = mine.relative(now.seq());
  now.view.ack = now.flags().ack() ? peers.relative(now.ack()) : 0;
  return true;
}

/// Whether it echoes a timestamp that its receiver, in SYN_SENT, cannot have sent: somebody else made it up. Linux
/// sends an RST, as for an ACK of what it never sent (RFC 9293, 3.10.7.3; RFC 7323, 3.2 and 4.1).
bool TcpConversation::is_refused_unheard(CurrentSegment& now) {
  TcpEndpoint& peer = now.receiver;
  const auto echo = now.segment.options.timestamp_echo;
  if (peer.belief.state() != State::syn_sent || !now.flags().ack() || echo.value_or(0) == 0) return false;
  const auto syns = peer.sent.all();
  const bool stamped = !syns.empty() && syns.front().syn && syns.front().has_timestamp;
  if (!stamped || !peer.latest_timestamp) return false;
  using std::chrono::microseconds;  // no clock of timestamps runs faster
  const auto since = std::chrono::duration_cast<microseconds>(now.at.time - syns.back().at.time).count();
  const SeqNum first(syns.front().timestamp), latest(*peer.latest_timestamp);
  const auto most = static_cast<std::uint32_t>(std::clamp<std::int64_t>(since, 0, 1 << 30)) + 1;
  if (SeqNum(*echo).in_window(first, static_cast<std::uint32_t>(first.distance(latest)) + most)) return false;
  now.found(finding::EchoesNothing{});
  if (now.flags().rst())
    now.notes.add(Note::reset_ignored);
  else
    peer.refused = now.ack();
  return true;
}

/// Whether both its number and its ACK are so far from all that was sent that no gap in the capture explains it.
bool TcpConversation::fits_nothing(CurrentSegment& now) {
  constexpr std::uint32_t far = 1u << 26;
  const auto far_from = [](SeqNum number, const TcpEndpoint& end) {
    return end.last && !number.in_window(end.send.next - far, 2 * far);
  };
  if (now.flags().syn() || now.flags().rst() || !now.flags().ack()) return false;
  if (!far_from(now.seq(), now.sender) || !far_from(now.ack(), now.receiver)) return false;
  now.found(finding::FitsNothing{});
  return true;
}

/// What looked like a late copy of an ended connection's SYN was another attempt with the same ISN.
void TcpConversation::take_syn_as_new(Side caller) {
  TcpEndpoint syn = end(caller).with_its_syn_alone();
  begin_again(caller);
  syn.belief = end(caller).belief;
  end(caller) = std::move(syn);
  end(caller).belief.happens(Event::send_syn);
}

/// A SYN,ACK of another ISN than the one before it: from a SYN proxy, with a SYN cookie, from another server of the
/// same address, or after an RST. An end in SYN_SENT takes it; one that has its answer sends a challenge ACK (RFC 5961,
/// 4.2). Which one an end goes by, its first ACK tells.
void TcpConversation::compare_answers(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  TcpEndpoint& peer = now.receiver;
  const TcpFlags flags = now.flags();
  if (flags.ack() && !flags.syn() && !flags.rst()) peer.choose_answer(now.ack());
  const bool other = !now.is_damaged() && flags.syn() && flags.ack() && is_legal(flags) && me.syn_ack_frame != 0 &&
                     now.seq() != me.send.isn;
  if (!other) return;
  const std::uint64_t frame = me.syn_ack_frame;
  if (over() && peer.last && peer.last->frame == peer.syn_frame) take_syn_as_new(now.to());
  const bool taken = peer.belief.state() == State::syn_sent;
  now.found(finding::OtherIsn{frame, taken});
  take_back_lost_syn(now);
  if (taken)
    me.begin_anew(), peer.forget_acknowledged();
  else if (peer.belief.hangs_on(Event::receive_syn_ack))
    me.set_aside(now.segment, now.at);
}

/// The numbers of a direction begin at its SYN, or before the first that is seen.
void TcpConversation::tell_numbers(CurrentSegment& now) {
  TcpEndpoint& me = now.sender;
  TcpEndpoint& peer = now.receiver;
  const TcpFlags flags = now.flags();
  me.send.start_at(now.seq() - (flags.syn() ? 0 : 1), flags.syn());
  if (flags.ack()) peer.send.start_at(now.ack() - 1, false);
  now.view.seq = me.send.relative(now.seq());
  now.view.ack = flags.ack() ? peer.send.relative(now.ack()) : 0;
  now.view.scaled_window = flags.syn() ? now.segment.window : me.scaled(now.segment.window, peer);
  now.view.scale_known = flags.syn() || now.segment.window == 0 || me.knows_scale(peer);
  now.view.window_changed = !me.last || now.segment.window != me.window;
  now.view.peer_next = peer.last ? peer.send.relative(peer.send.next) : 0;
}

/// A SYN or SYN,ACK that stands behind later packets of its sender, or behind what came of them: it amends what is
/// known of the beginning, and moves nobody.
bool TcpConversation::tells_beginning_late(const CurrentSegment& now) {
  const TcpEndpoint& me = now.sender;
  if (me.syn_frame + me.syn_ack_frame != 0) return false;
  if (now.flags().ack() && now.receiver.belief.state() == State::syn_sent) return false;  // it is the answer
  if (now.flags().ack()) return me.last && (me.reset_frame == 0 || !me.sent.all().empty());
  const bool answered = now.receiver.has_acknowledged(now.end());
  return me.last || (answered && me.belief.state() != State::established);
}

void TcpEndpoint::begin_anew() {
  auto before = std::make_unique<TcpEndpoint>(std::move(*this));
  *this = {};
  belief = before->belief;
  before->other_answer.reset();
  other_answer = std::move(before);
}

bool TcpEndpoint::takes(SeqNum number, const TcpEndpoint& peer) const {
  const auto size = room(peer);
  return !acknowledged || !size || number.in_window(*acknowledged, std::max(*size, 1u));
}

bool TcpEndpoint::fits(const Segment& segment, const TcpEndpoint& peer) const {
  constexpr std::uint32_t widest = 1u << 30;  // RFC 7323, 2.3
  const SeqNum seq(segment.seq), ack(segment.ack);
  const std::uint32_t open = send.relative(send.next) + peer.room(*this).value_or(widest);
  if (send.isn_seen && !seq.in_window(send.isn, open + 1)) return false;
  return !segment.flags.ack() || !peer.send.isn_seen || peer.send.acknowledges_syn(ack);
}

TcpEndpoint TcpEndpoint::with_its_syn_alone() const {
  TcpEndpoint syn;
  syn.send.start_at(send.isn, true);
  syn.send.next = syn.send.syn_end = send.syn_end;
  syn.syn_frame = syn_frame, syn.syn_options = syn_options, syn.last = last;
  syn.window = window, syn.window_scale = window_scale, syn.segment_limit = segment_limit, syn.selects = selects;
  syn.asks_for_cookie = asks_for_cookie, syn.asks_for_ecn = asks_for_ecn, syn.latest_timestamp = latest_timestamp;
  if (const SentSegment* sent_syn = sent.carrier_of(send.isn)) syn.sent.add(*sent_syn);
  return syn;
}

void TcpEndpoint::set_aside(const Segment& syn_ack, const Stamp& at) {
  other_answer = std::make_unique<TcpEndpoint>();
  other_answer->send.start_at(SeqNum(syn_ack.seq), true);
  other_answer->remember(syn_ack, at, Copy::none, Probe::none, true);
}

void TcpEndpoint::choose_answer(SeqNum ack) {
  if (!other_answer) return;
  const auto behind = [ack](const TcpEndpoint& end) { return ack.raw() - (end.send.isn + 1).raw(); };
  const auto other = std::exchange(other_answer, nullptr);
  if (behind(*this) <= behind(*other)) return;
  other->belief = belief;
  *this = std::move(*other);
}

void TcpEndpoint::forget_acknowledged() {
  acknowledged.reset(), acknowledged_timestamp.reset(), next_at_ack_of_fin.reset(), furthest.reset();
  unanswered.reset();
  acknowledged_frame = 0;
}

}  // namespace echolab::capture
