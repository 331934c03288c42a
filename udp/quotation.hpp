// Which of our messages an ICMP error is about: it quotes the beginning of one (RFC 792: 8 bytes behind the IP header
// at least, RFC 1812 and 4443: as much as there is room for). tcp/ has no such file: there the kernel looks the
// sequence number up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace echolab::udp {

/// The last messages, as far as an error may still come about them.
class SentMessages {
 public:
  enum class Fate : std::uint8_t { waits, unknown, answered, refused };

  void add(std::uint64_t number, std::span<const std::byte> bytes);
  /// Returns what it was before.
  Fate set(std::uint64_t number, Fate fate);

  struct Quoted {
    std::uint64_t number;
    Fate fate;
    bool certain;  // false: another message has the same bytes, or the quote is too short to tell them apart
  };
  /// nullopt: none of them begins so.
  std::optional<Quoted> find(std::span<const std::byte> quote) const;

 private:
  struct Sent {
    std::uint64_t number;
    std::vector<std::byte> beginning;
    Fate fate;
  };
  std::deque<Sent> sent_;
};

}  // namespace echolab::udp
