// One end of a TCP connection, as its packets show it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "capture/decode/decoded.hpp"
#include "capture/source/packet.hpp"
#include "capture/track/belief.hpp"
#include "capture/track/seq_num.hpp"

namespace echolab::capture {

/// When and where in the capture.
struct Stamp {
  std::uint64_t frame = 0;
  Time time{};
};

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
  bool acknowledges_fin(SeqNum ack) const { return fin_end && fin_end->at_or_before(ack); }
};

/// The last few segments that took sequence numbers, so that a copy can name its original.
class RecentSegments {
 public:
  void add(SeqNum seq, std::uint32_t length, std::uint64_t frame);
  /// The frame that last carried sequence number `seq`.
  std::optional<std::uint64_t> frame_of(SeqNum seq) const;

 private:
  struct Sent {
    SeqNum seq;
    std::uint32_t length = 0;
    std::uint64_t frame = 0;
  };
  std::array<Sent, 6> sent_{};
  std::uint8_t next_ = 0;
};

/// What its packet repeats.
enum class Copy : std::uint8_t { none, syn, syn_ack, fin, data };

struct TcpEndpoint {
  Belief belief;
  SendSpace send;
  std::optional<SeqNum> acknowledged;    // the highest ACK that it sent: what it says is its RCV.NXT
  std::uint64_t acknowledged_frame = 0;  // the packet that first said so
  std::uint64_t syn_frame = 0, syn_ack_frame = 0, fin_frame = 0;  // the latest of each; 0: none
  std::optional<SeqNum> next_at_ack_of_fin;                       // SND.NXT when it first acknowledged the peer's FIN
  std::optional<SeqNum> missed_end;  // one past the numbers that it sent and the capture missed: a FIN may be there
  std::optional<SeqNum> new_data;    // the first number of the latest data that is no copy
  bool reset_sent = false;           // an RST that the peer may believe
  std::uint8_t fin_denials = 0;      // its packets that showed that the peer's FIN had not arrived
  std::uint16_t window = 0xffff;     // as its latest packet says, unscaled
  std::optional<std::uint8_t> window_scale;
  std::optional<std::uint16_t> syn_window;
  std::optional<Stamp> last;  // its latest packet
  SeqNum gap_begin, gap_end;  // numbers that were skipped and may come late; equal: none
  Time gap_time{};
  Time time_wait_since{};
  RecentSegments recent;

  /// Whether the segment says again what this end has already said.
  Copy copy_of(const Segment& segment, const TcpEndpoint& peer) const;
  std::optional<std::uint64_t> original_frame(Copy copy, const Segment& segment) const;
  /// A segment below SND.NXT that carries nothing new and asks for an answer: RFC 9293, 3.8.4 and 3.8.6.1.
  bool is_probe(const Segment& segment, const TcpEndpoint& peer) const;
  /// Whether the data follows on what this end has sent: it cannot be a copy of packets that the capture missed.
  bool sends_new_data(const Segment& segment) const {
    return segment.payload_length > 0 && last && send.next == SeqNum(segment.seq);
  }
  /// Whether it has acknowledged all of `end`.
  bool has_acknowledged(SeqNum end) const { return acknowledged && end.at_or_before(*acknowledged); }
  /// Keeps the numbers of a segment that it sent. Returns the payload bytes that were new.
  std::uint32_t remember(const Segment& segment, const Stamp& at);
};

}  // namespace echolab::capture
