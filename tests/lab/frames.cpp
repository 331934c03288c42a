#include "tests/lab/frames.hpp"

#include <charconv>
#include <initializer_list>
#include <stdexcept>
#include <string>

#include "tests/notation/notation.hpp"

namespace echolab::test {
namespace {

using lab::Host;
using Octets = std::vector<std::byte>;

constexpr std::size_t ethernet_size = 14;

void put16(Octets& out, std::uint32_t value) {
  out.push_back(static_cast<std::byte>(value >> 8));
  out.push_back(static_cast<std::byte>(value));
}
void put32(Octets& out, std::uint32_t value) {
  put16(out, value >> 16);
  put16(out, value & 0xffff);
}
void put(Octets& out, std::initializer_list<int> octets) {
  for (const int octet : octets) out.push_back(static_cast<std::byte>(octet));
}
void put(Octets& out, std::span<const std::byte> more) { out.insert(out.end(), more.begin(), more.end()); }
void put_letters(Octets& out, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) out.push_back(static_cast<std::byte>('a' + i % 26));
}

/// RFC 1071, not yet complemented.
std::uint32_t sum16(std::span<const std::byte> octets, std::uint32_t sum = 0) {
  for (std::size_t i = 0; i < octets.size(); ++i)
    sum += std::to_integer<std::uint32_t>(octets[i]) << (i % 2 == 0 ? 8 : 0);
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return sum;
}

int last_octet(Host host) { return host == Host::client ? 1 : 2; }
std::uint32_t port(Host host) { return host == Host::client ? 40000 : 9000; }

Octets address(Host host, Family family) {
  Octets octets;
  if (family == Family::v4)
    put(octets, {10, 0, 0, last_octet(host)});
  else
    put(octets, {0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last_octet(host)});
  return octets;
}

std::uint32_t pseudo_header(std::span<const std::byte> source, std::span<const std::byte> destination, int protocol,
                            std::size_t length) {
  return sum16(source, sum16(destination, static_cast<std::uint32_t>(protocol) + static_cast<std::uint32_t>(length)));
}

struct Transport {
  int protocol = 0;
  Octets bytes;
  std::size_t checksum_at = 0;
};

//  RFC 9293, 3.1
Transport tcp(Host from, std::string_view text) {
  const capture::Segment segment = parse_segment(text);
  Transport out{.protocol = 6, .bytes = {}, .checksum_at = 16};
  put16(out.bytes, port(from));
  put16(out.bytes, port(other(from)));
  put32(out.bytes, segment.seq + (from == Host::client ? 1000 : 5'000'000));
  put32(out.bytes, segment.flags.ack() ? segment.ack + (from == Host::client ? 5'000'000 : 1000) : 0);
  put16(out.bytes, 5u << 12 | segment.flags.bits);
  put16(out.bytes, segment.window);
  put32(out.bytes, 0);
  put_letters(out.bytes, segment.payload_length);
  return out;
}

Transport udp(Host from, std::string_view length) {
  std::uint32_t size = 0;
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), size);
  if (error != std::errc() || end != length.data() + length.size()) throw std::invalid_argument(std::string(length));
  Transport out{.protocol = 17, .bytes = {}, .checksum_at = 6};
  put16(out.bytes, port(from));
  put16(out.bytes, port(other(from)));
  put16(out.bytes, 8 + size);
  put16(out.bytes, 0);
  put_letters(out.bytes, size);
  return out;
}

Octets ip(Host from, Family family, const Transport& transport);

Transport icmp(Host from, Family family, int type4, int type6, int code4, int code6, bool quotes) {
  const bool v6 = family == Family::v6;
  Transport out{.protocol = v6 ? 58 : 1, .bytes = {}, .checksum_at = 2};
  put(out.bytes, {v6 ? type6 : type4, v6 ? code6 : code4, 0, 0});
  put32(out.bytes, 0);
  if (quotes) put(out.bytes, ip(other(from), family, udp(other(from), "5")));
  return out;
}

Transport transport_of(Host from, std::string_view text, Family family) {
  if (text.starts_with("UDP ")) return udp(from, text.substr(4));
  if (text == "UNREACHABLE") return icmp(from, family, 3, 1, 3, 4, true);
  if (text == "PING") return icmp(from, family, 8, 128, 0, 0, false);
  if (text == "SOLICIT") {
    auto out = icmp(from, Family::v6, 0, 135, 0, 0, false);
    put(out.bytes, address(other(from), Family::v6));
    return out;
  }
  return tcp(from, text);
}

Octets ip(Host from, Family family, const Transport& transport) {
  const auto source = address(from, family), destination = address(other(from), family);
  auto body = transport.bytes;
  const bool pseudo = transport.protocol != 1;
  const auto sum = ~sum16(body, pseudo ? pseudo_header(source, destination, transport.protocol, body.size()) : 0);
  body[transport.checksum_at] = static_cast<std::byte>(sum >> 8);
  body[transport.checksum_at + 1] = static_cast<std::byte>(sum);

  Octets out;
  if (family == Family::v4) {  // RFC 791, 3.1
    put(out, {0x45, 0});
    put16(out, static_cast<std::uint32_t>(20 + body.size()));
    put(out, {0, 0, 0x40, 0, 64, transport.protocol, 0, 0});
  } else {  // RFC 8200, 3
    put(out, {0x60, 0, 0, 0});
    put16(out, static_cast<std::uint32_t>(body.size()));
    put(out, {transport.protocol, 64});
  }
  put(out, source);
  put(out, destination);
  if (family == Family::v4) {
    const auto header_sum = ~sum16(out);
    out[10] = static_cast<std::byte>(header_sum >> 8);
    out[11] = static_cast<std::byte>(header_sum);
  }
  put(out, body);
  return out;
}

}  // namespace

Octets frame_bytes(Host from, std::string_view text, Family family) {
  if (text == "SOLICIT") family = Family::v6;
  Octets out;
  put(out, {2, 0, 0, 0, 0, last_octet(other(from)), 2, 0, 0, 0, 0, last_octet(from)});
  if (text == "ARP") {  // RFC 826
    put(out, {8, 6, 0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, last_octet(from)});
    put(out, address(from, Family::v4));
    put(out, {0, 0, 0, 0, 0, 0});
    put(out, address(other(from), Family::v4));
    return out;
  }
  put16(out, family == Family::v4 ? 0x0800 : 0x86dd);
  put(out, ip(from, family, transport_of(from, text, family)));
  return out;
}

lab::Frame frame(std::uint64_t number, Host from, std::string_view text, capture::Time arrived, Family family) {
  return lab::make_frame(number, from, arrived, frame_bytes(from, text, family));
}

bool checksum_holds(std::span<const std::byte> frame) {
  const auto ip_bytes = frame.subspan(ethernet_size);
  const bool v4 = std::to_integer<int>(ip_bytes[0]) >> 4 == 4;
  const int protocol = std::to_integer<int>(ip_bytes[v4 ? 9 : 6]);
  const std::size_t header = v4 ? 20 : 40, address_at = v4 ? 12 : 8, address_size = v4 ? 4 : 16;
  const auto body = ip_bytes.subspan(header);
  const bool pseudo = protocol != 1;
  const auto sum = sum16(
      body, pseudo ? pseudo_header(ip_bytes.subspan(address_at, address_size),
                                   ip_bytes.subspan(address_at + address_size, address_size), protocol, body.size())
                   : 0);
  return sum == 0xffff;
}

}  // namespace echolab::test
