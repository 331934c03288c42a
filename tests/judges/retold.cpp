// pcap: draft-ietf-opsawg-pcap, sections 4 and 5; pcapng: draft-ietf-opsawg-pcapng, sections 4.1 to 4.3.
#include "tests/judges/retold.hpp"

#include <chrono>

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

constexpr std::uint32_t longest = 262144;  // of a packet

/// The LINKTYPE of a file: only that of raw IP is not the DLT.
std::uint16_t link_type_in_file(LinkType type) {
  constexpr std::uint16_t linktype_raw = 101;
  return type == LinkType::raw ? linktype_raw : static_cast<std::uint16_t>(type);
}

void append(Bytes& file, const Bytes& more) { file.insert(file.end(), more.begin(), more.end()); }

Bytes padded(Bytes bytes) {
  bytes.resize((bytes.size() + 3) / 4 * 4);
  return bytes;
}

/// if_tsresol 9: 10^-9 seconds.
Bytes nanosecond_interface(std::uint16_t link_type) {
  const Bytes resolution = le16(9) + le16(1) + padded({std::byte{9}}), end = le16(0) + le16(0);
  return block(1, le16(link_type) + le16(0) + le32(longest) + resolution + end);
}

}  // namespace

Bytes as_nanosecond_pcap(const Frames& frames) {
  const std::uint16_t link = link_type_in_file(frames.front().packet.link_type);
  Bytes file = file_header({.magic = nanoseconds, .snaplen = longest, .link_type = link});
  for (const Frame& frame : frames) {
    const auto time = static_cast<std::uint64_t>(frame.packet.time.time_since_epoch().count());
    append(file, le32(time / 1'000'000'000) + le32(time % 1'000'000'000) + le32(frame.bytes.size()) +
                     le32(frame.packet.original_length));
    append(file, frame.bytes);
  }
  return file;
}

Bytes as_pcapng(const Frames& frames) {
  Bytes file = section_header() + nanosecond_interface(link_type_in_file(frames.front().packet.link_type));
  for (const Frame& frame : frames) {
    const auto time = static_cast<std::uint64_t>(frame.packet.time.time_since_epoch().count());
    append(file, block(6, le32(0) + le32(time >> 32) + le32(time) + le32(frame.bytes.size()) +
                              le32(frame.packet.original_length) + padded(frame.bytes)));
  }
  return file;
}

bool fit_a_file(const Frames& frames) {
  constexpr Time first{}, last{std::chrono::seconds(0xffffffff)};
  const LinkType link = frames.front().packet.link_type;
  return std::ranges::all_of(frames, [&](const Frame& it) {
    return first <= it.packet.time && it.packet.time <= last && it.packet.link_type == link;
  });
}

}  // namespace echolab::test
