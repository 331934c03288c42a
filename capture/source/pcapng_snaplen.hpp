// libpcap refuses a pcapng file whose interfaces were captured with different snaplens, which is what several captures
// joined into one file look like. The snaplen decides nothing while reading: each packet says how much of it was
// captured. (Simple packet blocks do not, and a cut one is then refused; no common program writes them.) So every
// interface's snaplen is overwritten with 0, "no limit", on its way to libpcap. Private to capture/source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace echolab::capture {

/// Follows the blocks of a stream (draft-ietf-opsawg-pcapng, section 3). Anything that is not pcapng is left alone.
class PcapngSnaplen {
 public:
  static constexpr std::size_t head_size = 16;  // of a block: as far as an interface's snaplen

  /// Where the next block starts, in bytes from the stream's first; nothing once the stream is known not to be pcapng.
  std::optional<std::uint64_t> next_block() const { return next_block_; }

  /// The block that starts at `next_block`: its first bytes, `head_size` or what is left of the stream.
  void pass(std::span<char> head);

 private:
  std::uint32_t number(std::span<const char> bytes) const;

  std::optional<std::uint64_t> next_block_ = 0;
  bool big_endian_ = false;  // of this section
};

}  // namespace echolab::capture
