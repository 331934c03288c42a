// What a whole capture came to, and how that is said.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "capture/decode/decoded.hpp"
#include "capture/explain/explain.hpp"
#include "capture/track/durations.hpp"

namespace echolab::capture {

struct CaptureSummary {
  bool live = false;  // captured here and now, not read from a file
  std::uint64_t packets = 0, tcp = 0, udp = 0, icmp = 0, other = 0, malformed = 0;
  std::array<std::uint64_t, Other::kind_count> others =
      {};  // why: the `other` ones by Other::Kind; ICMP's stands empty
  std::optional<std::uint64_t> received = {}, dropped = {};  // the kernel's own counts: live, or in the file
  std::uint64_t unfiltered = 0;  // packets left out: the filter means nothing for their link type

  std::optional<std::uint64_t> shown = {};           // packets that were asked for; nothing where all were
  std::array<std::uint64_t, note_count> notes = {};  // packets with each, among those that were asked for
  StayStatistics stays = {};                         // of the conversations that were asked for

  std::uint64_t let_go_early = 0;  // conversations that had not ended: there were too many at once
  std::uint64_t after_end = 0;     // packets that came to a conversation behind its row
  std::uint64_t left_out = 0;      // conversations that are not among the first of the order that was asked for

  static constexpr std::size_t most_told = 10;
  std::uint64_t unfinished = 0;                         // fragmented packets that never became whole
  std::vector<UnfinishedPacket> first_unfinished = {};  // at most `most_told`

  /// Counts one packet.
  void count(const Decoded& decoded);
  /// The notes of a packet that was asked for.
  void count(NoteSet seen);
  void count(const UnfinishedPacket& packet);
};

/// First a line for each of the first unfinished packets, then one a count, each with half a sentence on what it means,
/// broken where a line has no room for it. Ends with a line break.
std::string to_text(const CaptureSummary& summary, Language language, int columns = 140);

}  // namespace echolab::capture
