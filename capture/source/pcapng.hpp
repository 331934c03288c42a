// The numbers of draft-ietf-opsawg-pcapng that reader and writer share. Private to capture/source.
#pragma once

#include <cstddef>
#include <cstdint>

#include "capture/source/packet.hpp"

namespace echolab::capture::pcapng {

/// Section 4, "Section Definition": which block this is.
enum BlockType : std::uint32_t {
  interface_description = 1,
  old_packet = 2,  // appendix A: obsolete, and still in files
  simple_packet = 3,
  interface_statistics = 5,
  enhanced_packet = 6,
  section_header = 0x0a0d0d0a,  // the same in either byte order
};

/// Options of every block (section 3.5).
enum Option : std::uint16_t { end_of_options = 0, comment = 1 };

/// Options of an interface description block (section 4.2).
enum InterfaceOption : std::uint16_t {
  if_name = 2,
  if_description = 3,
  if_ipv4_address = 4,
  if_ipv6_address = 5,
  if_mac_address = 6,
  if_tsresol = 9,
  if_filter = 11,
  if_os = 12,
  if_fcslen = 13,
  if_tsoffset = 14,
  if_hardware = 15,
};

inline constexpr char as_text = '\0';  // the first byte of an if_filter that is a libpcap expression

/// Options of an interface statistics block (section 4.6).
enum StatisticsOption : std::uint16_t { isb_ifrecv = 4, isb_ifdrop = 5, isb_osdrop = 7 };

/// Files have a number of their own for raw IP; the other link types that we read are called alike.
inline constexpr std::uint16_t linktype_raw = 101;
constexpr LinkType link_type_of(std::uint16_t in_file) {
  return in_file == linktype_raw ? LinkType::raw : static_cast<LinkType>(in_file);
}
constexpr std::uint16_t in_file(LinkType link_type) {
  return link_type == LinkType::raw ? linktype_raw : static_cast<std::uint16_t>(link_type);
}

inline constexpr std::uint32_t byte_order_magic = 0x1a2b3c4d;
inline constexpr std::size_t frame_of_block = 12;  // type and the length at both ends: the shortest block

/// Everything stands on a boundary of 4 bytes.
constexpr std::size_t padded(std::size_t size) { return (size + 3) / 4 * 4; }

}  // namespace echolab::capture::pcapng
