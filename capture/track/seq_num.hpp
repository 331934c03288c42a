// RFC 9293, section 3.4: sequence numbers wrap at 2^32. There is no operator<, because no two of them are ordered
// by themselves: only a distance that is small against 2^31 has a direction.
#pragma once

#include <cstdint>

namespace echolab::capture {

class SeqNum {
 public:
  constexpr SeqNum() = default;
  explicit constexpr SeqNum(std::uint32_t raw) : raw_(raw) {}

  constexpr std::uint32_t raw() const { return raw_; }

  /// How far `later` lies ahead: negative where it lies behind. Range: -2^31 .. 2^31 - 1.
  constexpr std::int32_t distance(SeqNum later) const { return static_cast<std::int32_t>(later.raw_ - raw_); }
  constexpr bool before(SeqNum later) const { return distance(later) > 0; }
  constexpr bool at_or_before(SeqNum later) const { return distance(later) >= 0; }
  /// Whether start <= this < start + size.
  constexpr bool in_window(SeqNum start, std::uint32_t size) const { return raw_ - start.raw_ < size; }

  friend constexpr SeqNum operator+(SeqNum number, std::uint32_t bytes) { return SeqNum(number.raw_ + bytes); }
  friend constexpr SeqNum operator-(SeqNum number, std::uint32_t bytes) { return SeqNum(number.raw_ - bytes); }
  friend constexpr bool operator==(SeqNum, SeqNum) = default;

 private:
  std::uint32_t raw_ = 0;
};

/// Of two timestamps, which are serial numbers, too: RFC 7323, 5.2.
constexpr bool older(std::uint32_t stamp, std::uint32_t than) { return SeqNum(stamp).before(SeqNum(than)); }

}  // namespace echolab::capture
