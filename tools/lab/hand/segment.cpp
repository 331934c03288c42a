#include "tools/lab/hand/segment.hpp"

#include "capture/decode/checksum.hpp"
#include "capture/decode/cursor.hpp"

namespace echolab::lab::hand {
namespace {

/// Bytes in network order: the highest first.
class Writer {
 public:
  void u8(std::uint32_t value) { bytes.push_back(static_cast<std::byte>(value)); }
  void u16(std::uint32_t value) { u8(value >> 8), u8(value); }
  void u32(std::uint32_t value) { u16(value >> 16), u16(value); }
  void mac(const Mac& mac) {
    for (const auto octet : mac) u8(octet);
  }
  void v4(const capture::IpAddress& address) {
    for (std::size_t i = 0; i < 4; ++i) u8(address.bytes[i]);
  }
  void text(std::string_view text) {
    for (const char c : text) u8(static_cast<unsigned char>(c));
  }
  void append(std::span<const std::byte> more) { bytes.insert(bytes.end(), more.begin(), more.end()); }
  /// Fills in a field that could be computed only now.
  void u16_at(std::size_t place, std::uint16_t value) {
    bytes[place] = static_cast<std::byte>(value >> 8);
    bytes[place + 1] = static_cast<std::byte>(value);
  }

  std::vector<std::byte> bytes{};
};

constexpr std::uint32_t ethertype_ipv4 = 0x0800, ethertype_arp = 0x0806, protocol_tcp = 6;

//  RFC 9293, 3.1
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
constexpr std::uint32_t tcp_header = 20;  // bytes: we send no options, and none is required
constexpr std::size_t tcp_checksum_place = 16;

std::vector<std::byte> tcp_segment(const End& from, const End& to, const Header& header, std::string_view payload) {
  Writer tcp;
  tcp.u16(from.ip.port);
  tcp.u16(to.ip.port);
  tcp.u32(header.seq);
  tcp.u32(header.ack);
  tcp.u16((tcp_header / 4) << 12 | header.flags.bits);  // the offset counts words of four bytes
  tcp.u16(header.window);
  tcp.u16(0);  // the checksum is computed over a header in which it is zero
  tcp.u16(0);  // nothing is urgent
  tcp.text(payload);

  capture::InternetSum sum;  // with a pseudo-header, which is never sent
  sum.add_pseudo_header(from.ip.address, to.ip.address, protocol_tcp, tcp.bytes.size()).add(tcp.bytes);
  tcp.u16_at(tcp_checksum_place, sum.checksum());
  return tcp.bytes;
}

//  RFC 791, 3.1
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
constexpr std::uint32_t ip_header = 20, do_not_fragment = 0x4000, hops = 64;
constexpr std::size_t ip_checksum_place = 10;

Writer ip_packet(const End& from, const End& to, std::span<const std::byte> segment) {
  Writer ip;
  ip.u8(4 << 4 | ip_header / 4);
  ip.u8(0);
  ip.u16(ip_header + static_cast<std::uint32_t>(segment.size()));
  ip.u16(0);
  ip.u16(do_not_fragment);
  ip.u8(hops);
  ip.u8(protocol_tcp);
  ip.u16(0);
  ip.v4(from.ip.address);
  ip.v4(to.ip.address);
  ip.u16_at(ip_checksum_place, capture::checksum(ip.bytes));  // of the header alone: TCP looks after its own
  ip.append(segment);
  return ip;
}

Writer ethernet(const Mac& to, const Mac& from, std::uint32_t ethertype) {
  Writer frame;
  frame.mac(to);
  frame.mac(from);
  frame.u16(ethertype);
  return frame;
}

}  // namespace

std::vector<std::byte> tcp_frame(const End& from, const End& to, const Header& header, std::string_view payload) {
  Writer frame = ethernet(to.mac, from.mac, ethertype_ipv4);
  frame.append(ip_packet(from, to, tcp_segment(from, to, header, payload)).bytes);
  return frame.bytes;
}

// RFC 826: the kinds of both addresses and their lengths, the operation, then who asks and who is asked for.
constexpr std::uint32_t hardware_ethernet = 1;

std::vector<std::byte> arp_frame(const Mac& to, const Arp& arp) {
  Writer frame = ethernet(to, arp.sender_mac, ethertype_arp);
  frame.u16(hardware_ethernet);
  frame.u16(ethertype_ipv4);
  frame.u8(6);
  frame.u8(4);
  frame.u16(static_cast<std::uint32_t>(arp.operation));
  frame.mac(arp.sender_mac);
  frame.v4(arp.sender);
  frame.mac(arp.target_mac);
  frame.v4(arp.target);
  return frame.bytes;
}

std::optional<Arp> read_arp(std::span<const std::byte> frame) {
  capture::Cursor cursor(frame, frame.size());
  const auto mac = [&] {
    Mac read{};
    for (auto& octet : read) octet = cursor.u8();
    return read;
  };
  if (cursor.lacks(14 + 28)) return std::nullopt;
  cursor.skip(12);
  const bool ours = cursor.u16() == ethertype_arp && cursor.u16() == hardware_ethernet &&
                    cursor.u16() == ethertype_ipv4 && cursor.u8() == 6 && cursor.u8() == 4;
  const auto operation = cursor.u16();
  if (!ours || (operation != 1 && operation != 2)) return std::nullopt;
  Arp arp{.operation = Arp::Operation{operation}};
  arp.sender_mac = mac();
  arp.sender = capture::IpAddress::v4(cursor.take(4));
  arp.target_mac = mac();
  arp.target = capture::IpAddress::v4(cursor.take(4));
  return arp;
}

}  // namespace echolab::lab::hand
