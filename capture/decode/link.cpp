// Link layers without Ethernet's header. Layouts: https://www.tcpdump.org/linktypes.html
#include "capture/decode/decode.hpp"
#include "capture/decode/layers.hpp"

namespace echolab::capture {

namespace {

// LINKTYPE_NULL, LINKTYPE_LOOP
//  +-------------------------------+
//  |  address family  (4 bytes)    |  null: in the byte order of the machine that wrote it; loop: big-endian
//  +-------------------------------+
Decoded decode_null(Cursor in) {
  if (const auto shortage = in.lacks(4)) return too_short("null", *shortage);
  std::uint32_t family = in.u32();
  // Some write an EtherType into the last two bytes instead.
  if (const std::uint16_t type = family & 0xffff; type >= first_ethertype) return decode_ethertype(type, in);
  if (family > 0xffff) family = __builtin_bswap32(family);  // families are small numbers: the other byte order
  switch (family) {
    case 2: return decode_ipv4(in);
    case 10:  // AF_INET6 on Linux,
    case 24:  // NetBSD and OpenBSD,
    case 28:  // FreeBSD,
    case 30:  // Darwin
      return decode_ipv6(in);
    default: return other(Other::Kind::not_ip, family);
  }
}

/// The protocol field of a cooked header, in the light of the hardware type (ARPHRD_*) of the interface.
Decoded decode_cooked(std::uint16_t hardware, std::uint16_t protocol, Cursor in) {
  switch (hardware) {
    case 770:  // frame relay,
    case 803:  // 802.11 with radiotap: the protocol is not filled in
    case 824:  // netlink: it is a netlink family
      return other(Other::Kind::not_ip, protocol);
    default: break;
  }
  if (protocol == 4) return decode_llc(in);  // LINUX_SLL_P_802_2
  return decode_ethertype(protocol, in);     // below 0x600 are Linux' own numbers, none of them IP
}

// LINKTYPE_LINUX_SLL, 16 bytes
//  +---------------------------+
//  |  packet type (2)          |
//  |  ARPHRD_ type (2)         |
//  |  link address length (2)  |
//  |  link address (8)         |
//  |  protocol (2)             |
//  +---------------------------+
Decoded decode_linux_sll(Cursor in) {
  if (const auto shortage = in.lacks(16)) return too_short("sll", *shortage);
  in.skip(2);
  const auto hardware = in.u16();
  in.skip(2 + 8);
  const auto protocol = in.u16();
  return decode_cooked(hardware, protocol, in);
}

// LINKTYPE_LINUX_SLL2, 20 bytes
//  +---------------------------+
//  |  protocol (2)             |
//  |  reserved (2)             |
//  |  interface index (4)      |
//  |  ARPHRD_ type (2)         |
//  |  packet type (1)          |
//  |  link address length (1)  |
//  |  link address (8)         |
//  +---------------------------+
Decoded decode_linux_sll2(Cursor in) {
  if (const auto shortage = in.lacks(20)) return too_short("sll2", *shortage);
  const auto protocol = in.u16();
  in.skip(2 + 4);
  const auto hardware = in.u16();
  in.skip(1 + 1 + 8);
  return decode_cooked(hardware, protocol, in);
}

bool has_tag_at(std::span<const std::byte> frame, std::size_t offset) {
  return is_vlan_tag(static_cast<std::uint16_t>(std::to_integer<unsigned>(frame[offset]) << 8 |
                                                std::to_integer<unsigned>(frame[offset + 1])));
}

}  // namespace

Decoded decode_link(LinkType link_type, Cursor in) {
  switch (link_type) {
    case LinkType::null:
    case LinkType::loop: return decode_null(in);
    case LinkType::ethernet: return decode_ethernet(in);
    case LinkType::raw: return decode_ip(in);
    case LinkType::linux_sll: return decode_linux_sll(in);
    case LinkType::ipv4: return decode_ipv4(in);
    case LinkType::ipv6: return decode_ipv6(in);
    case LinkType::linux_sll2: return decode_linux_sll2(in);
  }
  return other(Other::Kind::link_type, static_cast<std::uint32_t>(link_type));
}

std::uint16_t link_name(const Packet& packet) {
  const auto bytes = packet.bytes;
  std::size_t begin = 0,
              end = 0;  // what names the link; of a cooked header that is its direction and its interface, too
  switch (packet.link_type) {
    case LinkType::ethernet:
      for (end = 12; end + 4 <= bytes.size() && has_tag_at(bytes, end);) end += 4;
      break;
    case LinkType::linux_sll: end = 14; break;
    case LinkType::linux_sll2: begin = 4, end = 20; break;
    default: return 0;
  }
  if (bytes.size() < end) return 0;
  std::uint32_t name = 0;
  for (const std::byte byte : bytes.subspan(begin, end - begin))
    name = (name ^ std::to_integer<std::uint32_t>(byte)) * 0x01000193;  // FNV-1a
  return static_cast<std::uint16_t>(name ^ name >> 16);
}

bool is_link_broadcast(const Packet& packet) {
  constexpr std::byte everybody{1};  // LINUX_SLL_BROADCAST
  const auto byte_is = [&packet](std::size_t offset, std::byte value) {
    return offset < packet.bytes.size() && packet.bytes[offset] == value;
  };
  switch (packet.link_type) {
    case LinkType::ethernet:
      for (std::size_t i = 0; i < 6; ++i)
        if (!byte_is(i, std::byte{0xff})) return false;
      return true;
    case LinkType::linux_sll: return byte_is(0, std::byte{0}) && byte_is(1, everybody);
    case LinkType::linux_sll2: return byte_is(10, everybody);
    default: return false;
  }
}

Decoded decode_ip(Cursor in) {
  if (const auto shortage = in.lacks(1)) return too_short("ip", *shortage);
  switch (const std::size_t version = Cursor(in).u8() >> 4; version) {
    case 4: return decode_ipv4(in);
    case 6: return decode_ipv6(in);
    default:
      return malformed(
          {.layer = "ip", .field = Malformed::Field::version, .needed = 4, .had = version, .offset = in.offset()});
  }
}

}  // namespace echolab::capture
