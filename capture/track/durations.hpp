// How long something took over many connections: least, most and the median, in memory that does not grow with them.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

#include "capture/track/stream_summary.hpp"

namespace echolab::capture {

/// Least and most are exact. The median is the middle of a bin that is 1/64 of its size wide, so off by less than 1 %.
/// At most 30 KB, reached only by times that differ by many orders of magnitude.
class Durations {
 public:
  /// Precondition: lasted >= 0.
  void add(std::chrono::nanoseconds lasted);

  std::uint64_t count() const { return count_; }
  std::chrono::nanoseconds least() const { return least_; }
  std::chrono::nanoseconds most() const { return most_; }
  /// The lower one of two in the middle. 0 where nothing was added.
  std::chrono::nanoseconds median() const;

 private:
  std::vector<std::uint64_t> bins_;  // up to the highest in use
  std::uint64_t count_ = 0;
  std::chrono::nanoseconds least_{}, most_{};
};

/// For each side and state the stays that have ended. One that the capture's end cut off says too little.
class StayStatistics {
 public:
  void add(const StreamSummary& stream);
  const Durations& of(Side side, State state) const {
    return by_side_[static_cast<std::size_t>(side)][static_cast<std::size_t>(state)];
  }

 private:
  std::array<std::array<Durations, state_count>, 2> by_side_;
};

}  // namespace echolab::capture
