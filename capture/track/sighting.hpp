// One packet may be captured at several places on its way: on each interface of a router, or of `any`. What stays the
// same of it on the way, and what does not.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "capture/decode/decoded.hpp"
#include "capture/source/packet.hpp"

namespace echolab::capture {

/// When and where in the capture.
struct Stamp {
  std::uint64_t frame = 0;
  Time time{};
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

/// Each link has other addresses, and each router takes one from the TTL.
struct CapturePlace {
  std::uint16_t link = 0;
  std::uint8_t ttl = 0;

  static CapturePlace of(const Segment& segment) { return {segment.link, segment.ip.ttl}; }
  bool lies_before(CapturePlace later) const { return link != later.link || later.ttl < ttl; }
  friend bool operator==(CapturePlace, CapturePlace) = default;
};

/// Whether IPv4's identification tells its sender's packets apart. Some write 0 or 1 into each.
constexpr bool is_identified(const Segment& segment) { return segment.ip.identification > 1; }

/// How long after a packet, that was captured at `place`, `segment` may be the same one: what tells the sender's
/// packets apart is equal. Nullopt: it is not. A sender that sends again waits for longer.
std::optional<Time::duration> longest_way(const Segment& segment, CapturePlace place);

/// A packet that takes no numbers, or whose numbers do not count.
struct Sighting {
  Stamp at{};
  std::uint32_t name = 0;  // of what stays the same on the way
  CapturePlace place{};
};

/// The latest few of one end.
class Sightings {
 public:
  void add(const Segment& segment, const Stamp& at);
  /// The frame that `segment` is; nullopt where none of those kept is the same packet.
  std::optional<std::uint64_t> frame_of(const Segment& segment, const Stamp& at) const;

 private:
  friend struct Packing;
  std::array<Sighting, 4> latest_{};  // frame 0: none
  std::uint8_t next_ = 0;
};

}  // namespace echolab::capture
