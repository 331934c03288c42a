// Capture files written byte by byte, right or wrong. pcap: draft-ietf-opsawg-pcap; pcapng: draft-ietf-opsawg-pcapng.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

#include "tests/support/bytes.hpp"

namespace echolab::test {

inline Bytes little(std::uint64_t value, int size) {
  Bytes result;
  for (int i = 0; i < size; ++i) result.push_back(static_cast<std::byte>(value >> 8 * i));
  return result;
}
inline Bytes le32(std::uint64_t value) { return little(value, 4); }
inline Bytes le16(std::uint64_t value) { return little(value, 2); }

inline constexpr std::uint32_t microseconds = 0xa1b2c3d4, nanoseconds = 0xa1b23c4d, modified = 0xa1b2cd34;

struct FileHeader {
  std::uint32_t magic = microseconds;
  std::uint16_t major = 2, minor = 4;
  std::uint32_t snaplen = 65535, link_type = 1;
};

/// 24 bytes.
inline Bytes file_header(const FileHeader& header = {}) {
  return le32(header.magic) + le16(header.major) + le16(header.minor) + le32(0) + le32(0) + le32(header.snaplen) +
         le32(header.link_type);
}

/// 16 bytes, then the packet.
inline Bytes record(const Bytes& packet, std::uint32_t seconds = 1, std::uint32_t fraction = 0) {
  return le32(seconds) + le32(fraction) + le32(packet.size()) + le32(packet.size()) + packet;
}

/// The numbers of pcapng blocks in a section's byte order, and whole blocks of them.
struct Pcapng {
  bool big_endian = false;

  Bytes number(std::uint64_t value, int size) const {
    Bytes result = little(value, size);
    if (big_endian) std::ranges::reverse(result);
    return result;
  }
  Bytes n16(std::uint64_t value) const { return number(value, 2); }
  Bytes n32(std::uint64_t value) const { return number(value, 4); }
  Bytes n64(std::uint64_t value) const { return number(value, 8); }

  /// Type, length, body, length again.
  Bytes block(std::uint32_t type, const Bytes& body) const {
    const auto length = n32(12 + body.size());
    return n32(type) + length + body + length;
  }
  Bytes option(std::uint16_t code, const Bytes& value) const { return n16(code) + n16(value.size()) + padded(value); }

  Bytes section_header() const { return block(0x0a0d0d0a, n32(0x1a2b3c4d) + n16(1) + n16(0) + n64(~0ull)); }
  Bytes interface(std::uint16_t link_type, std::uint32_t snaplen = 65535, const Bytes& options = {}) const {
    return block(1, n16(link_type) + n16(0) + n32(snaplen) + options);
  }
  /// One second after 1970, by the default unit.
  Bytes enhanced(const Bytes& packet, std::uint32_t interface = 0, std::uint64_t stamp = 1'000'000,
                 const Bytes& options = {}) const {
    return block(6, n32(interface) + time(stamp) + n32(packet.size()) + n32(packet.size()) + padded(packet) + options);
  }
  Bytes obsolete(const Bytes& packet, std::uint16_t interface, std::uint64_t stamp) const {
    return block(2, n16(interface) + n16(7) + time(stamp) + n32(packet.size()) + n32(packet.size()) + padded(packet));
  }
  Bytes simple(const Bytes& packet, std::uint32_t original) const { return block(3, n32(original) + padded(packet)); }
  Bytes statistics(std::uint32_t interface, const Bytes& options) const {
    return block(5, n32(interface) + time(2'000'000) + options);
  }
  Bytes time(std::uint64_t stamp) const { return n32(stamp >> 32) + n32(stamp & 0xffffffff); }

  static Bytes padded(Bytes bytes) {
    bytes.resize((bytes.size() + 3) / 4 * 4);
    return bytes;
  }
};

inline Bytes text_bytes(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

inline Bytes block(std::uint32_t type, const Bytes& body) { return Pcapng{}.block(type, body); }
inline Bytes section_header() { return Pcapng{}.section_header(); }
inline Bytes interface_description(std::uint16_t link_type, std::uint32_t snaplen = 65535) {
  return Pcapng{}.interface(link_type, snaplen);
}
inline Bytes enhanced_packet(const Bytes& packet, std::uint32_t interface = 0) {
  return Pcapng{}.enhanced(packet, interface);
}

}  // namespace echolab::test
