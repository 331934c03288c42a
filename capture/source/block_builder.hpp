// One pcapng block as it is written, in this machine's byte order. The drawings stand where blocks are read:
// interface_table.cpp, packet_block.cpp, pcapng_reader.cpp. Private to capture/source.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "capture/source/pcapng.hpp"

namespace echolab::capture {

class BlockBuilder {
 public:
  BlockBuilder& begin(std::uint32_t type) {
    bytes_.clear();
    return add(type).add(std::uint32_t{0});  // its length, once it is known
  }
  template <class Number>
  BlockBuilder& add(Number number) {
    return add_bytes(std::as_bytes(std::span(&number, 1)));
  }
  BlockBuilder& add_padded(std::span<const std::byte> bytes) {
    add_bytes(bytes);
    bytes_.resize(pcapng::padded(bytes_.size()));
    return *this;
  }
  BlockBuilder& add_option(std::uint16_t code, std::span<const std::byte> value) {
    return add(code).add(static_cast<std::uint16_t>(value.size())).add_padded(value);
  }
  BlockBuilder& add_option(std::uint16_t code, std::string_view value) {
    return add_option(code, std::as_bytes(std::span(value)));
  }
  template <class Number>
  BlockBuilder& add_number_option(std::uint16_t code, Number number) {
    return add_option(code, std::as_bytes(std::span(&number, 1)));
  }
  BlockBuilder& end_options() { return add(std::uint16_t{pcapng::end_of_options}).add(std::uint16_t{0}); }

  /// The whole block, with its length at both ends; valid until the next `begin`.
  std::span<const std::byte> end() {
    const auto length = static_cast<std::uint32_t>(bytes_.size() + sizeof(std::uint32_t));
    add(length);
    const auto in_front = std::as_bytes(std::span(&length, 1));
    std::copy(in_front.begin(), in_front.end(), bytes_.begin() + sizeof(std::uint32_t));
    return bytes_;
  }

 private:
  BlockBuilder& add_bytes(std::span<const std::byte> bytes) {
    // With `insert` g++ 12 at -O3 warns of an overflow that cannot be.
    const std::size_t before = bytes_.size();
    bytes_.resize(before + bytes.size());
    std::ranges::copy(bytes, bytes_.begin() + static_cast<std::ptrdiff_t>(before));
    return *this;
  }
  std::vector<std::byte> bytes_;
};

}  // namespace echolab::capture
