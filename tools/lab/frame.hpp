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
  std::uint64_t number = 0;  // 1 for the first that arrived, in the order of arrival
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

}  // namespace echolab::lab
