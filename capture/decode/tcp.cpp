// RFC 9293, section 3.1.
#include "capture/decode/layers.hpp"

namespace echolab::capture {

//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |          Source Port          |       Destination Port        |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                        Sequence Number                        |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                    Acknowledgment Number                      |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |  Data |       |C|E|U|A|P|R|S|F|                               |
//  | Offset| Rsrvd |W|C|R|C|S|S|Y|I|            Window             |
//  |       |       |R|E|G|K|H|T|N|N|                               |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |           Checksum            |         Urgent Pointer        |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                           [Options]                           |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
Decoded decode_tcp(const IpHeader& ip, Cursor in) {
  constexpr std::size_t fixed_part = 20;
  const auto start = in.offset();
  const auto segment_length = in.length();
  if (const auto shortage = in.lacks(fixed_part)) return too_short("tcp", *shortage, &ip);

  Segment segment{.source = {ip.source}, .destination = {ip.destination}, .ip = ip.info};
  segment.source.port = in.u16();
  segment.destination.port = in.u16();
  segment.seq = in.u32();
  segment.ack = in.u32();
  const auto offset_and_flags = in.u16();
  segment.flags.bits = offset_and_flags & 0x0fff;
  segment.window = in.u16();
  segment.checksum = in.u16();
  segment.urgent_pointer = in.u16();

  const std::size_t header_length = (offset_and_flags >> 12) * 4u;
  if (header_length < fixed_part)
    return malformed({.layer = "tcp",
                      .field = Malformed::Field::data_offset,
                      .needed = fixed_part,
                      .had = header_length,
                      .offset = start},
                     &ip);
  if (header_length > segment_length)
    return too_short("tcp", {header_length, segment_length, start, false}, &ip, Malformed::Field::data_offset);

  Cursor options = in;
  options.set_length(header_length - fixed_part);
  segment.options = decode_tcp_options(options);
  in.skip(header_length - fixed_part);
  segment.payload_length = static_cast<std::uint32_t>(in.length());
  segment.payload = in.captured();
  return segment;
}

}  // namespace echolab::capture
