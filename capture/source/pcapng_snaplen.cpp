#include "capture/source/pcapng_snaplen.hpp"

#include <algorithm>

namespace echolab::capture {

namespace {

constexpr std::uint32_t section_header = 0x0a0d0d0a;  // the same in either byte order
constexpr std::uint32_t interface_description = 1;
constexpr std::uint32_t byte_order_magic = 0x1a2b3c4d;

}  // namespace

std::uint32_t PcapngSnaplen::number(std::span<const char> bytes) const {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[big_endian_ ? i : 3 - i]);
  return value;
}

//  Section header block                     Interface description block
//  +---------------------------------+      +---------------------------------+
//  |  block type 0x0a0d0d0a          |   0  |  block type 1                   |
//  |  block length                   |   4  |  block length                   |
//  |  byte-order magic 0x1a2b3c4d    |   8  |  link type (2)  |  reserved (2) |
//  |  version ...                    |  12  |  snaplen                        |
void PcapngSnaplen::pass(std::span<char> head) {
  constexpr std::uint32_t shortest_block = 12;
  if (head.size() < head_size) return next_block_.reset();
  const auto type = number(head);
  if (next_block_ == 0u && type != section_header) return next_block_.reset();
  if (type == section_header) {
    big_endian_ = false;
    big_endian_ = number(head.subspan(8)) != byte_order_magic;
  }
  if (type == interface_description) std::ranges::fill(head.subspan(12, 4), '\0');
  const auto length = number(head.subspan(4));
  if (length < shortest_block) return next_block_.reset();  // libpcap says so in its own words
  *next_block_ += length;
}

}  // namespace echolab::capture
