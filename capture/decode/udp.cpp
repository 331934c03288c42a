// RFC 768.
#include "capture/decode/layers.hpp"

namespace echolab::capture {

//   0      7 8     15 16    23 24    31
//  +--------+--------+--------+--------+
//  |     Source      |   Destination   |
//  |      Port       |      Port       |
//  +--------+--------+--------+--------+
//  |     Length      |    Checksum     |
//  +--------+--------+--------+--------+
Decoded decode_udp(const IpHeader& ip, Cursor in) {
  constexpr std::size_t header_length = 8;
  const auto start = in.offset();
  const auto ip_payload = in.length();
  if (const auto shortage = in.lacks(header_length)) return too_short("udp", *shortage, &ip);

  Datagram datagram{.source = {ip.source}, .destination = {ip.destination}, .ip = ip.info};
  datagram.source.port = in.u16();
  datagram.destination.port = in.u16();
  std::size_t length = in.u16();
  in.skip(2);

  // Length 0: a jumbogram (RFC 2675, section 4) or a datagram before its segmentation, as long as IP says.
  if (length == 0 && ip.info.offload_length) length = ip_payload;
  if (length < header_length) return malformed("udp", header_length, length, start, &ip);
  if (length > ip_payload) {
    if (!ip.info.first_fragment) return malformed("udp", length, ip_payload, start, &ip);
    length = ip_payload;
  }
  in.set_length(length - header_length);
  datagram.payload_length = static_cast<std::uint32_t>(in.length());
  datagram.payload = in.captured();
  return datagram;
}

}  // namespace echolab::capture
