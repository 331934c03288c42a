// The program from its options to its exit status.
#pragma once

#include "capture/program/options.hpp"
#include "tools/cli/run.hpp"

namespace echolab::capture {

inline constexpr auto program_name = "capture";

/// Opens the interface or the file, gives up every right, shows what comes, and says what went wrong.
cli::Exit run(const ProgramOptions& options, const cli::Common& common);

}  // namespace echolab::capture
