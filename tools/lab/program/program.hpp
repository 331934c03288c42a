// The lab program's commands.
#pragma once

#include <string>
#include <vector>

#include "tools/cli/run.hpp"

namespace echolab::lab {

inline constexpr std::string_view program_name = "lab";

struct LabOptions {
  std::string started;             // the program as a command to copy
  std::string scenario;            // a name
  std::string scenario_file;       // or a file of a teacher's own
  std::string scenario_dir;        // whose *.toml have names, too
  std::vector<std::string> rules;  // as they are written
  double loss = 0;                 // per cent
  double delay = 0;                // milliseconds
  std::uint64_t seed = 1;
  bool ipv6 = false;
  bool json = false;
  Verbosity verbosity = Verbosity::usual;
  std::string write_file;
  std::string host = "client";       // of a shell
  std::vector<std::string> command;  // instead of a shell
  std::vector<std::string> files;    // to check
};

cli::Exit list(const LabOptions& options, const cli::Common& common);
cli::Exit check(const LabOptions& options, const cli::Common& common);
cli::Exit run(const LabOptions& options, const cli::Common& common);
cli::Exit step(const LabOptions& options, const cli::Common& common);
cli::Exit shell(const LabOptions& options, const cli::Common& common);
cli::Exit doctor(const LabOptions& options, const cli::Common& common);

}  // namespace echolab::lab
