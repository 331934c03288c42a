// IPv6 extension headers: RFC 8200, section 4; RFC 6564 (their common shape); RFC 4302 (AH, in IPv4 too).
#include "capture/decode/layers.hpp"

namespace echolab::capture {

namespace {

constexpr int most_headers = 16;  // no honest packet has more

enum Extension : std::uint8_t {
  hop_by_hop = 0,
  routing = 43,
  fragment = 44,
  authentication = ip_protocol::authentication,
  destination_options = 60,
  mobility = 135,
  host_identity = 139,
  shim6 = 140,
};

/// Whether the packet is going to other hosts yet (RFC 8200 4.4), or comes from elsewhere than its source says: the
/// option "home address" (RFC 6275 6.3). `in` stands behind the header's length.
bool readdresses(std::uint8_t header, Cursor in) {
  constexpr std::uint8_t pad_1 = 0, home_address = 201;
  if (header == routing) {
    in.skip(1);  // its type
    return in.u8() != 0;
  }
  while (header == destination_options && !in.lacks(2)) {
    const auto option = in.u8();
    if (option == home_address) return true;
    if (option != pad_1) in.skip(in.u8());
  }
  return false;
}

//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-
//  |  Next Header  |  Hdr Ext Len  |  ...        in units of 8 bytes, the first 8 not counted;
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-      for AH in units of 4, the first 2 units not counted
std::optional<Decoded> skip_header(IpHeader& ip, Cursor& in) {
  const bool is_ah = ip.protocol == authentication;
  const auto layer = is_ah ? "ah" : "ipv6";
  if (const auto shortage = in.lacks(8)) return too_short(layer, *shortage, &ip);
  Cursor header = in;
  const auto next = header.u8();
  const std::size_t units = header.u8();
  const std::size_t length = is_ah ? (units + 2) * 4 : (units + 1) * 8;
  if (const auto shortage = in.lacks(length))
    return too_short(layer, *shortage, &ip, Malformed::Field::extension_length);
  header.set_length(length - 2);
  if (ip.v6 && readdresses(ip.protocol, header)) ip.readdressed = true;
  in.skip(length);
  ip.protocol = next;
  return std::nullopt;
}

//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |  Next Header  |   Reserved    |      Fragment Offset    |Res|M|
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                         Identification                        |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// `repeated`: bytes of extension headers before this one, which every fragment has.
std::optional<Decoded> read_fragment_header(IpHeader& ip, std::size_t repeated, Cursor& in) {
  if (const auto shortage = in.lacks(8)) return too_short("ipv6", *shortage, &ip);
  ip.protocol = in.u8();
  in.skip(1);
  const std::uint32_t offset_and_more = in.u16();
  const Fragment piece{
      .identification = in.u32(), .offset = offset_and_more & 0xfff8, .more = (offset_and_more & 1) != 0};
  ++ip.info.fragment_headers;
  const bool atomic = piece.first() && !piece.more;
  ip.info.atomic_fragment = atomic && !ip.info.fragment;  // inside a fragment nothing is whole
  return atomic ? std::nullopt : enter_fragment(ip, piece, repeated, in);
}

bool is_extension(const IpHeader& ip) {
  if (!ip.v6) return ip.protocol == authentication;
  switch (ip.protocol) {
    case hop_by_hop:
    case routing:
    case fragment:
    case authentication:
    case destination_options:
    case mobility:
    case host_identity:
    case shim6: return true;
    default: return false;
  }
}

}  // namespace

std::optional<Decoded> walk_extensions(IpHeader& ip, Cursor& in) {
  const auto start = in.offset();
  for (int walked = 0; is_extension(ip); ++walked) {
    if (walked == most_headers) return other(Other::Kind::chain_too_long, ip.protocol, &ip);
    auto ending =
        ip.v6 && ip.protocol == fragment ? read_fragment_header(ip, in.offset() - start, in) : skip_header(ip, in);
    if (ending) return ending;
  }
  return std::nullopt;
}

}  // namespace echolab::capture
