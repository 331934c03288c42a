// A fragment beside the others of its packet.
#pragma once

#include <cstdint>
#include <optional>

#include "capture/decode/decoded.hpp"

namespace echolab::capture {

/// Bytes of a fragmented packet, from `offset` up to, but not including, `end`.
struct Stretch {
  std::uint32_t offset = 0, end = 0;
  friend bool operator==(const Stretch&, const Stretch&) = default;
};

/// A fragment beside those of its packet that stand before it in the capture.
struct FragmentView {
  /// The first earlier one that has bytes of the same place.
  struct Overlap {
    enum class Content : std::uint8_t { same, different, unknown };  // unknown: not all of both was captured, or kept
    std::uint64_t frame = 0;
    Stretch stretch{};                   // that both have
    bool whole = false;                  // each is that stretch and no more
    Content content = Content::unknown;  // of those bytes
    /// One of the two came twice, as far as is known: a receiver may ignore it (RFC 8200 4.5).
    bool is_copy() const { return whole && content != Content::different; }
  };
  /// Frame `frame` says something else on where the packet ends.
  struct Disagreement {
    enum class Kind : std::uint8_t {
      two_ends,    // both are last fragments: the other one ends at byte `end`
      end_passed,  // this one is last, and that one has bytes up to `end`, behind it
      beyond_end,  // that one is last, ends at `end`, and this one goes further
    };
    Kind kind{};
    std::uint64_t frame = 0;
    std::uint32_t end = 0;
  };
  std::uint8_t protocol = 0;  // of its packet: what the first fragment says counts (RFC 8200 4.5), once it has come
  std::optional<Overlap> overlap{};
  std::optional<Disagreement> disagreement{};
  std::optional<std::uint32_t> completes{};  // bytes of the packet that has all of its fragments with this one
  std::optional<Stretch> hole{};             // of a last fragment: the first bytes that have not come
};

}  // namespace echolab::capture
