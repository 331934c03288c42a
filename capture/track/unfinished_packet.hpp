// A fragmented packet that the capture has not whole, or that was refused.
#pragma once

#include <cstdint>
#include <vector>

#include "capture/decode/decoded.hpp"
#include "capture/track/fragment_view.hpp"

namespace echolab::capture {

/// A fragmented packet that never became whole, and why; or one that did and was refused. Given out once: when another
/// takes its place, it is let go, or the capture ends.
struct UnfinishedPacket {
  enum class Why : std::uint8_t {
    incomplete,      // the bytes of `hole` never came
    overlap,         // fragments have bytes of the same place, and are no copies: at `frame` that showed
    disagreement,    // on where it ends: at `frame` that showed
    unfit,           // `frame` has a length that no fragment in its place can have
    inside,          // a fragment of it stands inside the packet `outer`, which never became whole either
    refused,         // it is whole here, but `frame` is an ICMP error that refuses it
    refused_around,  // the same, of the packet `outer`, inside which a fragment of it stands
  };
  /// The TTL or hop limit that its fragments came with.
  struct Hops {
    std::uint8_t fewest = 0, most = 0;
    std::uint64_t frame = 0;    // the first with the fewest
    bool others_whole = false;  // without that one the others make a whole packet
    bool differ() const { return fewest != most; }
  };
  /// Of an echo request, what went on between its two hosts behind its first fragment.
  struct Echo {
    bool asked = false;  // it is one, and what follows was counted
    // Of its sender, those whose replies may be taken for its own, and which are no fragments; of its receiver those
    // that may be its own. And the first of each.
    std::uint64_t requests = 0, replies = 0, request = 0, reply = 0;
    // Replies that cannot be its own, and the first of them; how many have its identifier and sequence number, and are
    // only of another length.
    std::uint64_t others = 0, other = 0, of_other_length = 0;
    bool seems_unanswered() const { return asked && replies <= requests; }
  };
  IpAddress source{}, destination{};
  std::uint32_t identification = 0;
  std::uint8_t protocol = 0;  // of the header that stands first in it
  bool v6 = false;
  std::uint64_t fragments = 0;
  std::uint64_t first_frame = 0;
  Why why = Why::incomplete;
  std::uint64_t frame = 0;
  Stretch hole{};                      // the first one
  std::uint64_t disputed = 0;          // of Why::overlap: the frame at which they disagreed on the end, too, or 0
  std::vector<std::uint64_t> unfit{};  // each frame with a length that no fragment in its place can have
  bool uneven = false, beyond_largest = false;  // what is wrong with those: see Fragment
  std::vector<Stretch> holes{};  // of Why::unfit: what never came in front of what did, those of `unfit` too
  bool end_known = false;        // false: the last fragment never came, and `hole`, if none is before, has no end
  std::uint32_t outer = 0;       // identification; see Why::inside
  Hops hops{};
  Echo echo{};
  std::vector<std::uint64_t> refused_by{};  // the first ICMP errors that refuse it, or a fragment of it
};

}  // namespace echolab::capture
