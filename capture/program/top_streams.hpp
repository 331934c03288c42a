// The conversations that come first by a measure: --sort and --top. Its memory is that of so many, whatever there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "capture/track/stream_summary.hpp"

namespace echolab::capture {

enum class Measure : std::uint8_t { bytes, packets, duration, again };

class TopStreams {
 public:
  TopStreams(Measure measure, std::size_t most) : measure_(measure), most_(most) {}

  void add(const StreamSummary& stream);
  /// The greatest first; equal ones as they are numbered, TCP before UDP.
  std::vector<StreamSummary> take();
  std::uint64_t left_out() const { return added_ - kept_.size(); }

 private:
  Measure measure_;
  std::size_t most_;
  std::uint64_t added_ = 0;
  std::vector<StreamSummary> kept_;  // a heap: the one that leaves next is in front
};

}  // namespace echolab::capture
