// One end of a TCP connection, as its packets show it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "capture/decode/decoded.hpp"
#include "capture/source/packet.hpp"
#include "capture/track/belief.hpp"
#include "capture/track/finding.hpp"
#include "capture/track/sent_segments.hpp"
#include "capture/track/seq_num.hpp"

namespace echolab::capture {

/// The send sequence space of RFC 9293, 3.3.1, as far as packets show it.
///
///          1         2          3          4
///     ----------|----------|----------|----------
///            SND.UNA    SND.NXT    SND.UNA
///                                 +SND.WND
struct SendSpace {
  bool numbered = false;  // `isn` and `next` mean something
  bool isn_seen = false;  // its SYN is in the capture; else `isn` is one before the first number seen
  SeqNum isn;
  SeqNum next;                    // SND.NXT: one past the highest sequence number sent
  SeqNum syn_end;                 // one past its SYN and the data in it; where no SYN was seen, ISN + 1
  std::optional<SeqNum> fin_end;  // one past its FIN, once sent

  /// The number space begins at `number`, unless it has begun already.
  void start_at(SeqNum isn_or_before_first, bool is_isn);
  std::uint32_t relative(SeqNum number) const { return static_cast<std::uint32_t>(isn.distance(number)); }
  /// Whether `ack` acknowledges something that was sent, our SYN at least: ISN < ack <= SND.NXT.
  bool acknowledges_syn(SeqNum ack) const { return numbered && isn.before(ack) && ack.at_or_before(next); }
  /// Whether `number` is one of those that were sent, or right behind them.
  bool has_sent(SeqNum number) const { return numbered && isn.at_or_before(number) && number.at_or_before(next); }
  bool acknowledges_fin(SeqNum ack) const { return fin_end && fin_end->at_or_before(ack); }
};

/// Numbers below SND.NXT that the capture has not seen, up to, but not including, `end`.
struct Hole {
  SeqNum begin, end;
  Time since{};                                                 // when the packet behind it came
  std::optional<std::uint32_t> timestamp;                       // TSval of that packet
  std::uint16_t identification_before = 0, identification = 0;  // of IPv4: of the packet before it, and of that one
  bool acknowledged = false;                                    // the peer has them, the capture not

  /// Whether IPv4's identification shows that the segment was sent where the hole is, or behind the packet behind it:
  /// who counts them up gives what is sent again a later one.
  bool was_sent_here(const Segment& segment) const {
    const std::uint16_t own = counted_to(segment.ip.identification), behind = counted_to(identification);
    return own > 0 && own < behind && behind < 0x8000;
  }
  bool was_sent_later(const Segment& segment) const {
    constexpr std::uint16_t few = 0x400;  // those who draw lots seldom meet that
    const std::uint16_t own = counted_to(segment.ip.identification), behind = counted_to(identification);
    return identification_before != 0 && behind > 0 && behind < own && own < few;
  }

