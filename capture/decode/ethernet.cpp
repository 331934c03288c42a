// IEEE 802.3 clause 3.2 (frames), 802.1Q clause 9 (tags), 802.2 and RFC 1042 (LLC and SNAP).
#include "capture/decode/layers.hpp"

namespace echolab::capture {

namespace {

constexpr int most_tags = 8;  // stacked VLAN tags that are walked

}  // namespace

//  +-----------------+----------------+---------------+-----------
//  | destination (6) |   source (6)   | EtherType (2) |  payload
//  +-----------------+----------------+---------------+-----------
Decoded decode_ethernet(Cursor in) {
  if (const auto shortage = in.lacks(14)) return too_short("ethernet", *shortage);
  in.skip(6 + 6);
  const auto type_or_length = in.u16();
  if (type_or_length >= first_ethertype) return decode_ethertype(type_or_length, in);
  if (type_or_length < in.length()) in.set_length(type_or_length);  // the rest is padding
  return decode_llc(in);
}

// Each VLAN tag stands between the addresses and the true EtherType:
//  +---------------------------+---------------+-----
//  | priority, VLAN number (2) | EtherType (2) |
//  +---------------------------+---------------+-----
Decoded decode_ethertype(std::uint16_t type, Cursor in) {
  for (int tags = 0; is_vlan_tag(type); ++tags) {
    if (tags == most_tags) return other(Other::Kind::chain_too_long, type);
    if (const auto shortage = in.lacks(4)) return too_short("vlan", *shortage);
    in.skip(2);
    type = in.u16();
  }
  switch (type) {
    case 0x0800: return decode_ipv4(in);
    case 0x86dd: return decode_ipv6(in);
    case 0x8847:  // MPLS: RFC 3032, section 5
    case 0x8848:
    case 0x8864:  // PPPoE, its session: RFC 2516, section 4
    case 0x88e5:  // MACsec: IEEE 802.1AE
    case 0x88e7:  // Ethernet in Ethernet: IEEE 802.1ah
      return other(Other::Kind::wrapped, type);
    default: return other(Other::Kind::not_ip, type);
  }
}

//  +----------+----------+-------------+   SNAP (both SAPs AA, control 03) adds   +---------+---------------+
//  | DSAP (1) | SSAP (1) | control (1) |                                          | OUI (3) | EtherType (2) |
//  +----------+----------+-------------+                                          +---------+---------------+
Decoded decode_llc(Cursor in) {
  if (const auto shortage = in.lacks(3)) return too_short("llc", *shortage);
  const auto access_points = in.u16();
  const auto control = in.u8();
  const bool snap = access_points == 0xaaaa && control == 0x03;
  if (!snap) return other(Other::Kind::not_ip, access_points);
  if (const auto shortage = in.lacks(5)) return too_short("snap", *shortage);
  const auto organization = static_cast<std::uint32_t>(in.u8()) << 16 | in.u16();
  const auto type = in.u16();
  return organization == 0 ? decode_ethertype(type, in) : other(Other::Kind::not_ip, type);
}

}  // namespace echolab::capture
