// What one end has sent that its peer may still miss. A copy then finds its originals, and an ACK the segment that it
// acknowledges. Bounded: a capture that holds no ACK makes it forget the oldest.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "capture/track/seq_num.hpp"
#include "capture/track/sighting.hpp"

namespace echolab::capture {

/// A segment that took sequence numbers, from `begin` up to, but not including, `end`.
struct SentSegment {
  SeqNum begin, end;
  SeqNum part_end{};                  // see `arrived_in_part`
  SeqNum again_begin{}, again_end{};  // of its numbers, those that later segments carry too; see `sent_again`
  std::uint32_t digest = 0;           // of the payload
  Stamp at{};
  std::uint32_t timestamp = 0;       // TSval; see `has_timestamp`
  std::uint16_t identification = 0;  // of IPv4, 0 for IPv6
  std::uint16_t checksum = 0;        // of TCP
  CapturePlace place{};
  bool syn : 1 = false, fin : 1 = false;
  bool whole : 1 = false;  // all of its payload was captured
  bool has_timestamp : 1 = false;
  bool selectively_acknowledged : 1 = false;  // RFC 2018: the peer has it, though not all before it
  bool is_copy : 1 = false;                   // it carries numbers that were sent before
  bool damaged : 1 = false;                   // its checksum, or its IP length, is wrong
  bool overtaken : 1 = false;        // stamped before others that came first: it arrives, if only to be thrown away
  bool sent_again : 1 = false;       // a later segment carries some of its numbers
  bool arrived_in_part : 1 = false;  // up to `part_end`: that was acknowledged before it was sent again
  bool in_doubt : 1 = false;         // and nobody knows yet whether this one arrived
  bool thought_lost : 1 = false;     // and that was told as its loss
  bool lost : 1 = false;             // by the wire, which knows
  bool old_ack : 1 = false;          // it acknowledges less than one before it: Linux takes no timestamp from such
  bool captured_twice : 1 = false;   // the same frame stands in the capture again

  SeqNum data_begin() const { return begin + syn; }
  SeqNum data_end() const { return end - fin; }
  bool overlaps(SeqNum first, SeqNum last) const { return begin.before(last) && first.before(end); }
  bool lies_within(SeqNum first, SeqNum last) const { return first.at_or_before(begin) && end.at_or_before(last); }
  /// A later segment carries the numbers of its own that lie from `first` up to, but not including, `last`.
  void is_sent_again(SeqNum first, SeqNum last);
  /// Whether later segments carry all its numbers before `number`, from its first.
  bool is_sent_again_to(SeqNum number) const {
    return sent_again && again_begin == begin && number.at_or_before(again_end);
  }
};

class SentSegments {
 public:
  static constexpr std::size_t most = 4096;                 // segments
  static constexpr std::size_t kept_when_acknowledged = 6;  // so that a needless copy still finds its original

  void add(const SentSegment& sent);
  /// Everything before `number` has arrived. Returns the latest segment that this covers to its end; nullopt where it
  /// covers none. All of them are forgotten, but for the last few.
  std::optional<SentSegment> acknowledge(SeqNum number);
  /// In the order in which they were sent.
  std::span<SentSegment> all() { return std::span(sent_).subspan(first_); }
  std::span<const SentSegment> all() const { return std::span(sent_).subspan(first_); }
  /// The latest sent of those that an ACK from `before` to `number` covers and that no report (RFC 2018) has.
  std::optional<SentSegment> latest_answered(SeqNum before, SeqNum number) const;
  /// Of those that carry some of the same numbers as `sent`, the one with this timestamp.
  std::optional<SentSegment> copy_stamped(std::uint32_t timestamp, const SentSegment& sent) const;
  /// The first after `sent`, which is one of all(), that carries some of the same numbers; nullptr: none.
  const SentSegment* copy_of(const SentSegment& sent) const;
  /// The frame of the first, not thought lost, that ends where `copy` does and was sent before it; 0: there is none.
  std::uint64_t original_frame(const SentSegment& copy) const;
  /// The latest that carried `number`; nullptr where none is known.
  const SentSegment* carrier_of(SeqNum number) const;
  /// The latest that carried just these numbers; else the latest that carried the first of them.
  const SentSegment* original_of(SeqNum begin, SeqNum end) const;

 private:
  friend struct Packing;
  void forget_first(std::size_t count);

  std::vector<SentSegment> sent_;
  std::size_t first_ = 0;  // those before it are forgotten; their room is used again
};

}  // namespace echolab::capture
