// A short name for some bytes: equal bytes have equal names, and others very likely not (1 in 2^32). Not for keeping
// secrets: who wants two different payloads with one name can make them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace echolab::capture {

inline std::uint32_t digest(std::span<const std::byte> bytes) {
  constexpr std::uint64_t spread = 0x9e3779b97f4a7c15;  // 2^64 / golden ratio: an odd number without a pattern
  std::uint64_t sum = bytes.size();
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t taken = bytes.size() < sizeof word ? bytes.size() : sizeof word;
    std::memcpy(&word, bytes.data(), taken);
    sum = (sum ^ word) * spread;
    sum ^= sum >> 32;
    bytes = bytes.subspan(taken);
  }
  return static_cast<std::uint32_t>(sum);
}

}  // namespace echolab::capture
