#include "capture/track/conversation.hpp"
#include "capture/track/elapsed.hpp"

#include <algorithm>
#include <chrono>

namespace echolab::capture {
namespace {

/// Twice the maximum segment lifetime as Linux counts it (RFC 9293, 3.4.2 says four minutes).
constexpr std::chrono::seconds time_wait_length{60};

}  // namespace

TcpConversation::TcpConversation(const Origin& origin, Vantage vantage)
    : origin_(origin), self_connected_(origin.client == origin.server), vantage_(vantage) {
  checksums_count_ = lengths_count_ = vantage == Vantage::tap;  // a wire knows what it hands over
  tally_.handshake = origin.joined_late ? StreamSummary::Handshake::unseen : StreamSummary::Handshake::none;
  if (origin.joined_late) return;
  end(Side::server).belief = Belief(State::listen);
  end(Side::client).belief = Belief(State::closed);  // last: in a self-connect both are one, and it calls
}

void TcpConversation::leaves(const Segment& segment, Side from, const Stamp& at, TcpView& view, NoteSet& notes) {
  let_time_pass(Side::client, at.time);
  let_time_pass(Side::server, at.time);
  for (const Side side : {Side::client, Side::server}) let_arrive(side, from, at.time);
  const State client = state(Side::client), server = state(Side::server);
  CurrentSegment now = current(segment, from, at, view, notes);
  sent(now);
  view.client = change(Side::client, client);
  view.server = change(Side::server, server);
  tally_.left(now);
}

void TcpConversation::arrives(const Segment& segment, Side from, const Stamp& at, TcpView& view, NoteSet& notes) {
  const bool seen_before = vantage_ == Vantage::tap && notes.has(Note::duplicate_frame);
  if (vantage_ == Vantage::wire)
    end(from).is_lost(at.frame, false, false);  // of one that was doubled the other copy was
  CurrentSegment now = current(segment, from, at, view, notes);
  if (!seen_before && !now.is_damaged()) delivered(now);
  look_again(view);
  if (notes.has(Note::simultaneous_close)) tally_.closed_at_once = true;
  tally_.arrived(at.frame, at.time, view);
  if (seen_before) return;
  const auto ends_peers_sending = [](const Firing& it) { return it.rule->event == Event::receive_ack_of_fin; };
  end(from).told = {notes, view.step_bits, std::ranges::any_of(view.firings(), ends_peers_sending)};
}

std::optional<ConnectEnded> TcpConversation::quoted(const IcmpNotice& error, Side from,
                                                    std::optional<std::uint32_t> number) {
  tally_.count(error);
  TcpEndpoint& me = end(from);
  const State before = state(from);
  const bool outstanding = before == State::syn_sent && me.send.isn_seen && number && SeqNum(*number) == me.send.isn;
  if (!outstanding || !error.ends_connect()) return std::nullopt;
  me.belief.assume(Event::receive_refusal, error.frame);
  tally_.time_brought(from, state(from), tally_.last);
  return ConnectEnded{from, change(from, before), error.is_hard()};
}

/// The wire knows what each packet brings: what has moved an end that this one does not move was told with another one.
void TcpConversation::look_again(TcpView& view) const {
  for (const Side side : {Side::client, Side::server}) {
    SideChange& seen = side == Side::client ? view.client : view.server;
    const bool moved = seen.changed() || std::ranges::count(view.firings(), side, &Firing::side) > 0;
    seen = change(side, seen.before);
    if (vantage_ == Vantage::wire && !moved) seen.before = seen.after;
  }
}

SideChange TcpConversation::change(Side side, State before) const {
  return {before, state(side), certainty_of(end(side).belief)};
}

/// Where the capture missed something of either end, a FIN may be among it.
Certainty TcpConversation::certainty_of(const Belief& belief) const {
  return is_whole() ? belief.certainty() : std::min(belief.certainty(), Certainty::assumed);
}

void TcpConversation::let_time_pass(Side side, Time now) {
  if (!has_waited_enough(side, now)) return;
  end(side).belief.assume(Event::time_wait_over, 0);
  tally_.time_brought(side, State::closed, end(side).time_wait_since + time_wait_length);
}

bool TcpConversation::has_waited_enough(Side side, Time now) const {
  return state(side) == State::time_wait && longer_than(time_wait_length, end(side).time_wait_since, now);
}

std::optional<Side> TcpConversation::waiting(Side asks, Time now) const {
  for (const Side side : {asks, other(asks)})
    if (state(side) == State::time_wait && elapsed(end(side).time_wait_since, now) && !has_waited_enough(side, now))
      return side;
  return std::nullopt;
}

bool TcpConversation::over() const {
  const auto at_rest = [&](Side side) { return state(side) == State::closed || state(side) == State::time_wait; };
  return at_rest(Side::client) && at_rest(Side::server);
}

bool TcpConversation::is_retried_by(const Segment& syn, Side from) const {
  if (syn.flags.ack()) return false;
  const SendSpace& space = end(from).send;
  const bool opened = tally_.handshake == StreamSummary::Handshake::complete;  // then it is a late copy
  return !opened && (over() || state(from) == State::closed) && space.isn_seen && SeqNum(syn.seq) == space.isn;
}

bool TcpConversation::is_replaced_by(const Segment& syn, Side from, Time now) const {
  const SendSpace& space = end(from).send;
  const bool other_isn = space.numbered && SeqNum(syn.seq) != space.isn;
  if (!syn.flags.ack()) return other_isn;
  const SendSpace& peer = end(other(from)).send;
  const SeqNum ack(syn.ack);
  const bool ended = tally_.closed != StreamSummary::Closed::not_yet && now - tally_.last > time_wait_length;
  return other_isn && (over() || ended) && peer.numbered && ack != peer.isn + 1 && ack != peer.syn_end;
}

TcpConversation::Earlier TcpConversation::earlier_for(Side caller) const {
  return {end(caller).send, end(other(caller)).send};
}

void TcpConversation::begin_again(Side caller) {
  const bool refused = tally_.handshake == StreamSummary::Handshake::refused;
  const Belief called =
      refused ? end(other(caller)).belief : Belief(State::listen);  // its RST has shown that it is CLOSED
  ends_ = {};
  third_under_way_ = 0;
  first_data_seen_ = false;
  end(other(caller)).belief = called;
  end(caller).belief = Belief(State::closed);
  tally_.begin_again();
}

StreamSummary TcpConversation::summary() const {
  StreamSummary summary = tally_.summary();
  summary.protocol = Protocol::tcp;
  summary.client = origin_.client;
  summary.server = origin_.server;
  const auto close = [&](Side side, State& state_out, Certainty& certainty) {
    Belief belief = end(side).belief;
    if (const auto& late = end(side).late) belief.assume(late->event, late->frame);
    if (has_waited_enough(side, tally_.last)) belief.assume(Event::time_wait_over, 0);
    state_out = belief.state();
    certainty = certainty_of(belief);
  };
  summary.missed_client = end(Side::client).missed_bytes(end(Side::server));
  summary.missed_server = end(Side::server).missed_bytes(end(Side::client));
  for (const Side side : {Side::client, Side::server})
    if (end(side).has_missed_fin(end(other(side)))) summary.fin_missed = side;
  summary.end_missed_client = end(Side::client).may_have_missed_fin(end(Side::server));
  summary.end_missed_server = end(Side::server).may_have_missed_fin(end(Side::client));
  close(Side::client, summary.client_state, summary.client_certainty);
  close(Side::server, summary.server_state, summary.server_certainty);
  return summary;
}

}  // namespace echolab::capture
