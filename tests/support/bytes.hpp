// Packets written as hexadecimal text, with a comment after '#' on each line.
#pragma once

#include <charconv>
#include <cstddef>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "capture/source/packet.hpp"

namespace echolab::test {

using Bytes = std::vector<std::byte>;

/// "45 00  # version and header length" and further such lines.
inline Bytes bytes(const std::string& text) {
  Bytes result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    for (std::string word; words >> word;) {
      unsigned value = 0;
      const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, 16);
      if (word.size() != 2 || error != std::errc() || end != word.data() + 2) throw std::invalid_argument(word);
      result.push_back(static_cast<std::byte>(value));
    }
  }
  return result;
}

/// `packet` with other bytes at `offset`.
inline Bytes with(Bytes packet, std::size_t offset, const std::string& replacement) {
  for (const auto byte : bytes(replacement)) packet.at(offset++) = byte;
  return packet;
}

inline Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

/// A whole packet, nothing of it cut.
inline capture::Packet packet(capture::LinkType link_type, std::span<const std::byte> bytes) {
  return {
      .frame = 1, .link_type = link_type, .bytes = bytes, .original_length = static_cast<std::uint32_t>(bytes.size())};
}

}  // namespace echolab::test
