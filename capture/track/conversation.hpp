// A TCP connection between two endpoints. One segment is two events: `sent` moves the sender, `delivered` moves the
// receiver. A tap sees both at once; a wire knows them apart. Each direction is the same code with the ends swapped.
// Read RFC 9293, section 3.10.7 (SEGMENT ARRIVES), before editing.
#pragma once

#include <array>

#include "capture/track/endpoint.hpp"
#include "capture/track/observation.hpp"
#include "capture/track/tally.hpp"
#include "capture/track/timers.hpp"

namespace echolab::capture {

/// How we know that a packet arrived.
enum class Delivery : std::uint8_t {
  assumed,  // a tap saw it leave
  known,    // the wire handed it over
};

class TcpConversation {
 public:
  struct Origin {
    Endpoint client, server;
    bool client_assumed = false;
    bool joined_late = false;  // the first packet is no SYN
  };
  explicit TcpConversation(const Origin& origin);

  /// The segment leaves `from`. Fills the view: numbers, rules of the sender, what it takes back, notes.
  void sent(const Segment& segment, Side from, const Stamp& at, TcpView& view, NoteSet& notes);
  /// The segment reaches the other end.
  void delivered(const Segment& segment, Side from, const Stamp& at, Delivery delivery, TcpView& view, NoteSet& notes);
  /// `sent`, with the states before and after it and the post's step.
  TcpView leaves(const Segment& segment, Side from, const Stamp& at, NoteSet& notes);
  /// `delivered`, with the states after it in the view that `leaves` made.
  void arrives(const Segment& segment, Side from, const Stamp& at, Delivery delivery, TcpView& view, NoteSet& notes);

  /// An ICMP error quotes one of its packets. No state moves: anybody can send one.
  void quoted(const IcmpNotice& error) { tally_.count(error); }

  /// The states as they are known now, in the view of an earlier packet.
  void look_again(TcpView& view) const;

  State state(Side side) const { return end(side).belief.state(); }
  const TcpEndpoint& end(Side side) const { return ends_[index(side)]; }
  const Tally& tally() const { return tally_; }
  StreamSummary summary() const;
  const Origin& origin() const { return origin_; }

  /// Whether a SYN with this sequence number from `from` begins another connection on the same four-tuple.
  bool is_replaced_by(const Segment& syn, Side from) const;
  /// Whether `syn` tries again with the same sequence number after the connection was refused or has ended.
  bool is_retried_by(const Segment& syn, Side from) const;
  /// Forgets the ended attempt, but for the counts.
  void begin_again(Side caller);
  /// Which end holds the connection in TIME_WAIT, the one that asks for another first; nullopt: neither.
  std::optional<Side> waiting(Side asks, Time now) const;
  /// Nothing more is to be expected: both ends are CLOSED or waiting in TIME_WAIT.
  bool over() const;
  /// Both connected sockets are one: the source is the destination.
  bool self_connected() const { return self_connected_; }

 private:
  std::size_t index(Side side) const { return self_connected() ? 0 : static_cast<std::size_t>(side); }
  TcpEndpoint& end(Side side) { return ends_[index(side)]; }

  void take_back(Side side, Event event, bool lost, TcpView& view);
  bool is_long_gone(Side side, Event event, Time now) const;
  Time::duration patience(Time sent) const;
  void refute(const Segment& segment, Side from, Copy copy, const Stamp& at, TcpView& view);
  void confirm(const Segment& segment, Side from, TcpView& view);
  void move_sender(const Segment& segment, Side from, Copy copy, const Stamp& at, TcpView& view, NoteSet& notes);
  void catch_up(const Segment& segment, Side from, NoteSet& notes);
  void look_for_gaps(const Segment& segment, Side from, TcpView& view, NoteSet& notes);
  void reset_sender(const Segment& segment, Side from, const Stamp& at, TcpView& view, NoteSet& notes);
  void name_answered_by_reset(const Segment& segment, Side from, TcpView& view);
  std::uint64_t perhaps_answered_by(const Segment& reset, Side from, const Stamp& at) const;
  void keep_unanswered(const Segment& segment, Side from, const Stamp& at);
  bool reset_is_acceptable(const Segment& segment, Side from) const;
  std::optional<std::uint64_t> answer_before(const Segment& segment, Side from, const Stamp& at) const;
  void note_itself(const Segment& segment, NoteSet& notes) const;
  void note_numbers(const Segment& segment, Side from, Copy copy, Probe probe, const Stamp& at, NoteSet& notes) const;
  void note_copy(const Segment& segment, Side from, Copy copy, const Stamp& at, NoteSet& notes) const;
  void note_late(const Segment& segment, Side from, const Stamp& at, NoteSet& notes) const;
  void note_ack(const Segment& segment, Side from, Probe probe, NoteSet& notes);
  bool is_too_soon(const Segment& segment, Side from, const Stamp& at) const;
  bool is_needless(const Segment& segment, Side from) const;
  bool is_reported_missing(const Segment& segment, Side from) const;
  bool answers_promptly(Side from, const Stamp& at) const;
  bool was_asked_for_by_reports(const Segment& segment, Side from, const Stamp& at, NoteSet notes) const;
  bool was_asked_for(const Segment& segment, Side from, const Stamp& at) const;
  void name_lost(const Segment& segment, Side from, const Stamp& at, TcpView& view);
  Time::duration round_trip() const;
  void let_time_pass(Side side, Time now);
  bool has_waited_enough(Side side, Time now) const;
  void place_in_handshake(const Segment& segment, Side from, TcpView& view);
  void end_handshake(const Segment& reset, Side from, TcpView& view);
  void follow_syn_ack(Side from, TcpView& view);
  void follow_third_packet(const Segment& segment, Side from, TcpView& view);
  SideChange change(Side side, State before) const;
  bool is_whole() const { return !ends_[0].missed_end && !ends_[1].missed_end; }
  Certainty certainty_of(const Belief& belief) const;

  Origin origin_;
  bool self_connected_;  // asked for whenever an end is
  std::array<TcpEndpoint, 2> ends_;
  Tally tally_;
  bool told_of_missed_fin_ = false;
  bool first_data_seen_ = false;  // that was sent after the handshake
  SeqNum first_data_seq_;
  Side first_data_from_ = Side::client;
};

}  // namespace echolab::capture
