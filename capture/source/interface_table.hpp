// The interfaces of a pcapng section: what its description blocks say, and the counts of its statistics blocks.
// Private to capture/source.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "capture/source/block_cursor.hpp"
#include "capture/source/capture_interface.hpp"
#include "capture/source/packet_source.hpp"

namespace echolab::capture {

/// How an interface counts time (if_tsresol, if_tsoffset): in 10^-n or 2^-n seconds, and from when on.
struct TimeUnit {
  std::uint8_t resolution = 6;  // the highest bit says which of both, the rest is n
  std::int64_t offset = 0;      // seconds

  Time time(std::uint64_t stamp) const;
};

class InterfaceTable {
 public:
  /// What only the reading of packets needs of an interface.
  struct Entry {
    TimeUnit unit{};
    std::optional<std::uint64_t> received{}, dropped{};
  };

  /// The next section begins, with no interface yet.
  void begin_section();
  std::optional<Fault> describe(BlockCursor body);
  /// What is said of an interface that there is none of counts for nobody.
  void count(BlockCursor body);

  bool has(std::uint32_t number) const { return number < told_.size(); }
  const TimeUnit& unit(std::uint32_t number) const { return entries_[number].unit; }
  std::span<const CaptureInterface> told() const { return told_; }
  /// Of all sections so far.
  FileCounts counts() const;

 private:
  static constexpr std::size_t most = 65'536;                // what the number of an obsolete packet block can name
  static constexpr std::size_t most_option_bytes = 4 << 20;  // of a section; what comes behind is not kept

  std::optional<Fault> take_option(CaptureInterface& told, TimeUnit& unit, std::uint16_t code, BlockCursor value);

  std::vector<CaptureInterface> told_;
  std::vector<Entry> entries_;  // of the same
  std::uint64_t section_ = 0;
  std::size_t option_bytes_ = 0;
  FileCounts before_{};  // of the sections that have ended
};

}  // namespace echolab::capture
