// One frame on the wire between the two hosts.
#pragma once

#include <cstdint>
#include <vector>

#include "capture/decode/decode.hpp"
#include "capture/track/observation.hpp"

namespace echolab::lab {

/// The two hosts, named as the ends of a conversation are: the client's host stands left.
using Host = capture::Side;

/// A frame that has arrived at the wire. It owns its bytes; what was decoded of them points into them, so a frame moves
/// and is never copied.
struct Frame {
  std::uint64_t number = 0;  // 1 for the first that arrived and is shown, in that order; 0: it is not shown
  Host from = Host::client;
  capture::Time arrived{};
  std::vector<std::byte> bytes;  // Ethernet
  capture::Decoded decoded;

  Frame() = default;
  Frame(Frame&&) = default;
  Frame& operator=(Frame&&) = default;

  /// As the sniffer takes it.
  capture::Packet packet() const {
    return {.frame = number,
            .time = arrived,
            .link_type = capture::LinkType::ethernet,
            .bytes = bytes,
            .original_length = static_cast<std::uint32_t>(bytes.size())};
  }
};

/// A frame of these bytes, decoded.
Frame make_frame(std::uint64_t number, Host from, capture::Time arrived, std::vector<std::byte> bytes);

/// Whether the frame belongs to what the student came to see: TCP, UDP, ICMP, over IPv4 or IPv6, broken ones and
/// fragments too. ARP, neighbour discovery and multicast's housekeeping carry the lesson and are no part of it.
bool shown(const capture::Decoded& decoded);
inline bool shown(const Frame& frame) { return shown(frame.decoded); }

/// The frame's bytes with one of them flipped, so that the receiving kernel throws the packet away by its checksum: a
/// byte of the payload, or of the checksum where there is no payload. Ethernet's and IP's headers stay whole.
std::vector<std::byte> corrupted(const Frame& frame);

}  // namespace echolab::lab
