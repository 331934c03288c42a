// A short name for some bytes: equal bytes have equal names, and others very likely not (1 in 2^32). Not for keeping
// secrets: who wants two different payloads with one name can make them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace echolab::capture {

inline std::uint32_t digest(std::span<const std::byte> bytes) {
  constexpr std::uint64_t spread = 0x9e3779b97f4a7c15;  // 2^64 / golden ratio: an odd number without a pattern
  const auto mixed = [](std::uint64_t sum, std::uint64_t word) {
    sum = (sum ^ word) * spread;
    return sum ^ sum >> 32;
  };
  std::uint64_t sum = bytes.size();
  if (bytes.size() >= 64) {  // four sums at a time: no product waits for the one before it
    std::array<std::uint64_t, 4> sums{sum, sum + 1, sum + 2, sum + 3}, words;
    for (; bytes.size() >= sizeof words; bytes = bytes.subspan(sizeof words)) {
      std::memcpy(words.data(), bytes.data(), sizeof words);
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = mixed(sums[i], words[i]);
    }
    for (const std::uint64_t one : sums) sum = mixed(sum, one);
  }
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t taken = bytes.size() < sizeof word ? bytes.size() : sizeof word;
    std::memcpy(&word, bytes.data(), taken);
    sum = mixed(sum, word);
    bytes = bytes.subspan(taken);
  }
  return static_cast<std::uint32_t>(sum);
}

}  // namespace echolab::capture
