#include "capture/track/sighting.hpp"

#include <algorithm>
#include <chrono>
#include <span>

#include "capture/track/digest.hpp"
#include "capture/track/elapsed.hpp"
#include "capture/track/timers.hpp"

namespace echolab::capture {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""us;

/// The checksum stands for what is not named here: options, payload.
std::uint32_t name_of(const Segment& segment) {
  const std::array<std::uint32_t, 6> fixed{segment.seq,
                                           segment.ack,
                                           segment.flags.bits | std::uint32_t{segment.window} << 16,
                                           segment.ip.identification | std::uint32_t{segment.checksum} << 16,
                                           segment.options.timestamp_value.value_or(0),
                                           segment.payload_length};
  return digest(std::as_bytes(std::span(fixed)));
}

}  // namespace

std::optional<Time::duration> longest_way(const Segment& segment, CapturePlace place) {
  const bool identified = is_identified(segment), stamped = segment.options.timestamp_value.has_value();
  if (place.lies_before(CapturePlace::of(segment)))
    return identified || stamped || segment.flags.rst() ? shortest_timer : Time::duration(1ms);
  if (place != CapturePlace::of(segment)) return std::nullopt;
  return identified || stamped ? Time::duration(1ms) : Time::duration(100us);
}

void Sightings::add(const Segment& segment, const Stamp& at) {
  latest_[next_] = {at, name_of(segment), CapturePlace::of(segment)};
  next_ = static_cast<std::uint8_t>((next_ + 1u) % latest_.size());
}

// At one place an ACK may be sent again as it was: only its identification tells that it was not.
std::optional<std::uint64_t> Sightings::frame_of(const Segment& segment, const Stamp& at) const {
  const std::uint32_t name = name_of(segment);
  const auto same = std::ranges::find_if(latest_, [&](const Sighting& it) {
    if (it.at.frame == 0 || it.name != name) return false;
    if (it.place == CapturePlace::of(segment) && !is_identified(segment)) return false;
    const auto longest = longest_way(segment, it.place);
    return longest && within_or_at(*longest, it.at.time, at.time);
  });
  return same == latest_.end() ? std::nullopt : std::optional(same->at.frame);
}

}  // namespace echolab::capture
