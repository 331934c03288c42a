// What the capture program can be asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "capture/program/rotation.hpp"
#include "capture/program/selection.hpp"
#include "capture/program/top_streams.hpp"
#include "capture/render/payload.hpp"
#include "capture/render/stamp.hpp"
#include "capture/source/packet_source.hpp"
#include "net/text.hpp"

namespace echolab::capture {

enum class Format : std::uint8_t { text, json, summary };

struct ProgramOptions {
  std::string started = "capture";  // the program as a command to copy: "build/bin/capture"
  std::string interface = "lo";
  std::string read_file;      // empty: live
  std::string write_file;     // empty: do not write
  Rotation rotation;          // of the file that is written
  std::uint64_t packets = 0;  // stop after so many; 0: never
  int snaplen = 262144;       // bytes kept of a packet
  Direction direction = Direction::both;
  std::string link_type;  // empty: the interface's own
  bool raw_numbers = false;
  bool list_interfaces = false;
  bool list_notes = false;
  std::string user;  // to become once the interface is open
  Format format = Format::text;
  Verbosity verbosity = Verbosity::usual;
  TimeStyle times = TimeStyle::since_first;
  PayloadStyle payload = PayloadStyle::excerpt;
  Wanted wanted;
  std::optional<Measure> sort;  // conversations by this, at the end
  std::optional<std::size_t> most_sorted;
  std::size_t top() const { return most_sorted.value_or(10'000); }
  std::vector<std::string> filter;  // the words of a BPF filter
  std::string filter_file;          // or the file that has it
  std::string bpf() const;          // the words as one expression
  bool live() const { return read_file.empty(); }
};

/// What was asked for and does not go together, and what to do instead; nullptr: all of it does.
const Text* contradiction(const ProgramOptions& options);

/// The file's expression becomes the filter; words besides are ignored, as tcpdump does. Throws std::system_error where
/// it cannot be read.
void read_filter_file(ProgramOptions& options);

}  // namespace echolab::capture
