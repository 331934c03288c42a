// A TCP connection between two endpoints. One segment is two events: `sent` moves the sender, `delivered` moves the
// receiver. A tap sees both at once; a wire knows them apart. Each direction is the same code with the ends swapped.
// Read RFC 9293, section 3.10.7 (SEGMENT ARRIVES), before editing.
#pragma once

#include <array>

#include "capture/track/current_segment.hpp"
#include "capture/track/tally.hpp"
#include "capture/track/timers.hpp"

namespace echolab::capture {

class TcpConversation {
 public:
  struct Origin {
    Endpoint client, server;
    bool client_assumed = false;
    bool joined_late = false;  // the first packet is no SYN
  };
  TcpConversation(const Origin& origin, Vantage vantage);

  /// The segment leaves `from`. The view has numbers, findings, the sender's rules, what it takes back, and the states
  /// of both ends before and after it.
  /// Precondition: the view is empty.
  void leaves(const Segment& segment, Side from, const Stamp& at, TcpView& view, NoteSet& notes);
  /// The segment reaches the other end. The view is the one that `leaves` filled in.
  void arrives(const Segment& segment, Side from, const Stamp& at, TcpView& view, NoteSet& notes);
  /// The wire has lost the packet `frame` of `from`.
  void lost(Side from, std::uint64_t frame, bool damaged) {
    end(from).is_lost(frame, true, damaged);
    if (third_under_way_ == frame) third_under_way_ = 0;
  }

  /// An ICMP error quotes one of its packets, of `from` and with this sequence number. Anybody can send one, so it
  /// moves nothing, unless it knows the number of a SYN that waits for its answer (RFC 5927, 4.1).
  std::optional<ConnectEnded> quoted(const IcmpNotice& error, Side from, std::optional<std::uint32_t> number);

  /// The states as they are known now, in the view of an earlier packet.
  void look_again(TcpView& view) const;

  State state(Side side) const { return end(side).belief.state(); }
  const TcpEndpoint& end(Side side) const { return ends_[index(side)]; }
  const Tally& tally() const { return tally_; }
  StreamSummary summary() const;
  const Origin& origin() const { return origin_; }

  /// Whether a SYN from `from` begins another connection on the same four-tuple, for its ISN is another; or a SYN,ACK
  /// after the end does, which also answers another SYN: that one is not in the capture.
  bool is_replaced_by(const Segment& syn, Side from, Time now) const;
  /// The numbers of the connection before this one on the same four-tuple: its segments may still be under way.
  struct Earlier {
    SendSpace client, server;
  };
  /// The numbers of this one, for a next one of which `caller` is the client.
  Earlier earlier_for(Side caller) const;
  void follows(const Earlier& earlier) { earlier_ = earlier; }
  /// Whether `syn` tries again with the same sequence number after the connection was refused or has ended.
  bool is_retried_by(const Segment& syn, Side from) const;
  /// Forgets the ended attempt, but for the counts.
  void begin_again(Side caller);
  /// Which end holds the connection in TIME_WAIT, the one that asks for another first; nullopt: neither.
  std::optional<Side> waiting(Side asks, Time now) const;
  /// Nothing more is to be expected: both ends are CLOSED or waiting in TIME_WAIT.
  bool over() const;
  /// It never got beyond a SYN.
  bool embryonic() const { return tally_.handshake < StreamSummary::Handshake::complete && tally_.bytes_client == 0; }
  /// Both connected sockets are one: the source is the destination.
  bool self_connected() const { return self_connected_; }

 private:
  friend struct Packing;
  std::size_t index(Side side) const { return self_connected() ? 0 : static_cast<std::size_t>(side); }
  TcpEndpoint& end(Side side) { return ends_[index(side)]; }

  CurrentSegment current(const Segment& segment, Side from, const Stamp& at, TcpView& view, NoteSet& notes) {
    return {segment, from, at, end(from), end(other(from)), view, notes, vantage_, checksums_count_, lengths_count_};
  }