 private:
  std::uint16_t counted_to(std::uint16_t id) const { return static_cast<std::uint16_t>(id - identification_before); }
};

/// What its latest packet asked for.
enum class Probe : std::uint8_t { none, keep_alive, zero_window };

/// What its packet repeats.
enum class Copy : std::uint8_t { none, syn, syn_ack, fin, data };

/// What had not arrived yet when its receiver sent something: by `until` it has, or it is lost.
struct Late {
  Event event;
  std::uint64_t frame = 0;
  Time until{};
};

/// An ACK of this end that may have come to a peer that is CLOSED: such a peer answers it with an RST of its number.
struct UnansweredAck {
  SeqNum number;
  std::uint64_t frame = 0;
  bool only = false;  // the only packet with that number since the peer's latest packet that is no RST
};

/// A digest of what a SYN offers, but for its timestamp.
std::uint32_t offered(const TcpOptions& options);

struct TcpEndpoint {
  Belief belief;
  SendSpace send;
  std::optional<SeqNum> acknowledged;    // the highest ACK that it sent: what it says is its RCV.NXT
  std::uint64_t acknowledged_frame = 0;  // the packet that first said so
  Time acknowledged_time{};
  bool acknowledgement_lost = false;                    // the wire has lost that packet
  std::optional<std::uint32_t> acknowledged_timestamp;  // its TSval
  std::uint64_t lost_ack = 0;                           // a packet without numbers that never arrived: the latest told
  std::uint64_t syn_frame = 0, syn_ack_frame = 0, fin_frame = 0;  // the latest of each; 0: none
  std::optional<SeqNum> lone_fin;                                 // the number of its latest FIN without an ACK
  std::uint64_t lone_fin_frame = 0;                               // that packet
  std::optional<SeqNum> next_at_ack_of_fin;                       // SND.NXT when it first acknowledged the peer's FIN
  std::uint64_t skipped = 0;         // numbers that it passed over and the capture has not seen
  bool perhaps_keep_alive = false;   // see `may_be_keep_alive`
  bool told_unseen = false;          // that the capture has no packet of it
  bool told_wrap = false;            // that its raw numbers have passed 2^32 - 1
  bool told_hole = false;            // that it has not filled a hole
  std::optional<SeqNum> missed_end;  // one past the numbers that it sent and the capture missed: a FIN may be there
  bool reset_may_fit = false;        // its RST was ignored, but would fit if the capture missed what it sent before
  std::uint64_t claim_frame = 0;     // the peer's packet that acknowledges so much, if it never sent that; 0: none
  std::optional<SeqNum> unclaimed;   // what the peer had acknowledged before
  bool sends_whole = false;          // a packet of it has a right checksum
  std::uint64_t damaged_frame = 0;   // its latest packet that is damaged; 0: none
  std::optional<SeqNum> new_data;    // the first number of the latest data that is no copy
  std::uint64_t reset_frame = 0;     // its RST that the peer may believe; 0: none
  SeqNum reset_number;               // that of its latest RST
  std::optional<Stamp> early_reset;  // an RST whose number lies ahead of all that the capture has of this end
  std::optional<UnansweredAck> unanswered;
  std::optional<Arrival> before_reset;  // the latest that was assumed when its RST ended it
  std::uint8_t fins_sent = 0;           // its FIN and the copies of it
  std::uint8_t fin_answers = 0;         // its packets that can each answer one of the peer's FINs
  std::uint8_t fin_denials = 0;         // its packets that showed that the peer's FIN had not arrived
  std::optional<Late> late;             // what had not arrived when it sent its latest packet
  std::optional<SeqNum> refused;        // the ACK of what it refused in SYN_SENT: an RST of that number answers
  std::uint16_t window = 0xffff;        // as its latest packet says, unscaled
  bool window_is_scaled = false;        // that of a SYN never is (RFC 7323, 2.2)
  std::optional<std::uint8_t> window_scale;
  bool scale_missed = false;           // its SYN may have offered one in options that were not captured
  std::optional<SeqNum> furthest;      // where the windows that it has offered end: it takes nothing that begins behind
  bool asks_for_cookie = false;        // its SYN does (RFC 7413, 4.1.1)
  bool asks_for_ecn = false;           // its SYN does (RFC 3168, 6.1.1)
  bool asks_for_accurate_ecn = false;  // its SYN does (RFC 9768, 3.1.1)
  std::optional<std::uint8_t> congestion_count;   // its flags AE, CWR and ECE; nullopt: they are no count
  std::uint32_t syn_options = 0;                  // what its latest SYN offered, but for the timestamp: a digest
  bool selects = false;                           // its SYN permits SACK (RFC 2018)
  std::uint16_t segment_limit = 0;                // bytes of payload that its SYN asked for at most (MSS); 0: not known
  std::optional<Stamp> last;                      // its latest packet
  std::optional<std::uint32_t> latest_timestamp;  // the highest TSval that it sent
  SentSegments sent;
  bool unsettled = false;                                  // some of them are in doubt, or thought lost
  Time::duration quickest_answer = Time::duration::max();  // the shortest time to the ACK of one of its segments
  std::vector<Hole> holes;
  finding::Original told;    // what its latest packet was told as
  bool end_unknown = false;  // its latest packet is a fragment: where its payload ends other fragments say
  Time time_wait_since{};
  std::uint16_t identification = 0;       // of IPv4, of its latest packet
  Sightings sightings;                    // of its packets that are not among those sent
  Probe probe = Probe::none;              // its latest packet
  std::optional<SentSegment> probe_byte;  // the latest zero-window probe with a byte: sent, and not counted as sent
  std::uint16_t duplicate_acks = 0;       // since it last acknowledged something new
  Time latest_ack_time{};                 // of its latest packet with an ACK
  bool answers_challenge = false;         // its peer has sent it something that asks for a challenge ACK
  // What its other SYN,ACK says, of another ISN, until the peer's ACK shows which of the two it goes by.
  std::unique_ptr<TcpEndpoint> other_answer;

