// What tells conversations apart: the transport and the two (address, port) sides, whichever sends. Every packet is
// looked up by it, so it is made of whole words: they are compared and mixed one at a time, not byte by byte.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "capture/track/stream_summary.hpp"

namespace echolab::capture {

/// As FNV-1a does it with bytes; the shift lets the upper half of a product reach the lower one. `seed` differs in
/// every run, so that nobody can choose keys that collide (FAULTS C28).
template <std::size_t count>
std::size_t hash_of(const std::array<std::uint64_t, count>& words, std::uint64_t seed) {
  std::uint64_t hash = seed;
  for (const std::uint64_t word : words) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 32;
  }
  return hash;
}

class FlowKey {
 public:
  FlowKey(Protocol transport, const Endpoint& a, const Endpoint& b) {
    Words low = words(a), high = words(b);
    if (high < low) std::swap(low, high);
    words_ = {low[0], low[1], low[2], high[0], high[1], high[2] | static_cast<std::uint64_t>(transport) << 32};
  }
  friend bool operator==(const FlowKey&, const FlowKey&) = default;

  std::size_t hash(std::uint64_t seed) const { return hash_of(words_, seed); }

 private:
  using Words = std::array<std::uint64_t, 3>;
  /// The address in two words, the port and the address's version in the third.
  static Words words(const Endpoint& side) {
    Words out{};
    std::memcpy(out.data(), side.address.bytes.data(), side.address.bytes.size());
    out[2] = std::uint64_t{side.port} << 8 | static_cast<std::uint64_t>(side.address.version);
    return out;
  }

  std::array<std::uint64_t, 6> words_;
};

class FlowHash {
 public:
  explicit FlowHash(std::uint64_t seed) : seed_(seed) {}
  std::size_t operator()(const FlowKey& key) const { return key.hash(seed_); }

 private:
  std::uint64_t seed_;
};

}  // namespace echolab::capture
