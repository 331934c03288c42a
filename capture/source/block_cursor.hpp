// A reader of a pcapng block's fields, in the byte order of its section, that cannot leave its bytes.
// Private to capture/source.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "capture/source/pcapng.hpp"

namespace echolab::capture {

/// What is wrong with a file, and at which of its bytes.
struct Fault {
  std::string words;
  std::uint64_t at = 0;
};

/// Ask `has` first: a read past the end gives zeros, `take` what there is.
class BlockCursor {
 public:
  BlockCursor(std::span<const std::byte> bytes, std::uint64_t offset, bool big_endian)
      : bytes_(bytes), offset_(offset), big_endian_(big_endian) {}

  bool has(std::size_t count) const { return count <= bytes_.size(); }
  std::size_t left() const { return bytes_.size(); }
  std::uint64_t offset() const { return offset_; }  // in the file

  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }

  std::span<const std::byte> take(std::size_t count) {
    const auto taken = bytes_.first(std::min(count, bytes_.size()));
    bytes_ = bytes_.subspan(taken.size());
    offset_ += taken.size();
    return taken;
  }
  /// And the padding behind it.
  std::span<const std::byte> take_padded(std::size_t count) {
    const auto taken = take(count);
    take(pcapng::padded(count) - count);
    return taken;
  }
  /// A cursor of its own over `bytes`, which are a part of these.
  BlockCursor within(std::span<const std::byte> bytes) const { return {bytes, offset_, big_endian_}; }

 private:
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    const auto bytes = take(size);
    if (bytes.size() < size) return 0;
    for (std::size_t i = 0; i < size; ++i)
      value = value << 8 | std::to_integer<std::uint64_t>(bytes[big_endian_ ? i : size - 1 - i]);
    return value;
  }

  std::span<const std::byte> bytes_;
  std::uint64_t offset_;
  bool big_endian_;
};

/// Section 3.5, "Options". Calls `take(code, value)` for each, `value` a cursor; stops behind the last, or says which
/// one does not fit.
//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |      Option Code              |         Option Length         |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  /                       Option Value                            /
//  /              variable length, padded to 32 bits               /
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
template <class Take>
std::optional<Fault> each_option(BlockCursor block, Take take) {
  while (block.has(4)) {
    const auto at = block.offset();
    const std::uint16_t code = block.u16(), length = block.u16();
    if (code == pcapng::end_of_options) break;
    if (!block.has(length)) return Fault{"an option is longer than its block", at};
    BlockCursor value = block;
    value = value.within(block.take_padded(length));
    take(code, value);
  }
  return std::nullopt;
}

}  // namespace echolab::capture
