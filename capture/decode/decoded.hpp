// What a packet turned out to be. A malformed packet is a value, not an exception.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "capture/decode/address.hpp"
#include "capture/decode/checksum.hpp"

namespace echolab::capture {

/// RFC 9293, section 3.1: the control bits, lowest bit first as they lie in the header.
struct TcpFlags {
  static constexpr std::uint16_t fin_bit = 0x001, syn_bit = 0x002, rst_bit = 0x004, psh_bit = 0x008, ack_bit = 0x010,
                                 urg_bit = 0x020, ece_bit = 0x040, cwr_bit = 0x080,
                                 ae_bit = 0x100,  // accurate ECN, once NS
      reserved_bits = 0xe00;
  std::uint16_t bits = 0;  // 12 bits: the reserved ones are kept too

  constexpr bool fin() const { return bits & fin_bit; }
  constexpr bool syn() const { return bits & syn_bit; }
  constexpr bool rst() const { return bits & rst_bit; }
  constexpr bool psh() const { return bits & psh_bit; }
  constexpr bool ack() const { return bits & ack_bit; }
  constexpr bool urg() const { return bits & urg_bit; }
  constexpr bool ece() const { return bits & ece_bit; }
  constexpr bool cwr() const { return bits & cwr_bit; }
  constexpr bool ae() const { return bits & ae_bit; }
  constexpr bool any_of_ecn() const { return bits & (ae_bit | cwr_bit | ece_bit); }
  constexpr bool reserved() const { return bits & reserved_bits; }
  friend constexpr bool operator==(TcpFlags, TcpFlags) = default;
};

/// RFC 2018, 3: received beyond what is acknowledged, from `left` up to, but not including, `right`.
struct SackBlock {
  std::uint32_t left = 0, right = 0;  // raw sequence numbers
};

/// The options that this project names (RFC 9293 3.1 and 3.2, RFC 7323, RFC 2018, RFC 7413, RFC 6994). An absent one is
/// nullopt or false.
struct TcpOptions {
  std::optional<std::uint16_t> maximum_segment_size{};  // bytes
  std::optional<std::uint8_t> window_scale{};           // shift as sent; above 14 counts as 14 (RFC 7323 2.3)
  bool sack_permitted = false;
  std::uint8_t sack_blocks = 0;           // 0..4
  std::array<SackBlock, 4> sack_edges{};  // the first `sack_blocks` count
  std::optional<std::uint32_t> timestamp_value{}, timestamp_echo{};
  std::optional<std::uint8_t> fast_open_cookie{};  // its length in bytes; 0 asks for one
  bool fast_open_by_experiment = false;            // kind 254 with its number, in place of kind 34 (RFC 6994)
  bool mptcp_signal = false;                       // MPTCP's option (kind 30), and no data sequence signal (RFC 8684 3)
  std::uint8_t unknown_kind = 0;                   // the first kind not named above, 0 if none
  std::uint8_t cut = 0;  // bytes of the list that the snaplen left out, where options may stand in them
  std::uint8_t cut_kind = 0, cut_length = 0;  // of the option that it ends inside, where both were captured; else 0
  bool cut_is_last = false;                   // that option fills the list
  bool malformed = false;                     // a length of 0 or 1, or one past the header: the walk stopped there
  std::uint8_t misshapen_kind = 0;  // the first kind named above whose length is not its own, 0 if none: it is not read
  std::uint8_t misshapen_length = 0;  // of that option, with its kind and length

