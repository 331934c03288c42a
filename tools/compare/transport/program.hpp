// The compare program.
#pragma once

#include <optional>
#include <string>

#include "tools/cli/run.hpp"
#include "tools/compare/transport/values.hpp"

namespace echolab::compare {

inline constexpr std::string_view program_name = "compare";

enum class Format : std::uint8_t { text, json, markdown };

struct Options {
  std::string what = "transport";
  std::uint64_t messages = 20;
  std::size_t size = 64;
  std::string loss, delay;  // as they are written; empty: 0, and 10 ms in the lab
  std::uint64_t seed = 1;
  std::string on = "lab", tcp, udp;
  std::string sweep, svg;
  std::string write_file;
  Format format = Format::text;
};

cli::Exit compare(const Options& options, const cli::Common& common);

}  // namespace echolab::compare
