// The Internet checksum (RFC 1071), of IPv4's header, TCP, UDP and ICMP alike: who makes a packet and who reads one sum
// up the same way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace echolab::capture {

struct IpAddress;

/// The one's complement sum of 16-bit words, in network order: what is carried out at the top comes in again below.
class InternetSum {
 public:
  /// An odd last byte counts as if a zero byte followed, so only the last bytes that are added may be odd in number.
  InternetSum& add(std::span<const std::byte> bytes);
  InternetSum& add(std::uint32_t number);
  /// What stands before a segment, is summed up with it and never sent: so a segment that strays to another address, or
  /// another protocol, is noticed (RFC 9293 3.1, RFC 8200 8.1).
  InternetSum& add_pseudo_header(const IpAddress& source, const IpAddress& destination, std::uint8_t protocol,
                                 std::size_t length);

  std::uint16_t folded() const;
  /// What stands in the header: it brings the sum over everything to ffff.
  std::uint16_t checksum() const { return static_cast<std::uint16_t>(~folded()); }
  bool holds() const { return folded() == 0xffff; }

 private:
  std::uint64_t sum_ = 0;
};

/// Of bytes in whose checksum field stands 0.
inline std::uint16_t checksum(std::span<const std::byte> bytes) { return InternetSum{}.add(bytes).checksum(); }

/// What a checksum says.
enum class Checksum : std::uint8_t {
  unknown,     // not all bytes are here: the snaplen cut them off, or other fragments have them
  none,        // a UDP datagram over IPv4 whose sender computed none (RFC 768)
  good,        //
  unfinished,  // captured at its sender, before the network card computed it
  bad,         // the receiver drops the packet
};

}  // namespace echolab::capture
