// What is asked: the same work for both protocols, and what the wire does to it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "capture/track/observation.hpp"
#include "net/address.hpp"

namespace echolab::compare {

using capture::Protocol;
using Nanoseconds = std::chrono::nanoseconds;

/// One of each: what TCP gave and what UDP gave.
template <typename Value>
struct Both {
  Value tcp{}, udp{};
  Value& operator[](Protocol protocol) { return protocol == Protocol::tcp ? tcp : udp; }
  const Value& operator[](Protocol protocol) const { return protocol == Protocol::tcp ? tcp : udp; }
};
inline constexpr Protocol both[] = {Protocol::tcp, Protocol::udp};

/// Where the servers are.
enum class Place : std::uint8_t {
  lab,       // on a host of their own, with our wire between
  loopback,  // on this machine
  foreign,   // somewhere, and not ours
};

/// What the wire does to every frame.
struct Line {
  Nanoseconds delay{};  // one way
  double loss = 0;      // 0 to 1
  std::uint64_t seed = 1;
  Nanoseconds round_trip() const { return 2 * delay; }
};

struct Plan {
  static constexpr std::size_t smallest = 8, largest = 1472;  // a number fits in; it fits in one packet

  Place place = Place::lab;
  std::uint64_t messages = 20;
  std::size_t size = 64;  // of a message, bytes
  Line line = {};
  unsigned runs = 3;                // of the exchange: its counts are those of the first, its times a median
  Both<net::Address> servers = {};  // foreign ones
};

}  // namespace echolab::compare