  /// Whether the peer's number lies in its receive window (RFC 9293, 3.10.7.4), as far as that is known.
  bool takes(SeqNum number, const TcpEndpoint& peer) const;
  /// Whether its own numbers and those that it acknowledges may be of this connection, as far as both are known.
  bool fits(const Segment& segment, const TcpEndpoint& peer) const;
  /// Its peer waits for a SYN,ACK, and this end sends one of another ISN: the one before is set aside.
  void begin_anew();
  /// As it was when it had sent its latest SYN, and nothing else.
  TcpEndpoint with_its_syn_alone() const;
  /// A SYN,ACK of another ISN, whose peer has an answer already.
  void set_aside(const Segment& syn_ack, const Stamp& at);
  /// The peer acknowledges `ack`: of two SYN,ACKs it goes by the one whose ISN lies closer before that.
  void choose_answer(SeqNum ack);
  /// What it has acknowledged was of numbers that the peer has no longer.
  void forget_acknowledged();

  /// Whether the segment says again what this end has already said, as far as the capture has it.
  Copy copy_of(const Segment& segment, const TcpEndpoint& peer) const;
  std::optional<std::uint64_t> original_frame(Copy copy, const Segment& segment) const;
  /// Of a copy that was cut anew: the frame that carried its last number before; nullopt: it is the same again.
  std::optional<std::uint64_t> last_original_frame(const Segment& segment) const;
  /// Whether its FIN is most likely what the capture missed: a single number at the end, and the peer has closed.
  bool has_missed_fin(const TcpEndpoint& peer) const;
  /// Whether a FIN may be among the numbers that the capture missed at its end.
  bool may_have_missed_fin(const TcpEndpoint& peer) const {
    return missed_end && send.next.before(*missed_end) && is_in_reach(*missed_end) && !has_missed_fin(peer);
  }
  /// Whether any window reaches so far (RFC 7323, 2.3); else one ACK alone does not show that it sent all that.
  bool is_in_reach(SeqNum number) const {
    constexpr std::uint32_t largest_window = 1u << 30;
    return !(send.next + largest_window).before(number);
  }
  /// Nothing suggests that it sent more than the capture has.
  bool is_whole() const { return !missed_end && !reset_may_fit; }
  /// Bytes that it sent and the capture does not hold, as far as its own numbers and the peer's ACKs tell.
  std::uint64_t missed_bytes(const TcpEndpoint& peer) const;
  /// Whether the segment carries nothing that counts and only asks for an answer: RFC 9293, 3.8.4 and 3.8.6.1.
  Probe probe_of(const Segment& segment, const TcpEndpoint& peer) const;
  /// Whether all that the capture has of this end is one number, which it may have sent before: an `ack` of one more is
  /// then the answer to a keep-alive, if that number comes again.
  bool may_be_keep_alive(SeqNum ack) const {
    return last && !send.isn_seen && sent.all().empty() && send.next == send.isn + 1 && ack == send.next + 1;
  }
  /// The first packet of this end has come again: it was a keep-alive. Whether its byte was counted as data.
  bool settle_keep_alive(const Segment& segment, const TcpEndpoint& peer);
  /// The hole that the segment fills, in part or whole, and nothing else; nullptr: none.
  const Hole* hole_for(const Segment& segment) const;
  /// Whether its numbers lie before the first that the capture has of this end.
  bool is_older_than_capture(const Segment& segment) const;
  /// The earlier frame that this one is: it was captured twice, not sent twice. Keeps that in mind.
  std::optional<std::uint64_t> recognise(const Segment& segment, const Stamp& at, const TcpEndpoint& peer);
  /// The frame that had the same FIN without an ACK: its receiver dropped it. Keeps one of that kind in mind.
  std::optional<std::uint64_t> earlier_lone_fin(const Segment& segment, const Stamp& at);
  /// Whether its FIN takes a number that its SYN or its data has taken: the peer has passed it.
  bool misplaces_fin(const Segment& segment) const;
  /// Whether the data follows on what this end has sent: it cannot be a copy of packets that the capture missed.
  bool sends_new_data(const Segment& segment) const {
    return segment.payload_length > 0 && last && send.next == SeqNum(segment.seq);
  }
  /// Whether the segment was stamped before another one of this end that came first (RFC 7323, 5.2: PAWS).
  bool is_overtaken(const Segment& segment) const;
  /// Since when it goes on with new data though it has left numbers out; nullopt: it has not.
  std::optional<Time> passes_hole(const Segment& segment) const {
    const auto open = std::ranges::find(holes, false, &Hole::acknowledged);
    return sends_new_data(segment) && open != holes.end() ? std::optional(open->since) : std::nullopt;
  }
  /// The peer has everything before `number`. Whether it has some that the capture lacks, and this is the first to say
  /// so.
  bool has_received_holes_before(SeqNum number);
  /// When its packet `frame` was captured; nullopt where that is no longer known.
  std::optional<Time> time_of(std::uint64_t frame) const;
  /// Whether it has acknowledged all of `end`.
  bool has_acknowledged(SeqNum end) const { return acknowledged && end.at_or_before(*acknowledged); }
  /// Whether it is known by what its window fields are scaled: both ends have offered to, or one has not. An offer that
  /// the capture lacks is neither.
  bool knows_scale(const TcpEndpoint& peer) const;
  /// A window field of its packets in bytes: RFC 7323, 2.2. That of a SYN is never scaled, others are where both SYNs
  /// had the option; where the scale is not known it is the field.
  std::uint32_t scaled(std::uint16_t field, const TcpEndpoint& peer) const;
  /// Bytes that its window has room for, beyond what it has acknowledged; nullopt where the scale is not known.
  std::optional<std::uint32_t> room(const TcpEndpoint& peer) const;

