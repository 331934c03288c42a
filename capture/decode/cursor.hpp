// A reader of big-endian fields that cannot leave its bytes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace echolab::capture {

/// Bytes that a header needs and has not got.
struct Shortage {
  std::size_t needed = 0;
  std::size_t had = 0;
  std::size_t offset = 0;  // from the frame's first byte
  bool cut = false;        // they were on the wire, and the snaplen left them out
};

/// What is left of a packet, in two lengths: what was on the wire (`length`) and what of it was captured, never more.
/// Ask `lacks` first; a read past the captured end gives zeros, a skip past it stops at the end.
class Cursor {
 public:
  Cursor(std::span<const std::byte> captured, std::size_t length)
      : captured_(captured), length_(std::max(length, captured.size())) {}

  std::size_t length() const { return length_; }
  std::size_t offset() const { return offset_; }
  std::span<const std::byte> captured() const { return captured_; }

  /// Nothing where the next `needed` bytes are there to be read.
  std::optional<Shortage> lacks(std::size_t needed) const {
    if (needed <= captured_.size()) return std::nullopt;
    if (needed <= length_) return Shortage{needed, captured_.size(), offset_, true};
    return Shortage{needed, length_, offset_, false};
  }

  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return number(4); }

  /// The next `count` bytes; fewer where fewer were captured.
  std::span<const std::byte> take(std::size_t count) {
    const auto taken = captured_.first(std::min(count, captured_.size()));
    skip(count);
    return taken;
  }

  void skip(std::size_t count) {
    const auto wire = std::min(count, length_);
    captured_ = captured_.subspan(std::min(wire, captured_.size()));
    length_ -= wire;
    offset_ += wire;
  }

  /// An inner header says how long the rest really is: shorter where the frame is padded, longer where it was cut.
  void set_length(std::size_t length) {
    length_ = length;
    captured_ = captured_.first(std::min(length, captured_.size()));
  }

 private:
  std::uint32_t number(std::size_t size) {
    std::uint32_t value = 0;
    if (!lacks(size)) {
      for (const auto byte : captured_.first(size)) value = value << 8 | std::to_integer<std::uint32_t>(byte);
    }
    skip(size);
    return value;
  }

  std::span<const std::byte> captured_;
  std::size_t length_;
  std::size_t offset_ = 0;
};

}  // namespace echolab::capture
