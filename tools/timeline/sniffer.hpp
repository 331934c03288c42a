// The project's own sniffer inside an echo program: capture -> decode -> observe -> explain, on the program's own port.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "capture/explain/explain.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "net/call_log.hpp"
#include "tools/timeline/options.hpp"

namespace echolab::timeline {

/// One packet, ready to be told: a view of a packet does not outlive the next one, its words do.
struct Sighting {
  net::WallTime time{};
  capture::StreamView stream;
  std::optional<capture::TcpView> tcp;
  bool routine = false;  // moves no state, is no step, and nothing is remarkable about it
  std::string words;     // the lines of text, or the object of JSON
};

class Sniffer {
 public:
  using Words = std::function<std::string(const capture::Observation&, const capture::Annotation&)>;
  using Opened = std::variant<Sniffer, capture::SourceError>;

  /// Takes in what passes `port` on `interface` from now on. `words` says how a packet is told.
  static Opened open(const std::string& interface, std::uint16_t port, Protocol protocol, capture::Language language,
                     Words words);

  /// Appends every packet that has been captured so far. Never blocks.
  void read(std::vector<Sighting>& sightings);

  int selectable_fd() const { return source_.selectable_fd(); }
  std::uint64_t dropped() const { return source_.counts().dropped; }

 private:
  Sniffer(capture::PacketSource source, capture::Language language, Words words)
      : source_(std::move(source)), language_(language), words_(std::move(words)) {}

  capture::PacketSource source_;
  capture::Observer observer_;
  capture::Language language_;
  Words words_;
};

}  // namespace echolab::timeline
