// A fragmented packet that the capture has not whole.
#pragma once

#include <cstdint>

#include "capture/decode/decoded.hpp"
#include "capture/track/fragment_view.hpp"

namespace echolab::capture {

/// A fragmented packet that never became whole, and why. Given out once: when another takes its place, it is let go, or
/// the capture ends.
struct UnfinishedPacket {
  enum class Why : std::uint8_t {
    incomplete,    // the bytes of `hole` never came
    overlap,       // fragments have bytes of the same place, and are no copies: at `frame` that showed
    disagreement,  // on where it ends: at `frame` that showed
    unfit,         // `frame` has a length that no fragment in its place can have
  };
  IpAddress source{}, destination{};
  std::uint32_t identification = 0;
  std::uint8_t protocol = 0;  // of the header that stands first in it
  bool v6 = false;
  std::uint64_t fragments = 0;
  std::uint64_t first_frame = 0;
  Why why = Why::incomplete;
  std::uint64_t frame = 0;
  Stretch hole{};       // the first one; empty where only the last fragment never came: it has no end
  bool uneven = false;  // of Why::unfit; false: it ends beyond the largest packet
};

}  // namespace echolab::capture
