// Capture files written byte by byte, right or wrong. pcap: draft-ietf-opsawg-pcap; pcapng: draft-ietf-opsawg-pcapng.
#pragma once

#include <cstdint>

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

/// A pcapng block: type, length, body, length again.
inline Bytes block(std::uint32_t type, const Bytes& body) {
  const auto length = le32(12 + body.size());
  return le32(type) + length + body + length;
}
inline Bytes section_header() { return block(0x0a0d0d0a, le32(0x1a2b3c4d) + le16(1) + le16(0) + little(~0ull, 8)); }
inline Bytes interface_description(std::uint16_t link_type, std::uint32_t snaplen = 65535) {
  return block(1, le16(link_type) + le16(0) + le32(snaplen));
}
/// `packet` is a multiple of 4 bytes long.
inline Bytes enhanced_packet(const Bytes& packet, std::uint32_t interface = 0) {
  return block(6, le32(interface) + le32(0) + le32(1'000'000) + le32(packet.size()) + le32(packet.size()) + packet);
}

}  // namespace echolab::test
