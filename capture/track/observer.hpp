// Follows every conversation of a capture. It takes decoded packets in and gives observations out; it reads no clock.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "capture/track/observation.hpp"

namespace echolab::capture {

struct ObserverLimits {
  std::size_t conversations = 1'000'000;  // more, and the oldest are let go (embryonic ones first)
};

class Observer {
 public:
  /// Called once for each conversation: when it ends, is let go, or at `finish`, in the order of their numbers there.
  using StreamEnded = std::function<void(const StreamSummary&)>;

  explicit Observer(StreamEnded stream_ended = {}, ObserverLimits limits = {});
  ~Observer();
  Observer(Observer&&) noexcept;
  Observer& operator=(Observer&&) noexcept;

  /// The packet as a tap sees it: sent and, it is assumed, delivered.
  Observation observe(const Packet& packet, const Decoded& decoded);

  /// The capture is over: gives out the summary of every conversation still known.
  void finish();

 private:
  struct Table;
  std::unique_ptr<Table> table_;
};

}  // namespace echolab::capture
