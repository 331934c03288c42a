// The samples that no kernel sends: packets in the notation of the docs, some with a byte changed.
#include <algorithm>
#include <map>
#include <vector>

#include "capture/decode/address.hpp"
#include "capture/decode/checksum.hpp"
#include "tests/lab/frames.hpp"
#include "tests/samples/examples.hpp"
#include "tests/source/pcap_bytes.hpp"

namespace echolab::test {
namespace {

using lab::Host;

constexpr std::size_t ethernet_size = 14, ipv4_size = 20;

Bytes client(std::string_view packet) { return frame_bytes(Host::client, packet); }
Bytes server(std::string_view packet) { return frame_bytes(Host::server, packet); }

std::vector<Bytes> handshake_and(const std::vector<Bytes>& more) {
  std::vector<Bytes> all{client("S 0:0(0)"), server("S. 0:0(0) ack 1"), client(". 1:1(0) ack 1")};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

Bytes big16(std::size_t value) { return {static_cast<std::byte>(value >> 8), static_cast<std::byte>(value)}; }

/// The frame's IPv4 header says another length and another protocol; its checksum is made right again.
Bytes relabelled(Bytes frame, std::size_t total_length, std::byte protocol) {
  const auto put = [&](std::size_t at, const Bytes& value) {
    std::copy(value.begin(), value.end(), frame.begin() + static_cast<std::ptrdiff_t>(ethernet_size + at));
  };
  put(2, big16(total_length));
  put(9, {protocol});
  put(10, big16(0));
  put(10, big16(capture::checksum(std::span(frame).subspan(ethernet_size, ipv4_size))));
  return frame;
}

/// IP in IP (RFC 2003): the frame's packet behind one more header.
Bytes in_a_tunnel(const Bytes& frame) {
  const auto inner = static_cast<std::ptrdiff_t>(ethernet_size);
  const Bytes front(frame.begin(), frame.begin() + inner + static_cast<std::ptrdiff_t>(ipv4_size));
  return relabelled(front + Bytes(frame.begin() + inner, frame.end()), ipv4_size + frame.size() - ethernet_size,
                    std::byte{4});
}

/// As the sender's own machine captures a packet that is longer than the length field of IPv4 can say.
Bytes without_length(const Bytes& frame) { return relabelled(frame, 0, std::byte{6}); }

Bytes with_right_checksum(Bytes frame) {
  constexpr std::size_t checksum_at = ethernet_size + ipv4_size + 16;
  const auto bytes = std::span<const std::byte>(frame);
  const auto address = [&](std::size_t at) { return capture::IpAddress::v4(bytes.subspan(ethernet_size + at, 4)); };
  frame[checksum_at] = frame[checksum_at + 1] = std::byte{};
  const auto segment = bytes.subspan(ethernet_size + ipv4_size);
  const auto sum =
      capture::InternetSum{}.add_pseudo_header(address(12), address(16), 6, segment.size()).add(segment).checksum();
  frame[checksum_at] = static_cast<std::byte>(sum >> 8), frame[checksum_at + 1] = static_cast<std::byte>(sum);
  return frame;
}

Bytes in_capitals(Bytes frame) {
  constexpr std::size_t tcp_size = 20;
  const auto payload = frame.begin() + static_cast<std::ptrdiff_t>(ethernet_size + ipv4_size + tcp_size);
  std::transform(payload, frame.end(), payload, [](std::byte letter) { return letter & ~std::byte{0x20}; });
  return with_right_checksum(frame);
}

/// As it comes from a wire that flips a bit.
Bytes flipped(Bytes frame) {
  frame.back() ^= std::byte{0x04};
  return frame;
}

const std::map<std::string_view, std::vector<Bytes>>& captures() {
  static const std::map<std::string_view, std::vector<Bytes>> all{
      {"after-fin", handshake_and({client("F. 1:1(0) ack 1"), server(". 1:1(0) ack 2"), client("P. 2:7(5) ack 1")})},
      {"old-data", handshake_and({client("P. 1:6(5) ack 1"), server("P. 1:6(5) ack 6"), client(". 6:6(0) ack 6"),
                                  server("F. 6:6(0) ack 6"), client("F. 6:6(0) ack 7"), server(". 7:7(0) ack 7"),
                                  client("S 700000:700000(0)"), server("S. 900000:900000(0) ack 700001"),
                                  client(". 700001:700001(0) ack 900001"), server("P. 1:6(5) ack 6"),
                                  client(". 700001:700001(0) ack 900001")})},
      {"other-bytes",
       handshake_and({client("P. 1:6(5) ack 1"), server(". 1:1(0) ack 6"), in_capitals(client("P. 1:6(5) ack 1"))})},
      {"bad-checksum",
       handshake_and({flipped(client("P. 1:6(5) ack 1")), client("P. 1:6(5) ack 1"), server(". 1:1(0) ack 6")})},
      {"ack-of-nothing", handshake_and({client("P. 1:6(5) ack 2001"), server(". 1:1(0) ack 1"),
                                        client("P. 1:6(5) ack 1"), server(". 1:1(0) ack 6")})},
      {"strange-flags", {client("SF 0:0(0)"), server("R. 0:0(0) ack 2")}},
      {"tunnel", {in_a_tunnel(client("S 0:0(0)")), in_a_tunnel(server("S. 0:0(0) ack 1"))}},
      {"offload", handshake_and({without_length(client("P. 1:4001(4000) ack 1")), server(". 1:1(0) ack 4001")})},
  };
  return all;
}

}  // namespace

std::string written_capture(std::string_view name) {
  constexpr std::uint32_t begin = 1'795'392'000, step = 10'000'000;  // 2026-11-23; 10 ms a packet
  Bytes file = file_header({.magic = nanoseconds, .snaplen = 262144});
  std::uint32_t passed = 0;
  for (const Bytes& frame : captures().at(name)) file = file + record(frame, begin, passed += step);
  return {reinterpret_cast<const char*>(file.data()), file.size()};
}

}  // namespace echolab::test
