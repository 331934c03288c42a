// What a TCP connection comes to, packet by packet: how often and how much, how long, and who ended it.
#pragma once

#include <array>

#include "capture/track/current_segment.hpp"
#include "capture/track/handshake_times.hpp"
#include "capture/track/state_history.hpp"

namespace echolab::capture {

struct Tally {
  std::uint64_t packets = 0, packets_client = 0;
  std::uint64_t bytes_client = 0, bytes_server = 0;
  std::array<std::uint32_t, 2> retransmissions{};  // by Side
  std::uint32_t never_delivered = 0, delivered_in_part = 0;
  std::uint32_t captured_twice = 0;
  std::uint32_t icmp_errors = 0;
  IcmpNotice first_icmp{};
  bool opened_at_once = false, syn_seen = false, syn_ack_seen = false, only_resets = true;
  StreamSummary::Handshake handshake = StreamSummary::Handshake::unseen;
  StreamSummary::Closed closed = StreamSummary::Closed::not_yet;
  Side closed_by = Side::client;
  bool closed_at_once = false;
  std::optional<Side> reset_by;
  Time first{}, last{};
  Time::duration silence{};                      // the latest long one, in which no packet came
  Time spoke_again{};                            // its end
  bool untimed = false;                          // a packet of it has no time: nobody knows how long anything took
  std::optional<Time> asked;                     // the first SYN
  std::optional<Time::duration> handshake_took;  // since then
  bool clock_went_back = false;                  // on the way there, so that nobody knows
  HandshakeTimes handshake_times;
  std::array<StateHistory, 2> stays;  // by Side

  /// A packet of `from` with `fresh` bytes of payload that it had not sent before.
  void count(Side from, std::uint32_t fresh, Time at, NoteSet notes);
  /// How long nobody had sent anything, where that was long and its end is `at` or about a round trip ago.
  std::optional<Time::duration> silence_before(Time at) const;
  /// Bytes of `from` that did not count before: they were in probes, and have been taken.
  void took(Side from, std::uint32_t bytes);
  /// A byte that was counted is none: it was a keep-alive's.
  void was_no_data(Side from) { --(from == Side::client ? bytes_client : bytes_server); }
  /// It has left: what it took back and where its sender stands now is in `view`.
  void left(const CurrentSegment& now);
  /// It has arrived, as far as is known.
  void arrived(std::uint64_t frame, Time at, const TcpView& view);
  /// An ICMP error quotes one of its packets.
  void count(const IcmpNotice& error);
  /// The state of `side` since `at`, which no packet brought.
  void time_brought(Side side, State state, Time at);
  /// Another attempt of the same four-tuple: what is counted stays, what was measured of the ended one goes.
  void begin_again();

  /// All of it but the ends and their states.
  StreamSummary summary() const;

 private:
  void follow_end(const CurrentSegment& now);
};

}  // namespace echolab::capture
