// What our sniffer infers, told by the wire what has left and what has arrived: nothing of it is assumed, so it can be
// held against the kernels (capture/track says how; DESIGN's two events of one segment).
#pragma once

#include <array>
#include <map>
#include <utility>

#include "capture/track/observer.hpp"
#include "tools/lab/story/in_order.hpp"
#include "tools/lab/wire/event.hpp"

namespace echolab::lab {

class Inference {
 public:
  /// The frame has arrived at the wire: it has left its sender.
  void sent(const Frame& frame);
  /// The other host has it.
  void delivered(const Frame& frame, capture::Time now);
  /// The other host will never have it.
  void lost(const Frame& frame, bool damaged = false);
  /// What is known of the frame, with both states as they are now.
  const capture::Observation& seen(const Frame& frame);
  /// The wire will not speak of the frame again.
  void forget(std::uint64_t frame) { seen_.erase(frame); }

 private:
  capture::Observer observer_{{}, {.vantage = capture::Vantage::wire}};
  struct Seen {
    capture::Observation observation;
    int deliveries = 0;
  };
  std::map<std::uint64_t, Seen> seen_;                         // by frame, of those that the wire still has
  std::map<std::pair<std::uint64_t, Host>, InOrder> arrived_;  // by stream and sender
};

}  // namespace echolab::lab