  // The sender's half, in this order; and the receiver's.
  void sent(CurrentSegment& now);
  void compare_answers(CurrentSegment& now);
  void tell_numbers(CurrentSegment& now);
  void look_for_damaged(CurrentSegment& now);
  void was_taken(CurrentSegment& now, std::uint64_t frame);
  static bool is_garbled(const CurrentSegment& now);
  bool is_captured_twice(CurrentSegment& now);
  static bool is_refused_unheard(CurrentSegment& now);
  static bool fits_nothing(CurrentSegment& now);
  bool is_of_earlier(CurrentSegment& now) const;
  bool is_dropped(CurrentSegment& now);
  void note_first_keep_alive(const CurrentSegment& now);
  void find_original(CurrentSegment& now);
  void note_numbers(CurrentSegment& now) const;
  void note_ack(CurrentSegment& now);
  void find_reasons(CurrentSegment& now) const;
  void look_back(CurrentSegment& now);
  void move_sender(CurrentSegment& now);
  static bool closed_before_hearing(CurrentSegment& now);
  void place_in_handshake(CurrentSegment& now);
  void remember(CurrentSegment& now);
  void delivered(CurrentSegment& now);

  static bool tells_beginning_late(const CurrentSegment& now);
  void take_syn_as_new(Side caller);

  // Parts of note_numbers and find_original.
  std::optional<std::uint64_t> answer_before(const CurrentSegment& now) const;
  void note_itself(CurrentSegment& now) const;
  void note_copy(CurrentSegment& now) const;
  void note_late(CurrentSegment& now) const;
  void note_data(CurrentSegment& now) const;
  bool answers_promptly(const CurrentSegment& now) const;
  bool was_asked_for(const CurrentSegment& now) const;
  bool was_asked_for_by_reports(const CurrentSegment& now) const;
  static bool is_reported_missing(const CurrentSegment& now);
  static bool is_needless(const CurrentSegment& now);
  static bool is_too_soon(const CurrentSegment& now);

  // Parts of look_back.
  void refute(CurrentSegment& now);
  void refute_end(CurrentSegment& now);
  void refute_by_copy(CurrentSegment& now);
  void refute_by_ack(CurrentSegment& now);
  void take_back(const CurrentSegment& now, Side side, Event event, bool lost);
  void expect_late(const CurrentSegment& now, const AssumedStep& step);
  void let_arrive(Side side, Side from, Time now);
  bool is_long_gone(Side side, Event event, Time now) const;
  Time::duration patience(Time sent) const;
  void name_lost(CurrentSegment& now);
  void name_lost_answer(CurrentSegment& now);
  static void name_lost_by_wire(CurrentSegment& now);
  static bool arrived_in_part(CurrentSegment& now, SentSegment& sent);
  static bool is_missing(const CurrentSegment& now, const SentSegment& sent);
  bool shows_loss(const CurrentSegment& now, const SentSegment& sent) const;
  void catch_up(CurrentSegment& now);
  void open_without_syn(CurrentSegment& now);
  void look_for_gaps(CurrentSegment& now);
  void look_for_skipped(CurrentSegment& now);
  static void refute_claim(CurrentSegment& now);
  static bool acknowledges_the_impossible(const CurrentSegment& now);
  void look_for_unseen(CurrentSegment& now);
  void confirm(CurrentSegment& now);

  // Resets, and the steps of the handshake.
  static void look_behind_reset(CurrentSegment& now);
  static void take_early_reset(CurrentSegment& now);
  void reset_sender(CurrentSegment& now);
  void name_answered_by_reset(CurrentSegment& now);
  std::uint64_t perhaps_answered_by(const CurrentSegment& now) const;
  void keep_unanswered(CurrentSegment& now);
  bool reset_is_acceptable(const CurrentSegment& now) const;
  static bool answers_without_listener(const CurrentSegment& now);
  void end_handshake(CurrentSegment& now);
  void follow_syn_ack(CurrentSegment& now);
  void follow_third_packet(CurrentSegment& now);

  Time::duration round_trip() const;
  void let_time_pass(Side side, Time now);
  bool has_waited_enough(Side side, Time now) const;
  SideChange change(Side side, State before) const;
  bool is_whole() const { return ends_[0].is_whole() && ends_[1].is_whole(); }
  Certainty certainty_of(const Belief& belief) const;

  Origin origin_;
  bool self_connected_;  // asked for whenever an end is
  Vantage vantage_;
  std::array<TcpEndpoint, 2> ends_;
  Tally tally_;
  bool checksums_count_ = true, lengths_count_ = true;  // see CurrentSegment
  std::optional<Earlier> earlier_;
  bool told_of_missed_fin_ = false;
  std::uint64_t third_under_way_ = 0;  // at the wire: the handshake's third packet, sent and not lost
  bool first_data_seen_ = false;       // that was sent after the handshake
  SeqNum first_data_seq_;
  Side first_data_from_ = Side::client;
};

}  // namespace echolab::capture
