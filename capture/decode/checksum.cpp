#include "capture/decode/checksum.hpp"

#include <bit>
#include <cstring>

#include "capture/decode/address.hpp"

namespace echolab::capture {
namespace {

constexpr bool little_endian = std::endian::native == std::endian::little;

std::uint64_t added(std::uint64_t sum, std::uint64_t word) {
  sum += word;
  return sum + (sum < word);  // what was carried out
}

/// RFC 1071, 2: words of 64 bits add up like words of 16 (C), and in this machine's byte order as in the network's, for
/// the sum swaps as its words do (B). Four sums at a time, so that no addition waits for another.
std::uint64_t sum_of(std::span<const std::byte> bytes) {
  const std::byte* at = bytes.data();
  const std::byte* const end = at + bytes.size();
  const auto word = [&at](std::size_t place) {
    std::uint64_t value = 0;
    std::memcpy(&value, at + place * sizeof value, sizeof value);
    return value;
  };
  std::uint64_t first = 0, second = 0, third = 0, fourth = 0;
  for (; end - at >= 32; at += 32) {
    first = added(first, word(0)), second = added(second, word(1));
    third = added(third, word(2)), fourth = added(fourth, word(3));
  }
  for (; end - at >= 8; at += 8) first = added(first, word(0));
  std::uint64_t rest = 0;
  if (at != end) std::memcpy(&rest, at, static_cast<std::size_t>(end - at));
  return added(added(first, second), added(added(third, fourth), rest));
}

}  // namespace

InternetSum& InternetSum::add(std::span<const std::byte> bytes) {
  sum_ = added(sum_, sum_of(bytes));
  return *this;
}

InternetSum& InternetSum::add(std::uint32_t number) {
  const std::uint32_t swapped = number << 24 | (number & 0xff00) << 8 | (number >> 8 & 0xff00) | number >> 24;
  sum_ = added(sum_, little_endian ? swapped : number);
  return *this;
}

//  +--------+--------+--------+--------+
//  |           Source Address          |
//  +--------+--------+--------+--------+     both four times as long in IPv6
//  |         Destination Address       |
//  +--------+--------+--------+--------+
//  |  zero  |  PTCL  |    TCP Length   |     of 32 bits in IPv6; the sum is the same
//  +--------+--------+--------+--------+
InternetSum& InternetSum::add_pseudo_header(const IpAddress& source, const IpAddress& destination,
                                            std::uint8_t protocol, std::size_t length) {
  for (const IpAddress* address : {&source, &destination}) add(std::as_bytes(std::span(address->bytes)));
  return add(protocol).add(static_cast<std::uint32_t>(length));
}

std::uint16_t InternetSum::folded() const {
  std::uint64_t sum = sum_;
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(little_endian ? sum >> 8 | sum << 8 : sum);
}

}  // namespace echolab::capture