  std::span<const SackBlock> sack() const { return {sack_edges.data(), sack_blocks}; }
};

/// A piece of an IP packet that was too large for a link: RFC 791 3.2, RFC 8200 4.5. Bytes count from behind the
/// headers that every piece repeats.
struct Fragment {
  std::uint32_t identification = 0;  // all pieces of a packet have the same: 16 bits in IPv4, 32 in IPv6
  std::uint32_t offset = 0;          // of its first byte, a multiple of 8
  std::uint32_t length = 0;          // bytes, by the IP length
  std::uint32_t largest = 0;         // bytes that all pieces together can have: 65,535 with the headers repeated
  std::uint8_t protocol = 0;         // of the header that stands first in the first piece
  bool more = false;                 // there are pieces behind it
  bool v6 = false;
  std::span<const std::byte> captured{};  // what was captured of its bytes

  constexpr bool first() const { return offset == 0; }
  constexpr std::uint32_t end() const { return offset + length; }  // of the byte behind its last one
  /// No packet is so long: the ping of death.
  constexpr bool beyond_largest() const { return end() > largest; }
  /// Offsets count in eights: no piece can begin where this one ends, though there are some.
  constexpr bool uneven() const { return more && length % 8 != 0; }
};

/// The IP header around what decode found.
struct IpInfo {
  std::uint16_t identification = 0;    // IPv4 only, else 0
  std::uint8_t ttl = 0;                // or hop limit
  bool offload_length = false;         // total length 0: the captured length was used
  bool zero_length = false;            // the same, in IPv4 and a packet so small that no card cuts it: it is wrong
  bool zero_ttl = false;               // IPv4: nobody may send such a packet (RFC 1122 3.2.1.7)
  bool zero_hop_limit = false;         // IPv6: no router passes it on (RFC 8200 3)
  bool options_malformed = false;      // IPv4: a length of 0 or 1, or one past the header; nothing else hangs on them
  bool atomic_fragment = false;        // IPv6: a fragment header, and whole all the same (RFC 6946)
  std::uint16_t fragment_headers = 0;  // IPv6: one behind the other; only one should stand there (RFC 8200 4.1)
  std::uint32_t promised = 0;          // bytes by the IP length, header too, where the frame on the wire has fewer
  std::uint32_t missing = 0;           // of them those that it lacks; 0: the packet is whole
  Checksum header_checksum = Checksum::unknown;  // IPv4's own
  Checksum checksum = Checksum::unknown;         // of TCP, UDP, ICMP or ICMPv6
  std::optional<Fragment> fragment{};            // nullopt where the packet is whole

