// The loop: packets in, observations out, until the file ends, Ctrl-C comes, or something breaks.
#pragma once

#include <functional>
#include <optional>

#include "capture/program/display.hpp"
#include "capture/program/oddities.hpp"
#include "capture/program/rotation.hpp"
#include "capture/program/selection.hpp"
#include "capture/source/packet_source.hpp"

namespace echolab::capture {

struct SniffHooks {
  std::function<bool()> stop_requested;                     // Ctrl-C
  std::function<bool(const std::string&)> print;            // false: the reader is gone, or the disk is full
  std::function<bool()> flush;                              // what `print` kept back; false as above
  std::function<void(Oddity, std::uint64_t frame)> remark;  // about a file: once a kind, with the first packet of it
};

struct SniffResult {
  std::optional<SourceError> error;  // of the source or of the output file
  bool output_lost = false;
  bool matched = true;                             // something was all that was asked for
  std::uint64_t tcp_streams = 0, udp_streams = 0;  // of the capture, asked for or not
};

struct SniffOptions {
  std::uint64_t most_packets = 0;  // captured, shown or not; 0: no end
  Wanted wanted;
  bool by_end = false;  // see Selection
  bool at_end = false;  // a connection is shown as soon as it ends, not when it is let go
};

/// Shows the packets of `source` that are wanted, writes every one to `writer` if there is one, and ends with the
/// streams and the summary. A live source is drained at the end: what the kernel had taken is shown.
SniffResult sniff(PacketSource& source, RotatedWriter* writer, const SniffOptions& options, Display& display,
                  const SniffHooks& hooks);

}  // namespace echolab::capture