  /// Whether it can never have taken what begins at this number: it lies before the peer's SYN, or behind every window.
  /// What begins in a window may end behind it: Linux takes it whole.
  bool cannot_have_taken(SeqNum begin, const TcpEndpoint& peer) const;

  /// The wire has lost its packet `frame`, or handed it over damaged, or has it no longer for lost.
  void is_lost(std::uint64_t frame, bool lost, bool damaged);
  /// Keeps the end of the window that its latest packet has offered.
  void widen(const TcpEndpoint& peer);
  /// Keeps what a segment says that it sent. Returns the payload bytes that were new.
  std::uint32_t remember(const Segment& segment, const Stamp& at, Copy copy, Probe kind, bool ack_counts);
  /// Its packet of now is damaged, and nothing shows that its like is taken.
  void remember_damage(const Stamp& at);
  /// What was damaged so far was taken.
  void forget_damage();

 private:
  void remember_offers(const Segment& syn, const Stamp& at);
  void remember_ack(const Segment& segment, const Stamp& at);
  std::optional<std::uint64_t> recognise_sent(const Segment& segment, const Stamp& at, const TcpEndpoint& peer);
  SentSegment described(const Segment& segment, const Stamp& at, Copy copy) const;
  std::uint32_t take_numbers(const Segment& segment, const Stamp& at, Copy copy);
  void skip_to(SeqNum number, const Segment& segment, const Stamp& at);
  std::uint32_t fill_holes(SeqNum begin, SeqNum end);
};

}  // namespace echolab::capture
