// RFC 791, section 3.1.
#include "capture/decode/layers.hpp"

namespace echolab::capture {

namespace {

//  +--------+--------+--------...
//  |  Type  | Length |  body       the length counts all three; types 0 (end) and 1 (no operation) are a single byte
//  +--------+--------+--------...
/// Whether the list contradicts itself. What comes behind it is found by the header's length all the same.
bool are_malformed(Cursor options) {
  while (options.length() > 0 && !options.lacks(1)) {  // every turn takes at least one byte
    const auto type = options.u8();
    if (type == 0) return false;
    if (type == 1) continue;
    if (const auto shortage = options.lacks(1)) return !shortage->cut;
    const std::size_t length = options.u8();
    if (length < 2 || length - 2 > options.length()) return true;
    options.skip(length - 2);
  }
  return false;
}

/// The source address stands in front of the destination's, and may be there whole.
Decoded cut_short(const Shortage& shortage, Cursor in) {
  constexpr std::size_t before_source = 12, with_source = 16;
  Decoded ending = too_short("ipv4", shortage);
  auto* malformed = std::get_if<Malformed>(&ending);
  if (!malformed || in.lacks(with_source)) return ending;
  in.skip(before_source);
  malformed->source = IpAddress::v4(in.take(4));
  return ending;
}

}  // namespace

//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |Version|  IHL  |Type of Service|          Total Length         |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |         Identification        |Flags|      Fragment Offset    |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |  Time to Live |    Protocol   |         Header Checksum       |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                       Source Address                          |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                    Destination Address                        |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                    Options                    |    Padding    |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
Decoded decode_ipv4(Cursor in) {
  constexpr std::size_t fixed_part = 20;
  const auto start = in.offset();
  const auto frame_rest = in.length();
  const auto header_on = in.captured();
  if (const auto shortage = in.lacks(fixed_part)) return cut_short(*shortage, in);

  const auto version_and_ihl = in.u8();
  in.skip(1);
  std::size_t total_length = in.u16();
  IpHeader ip;
  ip.info.identification = in.u16();
  const auto flags_and_offset = in.u16();
  ip.info.ttl = in.u8();
  ip.info.zero_ttl = ip.info.ttl == 0;
  ip.protocol = in.u8();
  in.skip(2);  // the checksum: below, where the header's length is known
  ip.source = IpAddress::v4(in.take(4));
  ip.destination = IpAddress::v4(in.take(4));

  const std::size_t version = version_and_ihl >> 4;
  const std::size_t header_length = (version_and_ihl & 0xfu) * 4;
  const auto wrong = [start](Malformed::Field field, std::size_t needed, std::size_t had) {
    return Malformed{.layer = "ipv4", .field = field, .needed = needed, .had = had, .offset = start};
  };
  if (version != 4) return wrong(Malformed::Field::version, 4, version);
  if (header_length < fixed_part)
    return malformed(wrong(Malformed::Field::header_length, fixed_part, header_length), &ip);
  if (total_length == 0) {  // segmentation offload: the packet is longer than 16 bits can say
    constexpr std::size_t ethernet_mtu = 1500;
    ip.info.offload_length = true;
    ip.info.zero_length = frame_rest <= ethernet_mtu;
    total_length = frame_rest;
  }
  if (total_length < header_length)
    return malformed(wrong(Malformed::Field::total_length, header_length, total_length), &ip);
  if (header_length <= header_on.size()) ip.info.header_checksum = header_checksum(header_on.first(header_length));
  total_length = bounded_by_frame(ip, total_length, frame_rest);

  in.set_length(total_length - fixed_part);
  Cursor options = in;
  options.set_length(header_length - fixed_part);
  ip.info.options_malformed = are_malformed(options);
  in.skip(header_length - fixed_part);
  if (const auto piece = ipv4_fragment(ip.info.identification, flags_and_offset)) {
    if (auto ending = enter_fragment(ip, *piece, header_length, in)) return *ending;
  }
  return decode_transport(ip, in);
}

}  // namespace echolab::capture
