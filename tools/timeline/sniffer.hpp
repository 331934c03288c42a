// The project's own sniffer inside an echo program: capture -> decode -> observe -> explain, on the program's own port.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "net/call_log.hpp"
#include "tools/timeline/options.hpp"

namespace echolab::timeline {

/// One packet, to be told or not. Its bytes are its own: those of the source do not outlive the next packet.
struct CapturedPacket {
  net::WallTime time{};
  capture::StreamView stream;
  std::optional<capture::TcpView> tcp;
  bool routine = false;          // moves no state, is no step, and nothing is remarkable about it
  capture::Observation seen;     // put into words only if it is told
  std::vector<std::byte> bytes;  // of its packet
};

class Sniffer {
 public:
  using Opened = std::variant<Sniffer, capture::SourceError>;

  /// Takes in what passes `port` on `interface` from now on.
  static Opened open(const std::string& interface, std::uint16_t port, Protocol protocol);

  /// Appends every packet that has been captured so far. Never blocks.
  void read(std::vector<CapturedPacket>& packets);

  int selectable_fd() const { return source_.selectable_fd(); }
  std::uint64_t dropped() const { return source_.counts().dropped; }

 private:
  explicit Sniffer(capture::PacketSource source) : source_(std::move(source)) {}

  capture::PacketSource source_;
  capture::Observer observer_;
  capture::Observation seen_;  // of the latest packet; its room is used again
};

}  // namespace echolab::timeline
