// The project's own sniffer inside an echo program: capture -> decode -> observe -> explain, on the program's own port.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "net/call_log.hpp"
#include "tools/timeline/options.hpp"

namespace echolab::timeline {

class Sniffer {
 public:
  using Opened = std::variant<Sniffer, capture::SourceError>;

  /// Takes in what passes `port` on `interface` from now on.
  static Opened open(const std::string& interface, std::uint16_t port, Protocol protocol);

  /// The next packet that passed before `time` or at it; nullptr: there is none yet. Never blocks. It is good until the
  /// next call; later packets wait where the kernel has put them.
  const capture::Observation* next_until(net::WallTime time);

  /// Whether a packet is known to wait for its time.
  bool waits() const { return waiting_.has_value(); }
  int selectable_fd() const { return source_.selectable_fd(); }
  std::uint64_t dropped() const { return source_.counts().dropped; }

 private:
  explicit Sniffer(capture::PacketSource source) : source_(std::move(source)) {}

  capture::PacketSource source_;
  std::optional<capture::Packet> waiting_;
  capture::Observer observer_;
  capture::Observation seen_;  // of the latest packet; its room is used again
};

/// It moves no state, is no step, and nothing is remarkable about it.
bool is_routine(const capture::Observation& seen);

}  // namespace echolab::timeline
