// One captured frame, before anybody has read it. The only thing that leaves capture/source.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace echolab::capture {

/// Nanoseconds since 1970 on the wall clock, as capture files store it. The difference of two may be negative.
using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

/// The time of a packet that has none: a pcapng file may have such packets. No arithmetic is done with it.
inline constexpr Time no_time = Time::min();

/// The link layers that `decode` reads, by their pcap data-link number (DLT). Any other number is left undecoded.
enum class LinkType : int {
  null = 0,  // BSD loopback: 4 bytes of address family in the writer's byte order
  ethernet = 1,
  raw = 12,         // starts with the IP header; the version nibble tells which
  loop = 108,       // OpenBSD loopback: as null, but in network byte order
  linux_sll = 113,  // Linux "cooked" capture, from the `any` interface
  ipv4 = 228,
  ipv6 = 229,
  linux_sll2 = 276,
};

struct CaptureInterface;  // capture_interface.hpp

/// A view: what it points to stays valid until the source hands out its next packet.
struct Packet {
  std::uint64_t frame = 0;  // 1 for the first packet of the capture
  Time time{};
  LinkType link_type = LinkType::ethernet;
  std::span<const std::byte> bytes{};  // what was captured
  std::uint32_t original_length = 0;   // what was on the wire; more than bytes.size() where the snaplen cut it
  bool time_mended = false;            // its fraction of a second was a second or more; `time` counts that in
  std::span<const std::string_view> comments{};    // that a pcapng file has on it: foreign text
  std::span<const CaptureInterface> interfaces{};  // of its section, where a pcapng file or a live source tells of them
  std::uint32_t interface = 0;                     // which of them it was captured on

  bool has_time() const { return time != no_time; }
};

}  // namespace echolab::capture