  constexpr bool has_bad_checksum() const { return header_checksum == Checksum::bad || checksum == Checksum::bad; }
  /// No host takes it: a checksum is wrong, or the IP length is (RFC 1122 3.2.1.2, 4.1.3.4, 4.2.2.7).
  constexpr bool is_damaged() const { return missing > 0 || has_bad_checksum(); }
};

struct Segment {
  Endpoint source{}, destination{};
  std::uint32_t seq = 0, ack = 0;  // raw, as on the wire
  TcpFlags flags{};
  std::uint16_t window = 0;    // as on the wire, unscaled
  std::uint16_t checksum = 0;  // as on the wire
  std::uint16_t urgent_pointer = 0;
  TcpOptions options{};
  std::uint32_t payload_length = 0;      // bytes, from the IP header, captured or not; of a first fragment its share
  std::span<const std::byte> payload{};  // what was captured of it
  IpInfo ip{};
  std::uint16_t link = 0;  // a short name of the link layer's addresses; 0 where it has none
  /// SYN and FIN each take one sequence number (RFC 9293, 3.4).
  constexpr std::uint32_t sequence_length() const { return payload_length + flags.syn() + flags.fin(); }
};

struct Datagram {
  static constexpr std::uint32_t header_length = 8;  // bytes (RFC 768)
  Endpoint source{}, destination{};
  std::uint32_t payload_length = 0;      // bytes, from the UDP length: what was sent, in one IP packet or in fragments
  std::uint32_t absent = 0;              // of it not in this packet: in other fragments, or behind the frame's end
  std::span<const std::byte> payload{};  // what was captured of the rest
  IpInfo ip{};
  std::string_view tunnel{};  // "VXLAN", "Geneve": it carries another packet, which is not followed; empty: it does not
};

/// An ICMP or ICMPv6 error: it quotes the packet that it is about. The quote never moves a state machine (FAULTS B17).
struct IcmpError {
  bool v6 = false;
  std::uint8_t type = 0, code = 0;
  IpAddress source{}, destination{};  // of the ICMP packet itself
  IpInfo ip{};                        // the same
  /// Parameter problem: where in the quoted packet, in bytes from its first (RFC 792, RFC 4443 3.4).
  std::optional<std::uint32_t> pointer{};
  /// Packet too big: what the next link takes, in bytes (RFC 1191 4, RFC 4443 3.2). Old routers do not tell.
  std::optional<std::uint32_t> next_mtu{};
  std::uint8_t quoted_protocol = 0;                               // IP protocol number of the quoted packet
  std::optional<IpAddress> quoted_sender{}, quoted_receiver{};    // where its IP header was quoted
  std::optional<std::uint32_t> quoted_identification{};           // where it is a fragment
  std::optional<Endpoint> quoted_source{}, quoted_destination{};  // where at least the ports were quoted
  std::optional<std::uint32_t> quoted_sequence{};                 // of a TCP segment
};

/// Well formed, and not ours to follow: ARP, a later fragment, a tunnel, an ICMP echo ...
struct Other {
  enum class Kind : std::uint8_t {
    not_ip,          // `number` is the EtherType or frame type
    ip_protocol,     // another transport: `number` is the IP protocol
    icmp,            // an ICMP message that is no error: `number` is its type
    fragment,        // not the first fragment, or one that ends inside the transport's header
    tunnel,          // IP in IP, GRE, ...: named, not followed; `number` is the IP protocol
    cut,             // the snaplen ends before the transport header's end
    link_type,       // a link layer that decode does not read
    chain_too_long,  // more IPv6 extension headers or VLAN tags than are walked
    wrapped,         // behind a label, a tag or a session's header that is not read: `number` is the EtherType
  };
  static constexpr std::size_t kind_count = static_cast<std::size_t>(Kind::wrapped) + 1;
  Kind kind = Kind::not_ip;
  std::uint32_t number = 0;
  bool v6 = false;
  std::optional<IpAddress> source{}, destination{};
  IpInfo ip{};
};

/// A header that promises more than there is, or contradicts itself.
struct Malformed {
  /// What cannot be right.
  enum class Field : std::uint8_t {
    header,            // none of its fields: the packet ends inside the part that every such header has
    version,           // IP's
    header_length,     // IPv4's IHL, in bytes
    total_length,      // IPv4's
    length,            // UDP's
    data_offset,       // TCP's, in bytes
    extension_length,  // of an IPv6 extension header or an authentication header, in bytes
  };
  std::string_view layer{};  // "ethernet", "ipv4", "tcp", ... a literal
  Field field = Field::header;
  bool too_large = false;  // the field says `needed`, and there is room for `had`; else it says `had`
  std::size_t needed = 0;  // bytes, or the smallest legal value of the field
  std::size_t had = 0;
  std::size_t offset = 0;                            // of that header, from the frame's first byte
  std::optional<std::uint8_t> icmp_type{};           // where the packet ends behind it, in an ICMP or ICMPv6 header
  std::optional<IpAddress> source{}, destination{};  // the source alone, where the IP header ends behind that
  IpInfo ip{};                                       // of the IP header before it, if any
};

using Decoded = std::variant<Segment, Datagram, IcmpError, Other, Malformed>;

/// What was captured of the payload of a segment or a datagram; empty for everything else.
inline std::span<const std::byte> payload_of(const Decoded& decoded) {
  if (const auto* segment = std::get_if<Segment>(&decoded)) return segment->payload;
  if (const auto* datagram = std::get_if<Datagram>(&decoded)) return datagram->payload;
  return {};
}

}  // namespace echolab::capture
