// What tells conversations apart: the transport and the two (address, port) sides, whichever sends.
#pragma once

#include <cstddef>
#include <cstdint>

#include "capture/track/observation.hpp"

namespace echolab::capture {

struct FlowKey {
  Protocol protocol = Protocol::tcp;
  Endpoint low, high;

  FlowKey(Protocol transport, const Endpoint& a, const Endpoint& b)
      : protocol(transport), low(a < b ? a : b), high(a < b ? b : a) {}
  friend bool operator==(const FlowKey&, const FlowKey&) = default;
};

/// FNV-1a from a seed that differs in every run, so that nobody can choose four-tuples that collide (FAULTS C28).
class FlowHash {
 public:
  explicit FlowHash(std::uint64_t seed) : seed_(seed) {}

  std::size_t operator()(const FlowKey& key) const {
    std::uint64_t hash = seed_;
    mix(hash, static_cast<std::uint64_t>(key.protocol));
    for (const Endpoint* side : {&key.low, &key.high}) {
      for (std::uint8_t byte : side->address.bytes) mix(hash, byte);
      mix(hash, side->port);
    }
    return hash ^ hash >> 32;
  }

 private:
  static void mix(std::uint64_t& hash, std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3; }
  std::uint64_t seed_;
};

}  // namespace echolab::capture
