// Whole frames from packets written as text: Ethernet, IPv4 or IPv6, TCP, UDP or ICMP, checksums right, as the hosts'
// kernels would send them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tools/lab/wire/frame.hpp"

namespace echolab::test {

enum class Family : std::uint8_t { v4, v6 };

/// "P. 1:6(5) ack 1" (tests/notation; the payload is of letters), "UDP 5", "UNREACHABLE" (ICMP: that UDP port is
/// closed), "PING", "ARP", "SOLICIT" (IPv6: who has this address?), between 10.0.0.1:40000 and 10.0.0.2:9000.
std::vector<std::byte> frame_bytes(lab::Host from, std::string_view text, Family family = Family::v4);

/// The same, arrived at the wire.
lab::Frame frame(std::uint64_t number, lab::Host from, std::string_view text, capture::Time arrived = {},
                 Family family = Family::v4);

/// Whether a receiving kernel finds the checksum of TCP, UDP or ICMP right.
bool checksum_holds(std::span<const std::byte> frame);

}  // namespace echolab::test
