// RFC 8200, section 3.
#include "capture/decode/layers.hpp"

namespace echolab::capture {

//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |Version| Traffic Class |           Flow Label                  |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |         Payload Length        |  Next Header  |   Hop Limit   |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                                                               |
//  +                                                               +
//  |                         Source Address                        |
//  +                           (16 bytes)                          +
//  |                                                               |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                                                               |
//  +                                                               +
//  |                      Destination Address                      |
//  +                           (16 bytes)                          +
//  |                                                               |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
Decoded decode_ipv6(Cursor in) {
  const auto start = in.offset();
  if (const auto shortage = in.lacks(40)) return too_short("ipv6", *shortage);

  IpHeader ip{.v6 = true};
  const std::size_t version = in.u32() >> 28;
  const std::size_t payload_length = in.u16();
  ip.protocol = in.u8();
  ip.info.ttl = in.u8();
  ip.info.zero_hop_limit = ip.info.ttl == 0;
  ip.source = IpAddress::v6(in.take(16));
  ip.destination = IpAddress::v6(in.take(16));

  if (version != 6)
    return Malformed{.layer = "ipv6", .field = Malformed::Field::version, .needed = 6, .had = version, .offset = start};
  // Length 0 is a jumbogram (RFC 2675) or segmentation offload: all that the frame holds.
  ip.info.offload_length = payload_length == 0 && in.length() > 0;
  constexpr std::size_t header = 40;  // which the length does not count
  if (!ip.info.offload_length)
    in.set_length(bounded_by_frame(ip, header + payload_length, header + in.length()) - header);
  return decode_transport(ip, in);
}

}  // namespace echolab::capture
