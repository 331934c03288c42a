// Follows every conversation of a capture. It takes decoded packets in and gives observations out; it reads no clock.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "capture/track/observation.hpp"
#include "capture/track/unfinished_packet.hpp"

namespace echolab::capture {

struct ObserverLimits {
  std::size_t conversations = 1'000'000;  // more, and the oldest are let go (embryonic ones first)
};

class Observer {
 public:
  /// Called once for each conversation: when it ends, is let go, or at `finish`, in the order of their numbers there.
  using StreamEnded = std::function<void(const StreamSummary&)>;

  /// Called once for each fragmented packet that never became whole, or was refused, as soon as it is let go or at
  /// `finish`.
  using PacketUnfinished = std::function<void(const UnfinishedPacket&)>;

  explicit Observer(StreamEnded stream_ended = {}, ObserverLimits limits = {}, PacketUnfinished packet_unfinished = {});
  ~Observer();
  Observer(Observer&&) noexcept;
  Observer& operator=(Observer&&) noexcept;

  /// The packet as a tap sees it: sent and, it is assumed, delivered.
  Observation observe(const Packet& packet, const Decoded& decoded);

  /// The packet as a wire sees it that can hold it: it has left its sender, and nobody has it yet.
  Observation sent(const Packet& packet, const Decoded& decoded);
  /// At `now` the wire has handed over the segment of `seen`, which `sent` gave: its receiver moves, and `seen` tells
  /// so. `taken` is the segment as the receiver takes it, in order: without a FIN that must wait for data before it,
  /// with a FIN that waited for this data. A second delivery of the same segment is told in the same way.
  void delivered(Observation& seen, const Segment& taken, Time now);
  /// The states of both ends as they are known now, into `seen`.
  void look_again(Observation& seen) const;

  /// The capture is over: gives out the summary of every conversation still known, and then the unfinished packets.
  void finish();

 private:
  struct Table;
  std::unique_ptr<Table> table_;
};

}  // namespace echolab::capture
