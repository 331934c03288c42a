#include "capture/track/tally.hpp"
#include "capture/track/elapsed.hpp"

namespace echolab::capture {
namespace {

constexpr std::size_t index(Side side) { return static_cast<std::size_t>(side); }

/// Shorter than the idle time-outs of servers, NATs and firewalls; longer than a program's pause.
constexpr std::chrono::seconds long_silence{10};
constexpr std::chrono::seconds longest_round_trip{1};

}  // namespace

void Tally::count(Side from, std::uint32_t fresh, Time at, NoteSet notes) {
  if (packets++ == 0) first = last = at;
  // One who tries again and again is not silent.
  if (const auto gap = elapsed(last, at); gap && *gap >= long_silence && !notes.has(Note::retransmission))
    silence = *gap, spoke_again = at;
  clock_went_back |= at < last;
  last = at;
  untimed |= at == no_time;
  if (from == Side::client) ++packets_client;
  (from == Side::client ? bytes_client : bytes_server) += fresh;
  if (notes.has(Note::retransmission)) ++retransmissions[index(from)];
  if (notes.has(Note::duplicate_frame)) ++captured_twice;
  if (notes.has(Note::simultaneous_open)) opened_at_once = true;
}

std::optional<Time::duration> Tally::silence_before(Time at) const {
  const auto now = elapsed(last, at);
  if (now && *now >= long_silence) return now;
  const bool just_over = silence > Time::duration::zero() && within(longest_round_trip, spoke_again, at);
  return just_over ? std::optional(silence) : std::nullopt;
}

void Tally::took(Side from, std::uint32_t bytes) { (from == Side::client ? bytes_client : bytes_server) += bytes; }

void Tally::count(const IcmpNotice& error) {
  if (icmp_errors++ == 0) first_icmp = error;
}

void Tally::left(const CurrentSegment& now) {
  const Findings& findings = now.view.findings;
  for (const TakeBack& back : now.view.take_backs()) stays[index(back.side)].take_back(back.frame, back.truth);
  if (const auto* answer = findings.find<finding::ResetAnswers>(); answer && answer->believed != answer->truth)
    stays[index(now.from)].take_back(answer->frame, State::closed);
  handshake_times.follow(now);
  never_delivered += static_cast<std::uint32_t>(findings.count<finding::NeverDelivered>());
  never_delivered -= static_cast<std::uint32_t>(findings.count<finding::ArrivedAfterAll>());
  delivered_in_part += findings.has<finding::ArrivedInPart>();
  follow_end(now);
  syn_seen |= now.view.is_step(Step::syn), syn_ack_seen |= now.view.is_step(Step::syn_ack);
  if (now.view.is_step(Step::syn) && !asked && !findings.has<finding::AnsweredBefore>()) asked = now.at.time;
  if (asked && !handshake_took && !clock_went_back && handshake == StreamSummary::Handshake::complete)
    handshake_took = measured(*asked, now.at.time);
  arrived(now.at.frame, now.at.time, now.view);
}

/// Who ended it first, and how.
void Tally::follow_end(const CurrentSegment& now) {
  const TcpFlags flags = now.flags();
  only_resets &= flags.rst();
  const SideChange& sender = now.from == Side::client ? now.view.client : now.view.server;
  const bool reset = flags.rst() && (sender.changed() || now.notes.has(Note::refused));
  const bool finished = flags.fin() && flags.ack() && !flags.syn() && !flags.rst();  // any other FIN is dropped
  if (closed == StreamSummary::Closed::not_yet && (finished || reset)) {
    closed = finished ? StreamSummary::Closed::by_fin : StreamSummary::Closed::by_rst;
    closed_by = now.from;
  } else if (reset && closed == StreamSummary::Closed::by_fin && !reset_by) {
    reset_by = now.from;
  }
}

void Tally::arrived(std::uint64_t frame, Time at, const TcpView& view) {
  const auto since = elapsed(first, at).value_or(Time::duration::zero());
  stays[index(Side::client)].follow(view.client.after, since, frame);
  stays[index(Side::server)].follow(view.server.after, since, frame);
}

void Tally::time_brought(Side side, State state, Time at) {
  stays[index(side)].follow(state, elapsed(first, at).value_or(Time::duration::zero()), 0);
}

void Tally::begin_again() {
  handshake = StreamSummary::Handshake::none;
  closed = StreamSummary::Closed::not_yet;
  opened_at_once = syn_seen = syn_ack_seen = closed_at_once = false, reset_by.reset();
  asked.reset(), handshake_took.reset(), handshake_times = {}, clock_went_back = false;
}

StreamSummary Tally::summary() const {
  StreamSummary summary;
  summary.packets = packets;
  summary.packets_client = packets_client, summary.packets_server = packets - packets_client;
  summary.bytes_client = bytes_client, summary.bytes_server = bytes_server;
  summary.retransmissions_client = retransmissions[0], summary.retransmissions_server = retransmissions[1];
  summary.never_delivered = never_delivered, summary.delivered_in_part = delivered_in_part;
  summary.handshake = handshake;
  summary.round_trip = {handshake_times.to_server(), handshake_times.to_client()};
  summary.captured_twice = captured_twice;
  summary.icmp_errors = icmp_errors, summary.first_icmp = first_icmp;
  summary.opened_at_once = opened_at_once, summary.syn_seen = syn_seen, summary.syn_ack_seen = syn_ack_seen;
  summary.only_resets = only_resets;
  summary.handshake_took = handshake_took;
  summary.closed = closed, summary.closed_by = closed_by;
  summary.closed_at_once = closed_at_once, summary.reset_by = reset_by;
  if (const auto lasted = elapsed(first, last); lasted && !untimed) {
    summary.client_times = stays[index(Side::client)].times(*lasted);
    summary.server_times = stays[index(Side::server)].times(*lasted);
  }
  summary.first = first, summary.last = last;
  return summary;
}

}  // namespace echolab::capture
