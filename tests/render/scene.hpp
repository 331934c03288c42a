// A small capture written as a conversation, with payload, for what is drawn of it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "capture/render/summary.hpp"
#include "capture/track/observer.hpp"

namespace echolab::test {

/// One packet of a scene, alive with its bytes.
struct Shot {
  std::string payload;
  capture::Observation seen;
};

class Scene {
 public:
  explicit Scene(capture::Endpoint client = v4(40000), capture::Endpoint server = v4(9000));

  /// "P. 1:6(5) ack 1" with relative numbers; `payload` must have the length that the text names.
  Scene& client(std::string_view packet, std::string payload = {}) {
    return tcp(capture::Side::client, packet, payload);
  }
  Scene& server(std::string_view packet, std::string payload = {}) {
    return tcp(capture::Side::server, packet, payload);
  }
  Scene& client_datagram(std::string payload) { return udp(capture::Side::client, std::move(payload)); }
  Scene& server_datagram(std::string payload) { return udp(capture::Side::server, std::move(payload)); }
  /// The server's host: nobody listens on that UDP port.
  Scene& port_unreachable();
  /// Anything else that decode gives out.
  Scene& add(const capture::Decoded& decoded);
  /// The next packets belong to another pair of endpoints.
  Scene& between(capture::Endpoint client, capture::Endpoint server);
  Scene& wait(std::chrono::nanoseconds time);

  const std::vector<std::unique_ptr<Shot>>& shots() const { return shots_; }
  /// Ends the capture.
  std::vector<capture::StreamSummary> finish();

  static capture::Endpoint v4(std::uint16_t port);
  static capture::Endpoint v6(std::uint16_t port);

 private:
  Scene& tcp(capture::Side from, std::string_view packet, std::string payload);
  Scene& udp(capture::Side from, std::string payload);
  Scene& observe(capture::Decoded decoded, std::string payload);

  capture::Endpoint ends_[2];
  capture::Time now_{std::chrono::nanoseconds(1'700'364'000'123'456'789)};
  std::vector<std::unique_ptr<Shot>> shots_;
  std::unique_ptr<std::vector<capture::StreamSummary>> ended_;
  capture::Observer observer_;
};

}  // namespace echolab::test
