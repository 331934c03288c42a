// IPv6 extension headers: RFC 8200, section 4; RFC 6564 (their common shape); RFC 4302 (AH, in IPv4 too).
#include "capture/decode/layers.hpp"

namespace echolab::capture {

namespace {

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
  ip.info.last_identification = piece.identification;
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

/// Counts the header that `ip.protocol` announces, and moves behind it. False where it is not whole.
bool count_header(IpHeader& ip, Cursor& in, Other::Chain& chain) {
  const bool is_fragment = ip.v6 && ip.protocol == fragment;
  if (!is_fragment && skip_header(ip, in)) return false;
  if (is_fragment) {
    if (in.lacks(8)) return false;
    ip.protocol = in.u8();
    in.skip(1);
    chain.later_fragment = (in.u16() & 0xfff8) != 0;
    in.skip(4);
    ++ip.info.fragment_headers;
  }
  ++chain.headers;
  return true;
}

/// The headers that are left, counted to the end of the packet: it has room for 8191 at most. What is behind the header
/// of a later fragment is no header.
Other too_many(IpHeader ip, Cursor in, std::uint32_t walked) {
  Other ending{.kind = Other::Kind::chain_too_long, .number = ip.protocol, .v6 = ip.v6};
  ending.source = ip.source, ending.destination = ip.destination;
  Other::Chain chain{.headers = walked};
  bool whole = true;
  while (whole && !chain.later_fragment && is_extension(ip)) whole = count_header(ip, in, chain);
  if (whole) chain.carried = ip.protocol;
  const bool is_icmp = ip.protocol == (ip.v6 ? ip_protocol::icmp6 : ip_protocol::icmp);
  if (whole && is_icmp && !chain.later_fragment && !in.captured().empty()) chain.icmp_message = in.u8();
  ending.ip = ip.info;
  ending.chain = chain;
  return ending;
}

}  // namespace

std::optional<Decoded> walk_extensions(IpHeader& ip, Cursor& in) {
  const auto start = in.offset();
  for (int walked = 0; is_extension(ip); ++walked) {
    if (walked == most_ipv6_headers) return too_many(ip, in, most_ipv6_headers);
    auto ending =
        ip.v6 && ip.protocol == fragment ? read_fragment_header(ip, in.offset() - start, in) : skip_header(ip, in);
    if (ending) return ending;
  }
  return std::nullopt;
}

}  // namespace echolab::capture
