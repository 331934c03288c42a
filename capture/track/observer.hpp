// Follows every conversation of a capture. It takes decoded packets in and gives observations out; it reads no clock.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "capture/track/observation.hpp"
#include "capture/track/unfinished_packet.hpp"
#include "capture/track/vantage.hpp"

namespace echolab::capture {

struct ObserverOptions {
  std::size_t conversations = 1'000'000;  // more, and the oldest are let go (embryonic ones first)
  std::size_t unpacked = 16'384;  // of them at most lie there whole, the others packed: see conversation_table.hpp
  Vantage vantage = Vantage::tap;
  bool tells_at_end = false;  // how a TCP connection went is told at its end, not when it is let go
};

class Observer {
 public:
  /// Called once for each conversation: when it is let go, or at `finish`, in the order of their numbers there. With
  /// `tells_at_end`, as soon as both ends are CLOSED or in TIME_WAIT; and once more where it has gone on all the same.
  using StreamEnded = std::function<void(const StreamSummary&)>;

  /// Called once for each fragmented packet that never became whole, as soon as it is let go or at `finish`.
  using PacketUnfinished = std::function<void(const UnfinishedPacket&)>;

  explicit Observer(StreamEnded stream_ended = {}, ObserverOptions options = {},
                    PacketUnfinished packet_unfinished = {});
  ~Observer();
  Observer(Observer&&) noexcept;
  Observer& operator=(Observer&&) noexcept;

  /// The packet has left its sender. At a tap it is assumed to be delivered, too; at the wire nobody has it yet. Its
  /// notes are final: what else is told of it later only adds to them.
  ///
  /// In place: `seen.packet` and `seen.decoded` are the caller's, all else is filled in. One that is used again and
  /// again costs no copies and, but for a conversation's first packets, no memory.
  void observe(Observation& seen);
  Observation observe(const Packet& packet, const Decoded& decoded);

  /// At `now` the wire has handed over the segment of `seen`, which `observe` gave: its receiver moves, and `seen`
  /// tells so. `taken` is the segment as the receiver takes it, in order: without a FIN that must wait for data before
  /// it, with a FIN that waited for this data. A second delivery of the same segment is told in the same way.
  void delivered(Observation& seen, const Segment& taken, Time now);
  /// The wire has lost the packet of `seen`, or handed it over damaged: nobody will have it. A tap never knows.
  void lost(const Observation& seen, bool damaged = false);
  /// The states of both ends as they are known now, into `seen`.
  void look_again(Observation& seen) const;

  /// The capture is over: gives out the summary of every conversation still known, and then the unfinished packets.
  void finish();

  /// How many conversations were let go before they had ended, for there were too many: FAULTS C27.
  std::uint64_t let_go_early() const;
  /// How many packets came to connections that were told of at their end.
  std::uint64_t after_end() const;

 private:
  struct Table;
  std::unique_ptr<Table> table_;
};

}  // namespace echolab::capture
