// What tells conversations apart: the transport and the two (address, port) sides, whichever sends. Every packet is
// looked up by it, so whole words are mixed, not bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "capture/track/stream_summary.hpp"

namespace echolab::capture {

/// As FNV-1a does it with bytes; the shift lets the upper half of a product reach the lower one. `seed` differs in
/// every run, so that nobody can choose keys that collide (FAULTS C28).
template <std::size_t count>
std::uint64_t hash_of(const std::array<std::uint64_t, count>& words, std::uint64_t seed) {
  std::uint64_t hash = seed;
  for (const std::uint64_t word : words) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 32;
  }
  return hash;
}

/// The two sides of a conversation, in any order.
struct FlowKey {
  Protocol protocol;
  const Endpoint &a, &b;

  /// Both sides count alike: a sum has no order.
  std::uint32_t hash(std::uint64_t seed) const {
    const std::uint64_t sides = hash_of(words(a), seed) + hash_of(words(b), seed);
    return static_cast<std::uint32_t>(hash_of(std::array{sides ^ static_cast<std::uint64_t>(protocol)}, seed));
  }
  bool joins(const Endpoint& one, const Endpoint& other) const {
    return (one == a && other == b) || (one == b && other == a);
  }

 private:
  /// The address in two words, the port and the address's version in the third.
  static std::array<std::uint64_t, 3> words(const Endpoint& side) {
    std::array<std::uint64_t, 3> out{};
    std::memcpy(out.data(), side.address.bytes.data(), side.address.bytes.size());
    out[2] = std::uint64_t{side.port} << 8 | static_cast<std::uint64_t>(side.address.version);
    return out;
  }
};

}  // namespace echolab::capture
