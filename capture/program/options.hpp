// What the capture program can be asked for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "capture/program/selection.hpp"
#include "net/text.hpp"

namespace echolab::capture {

enum class Format : std::uint8_t { text, json, summary };

struct ProgramOptions {
  std::string started = "capture";  // the program as a command to copy: "build/bin/capture"
  std::string interface = "lo";
  std::string read_file;      // empty: live
  std::string write_file;     // empty: do not write
  std::uint64_t packets = 0;  // stop after so many; 0: never
  int snaplen = 262144;       // bytes kept of a packet
  bool raw_numbers = false;
  bool list_interfaces = false;
  bool list_notes = false;
  std::string user;  // to become once the interface is open
  Format format = Format::text;
  Verbosity verbosity = Verbosity::usual;
  Wanted wanted;
  std::vector<std::string> filter;  // the words of a BPF filter
  std::string bpf() const;          // as one expression
  bool live() const { return read_file.empty(); }
};

}  // namespace echolab::capture
