// Bytes that nobody expects, and the same ones every time.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace echolab::test {

inline std::string random_bytes(std::size_t size, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

}  // namespace echolab::test
