// What is odd about the records of a capture and yet no reason to stop: each kind is told once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "capture/source/packet.hpp"

namespace echolab::capture {

enum class Oddity : std::uint8_t {
  longer_than_original,  // more bytes captured than the packet had on the wire: the captured ones count
  fraction_of_a_second,  // it was a second or more, and is counted in
  time_went_back,        // stamped before the packet in front of it
  without_time,          // a simple packet block of pcapng
};
inline constexpr std::size_t oddity_count = 4;

class Oddities {
 public:
  /// What `packet` is the first to show.
  std::vector<Oddity> first_seen(const Packet& packet);

 private:
  std::array<bool, oddity_count> told_{};
  std::optional<Time> before_;
};

}  // namespace echolab::capture
