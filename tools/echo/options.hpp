// The options of the echo programs on CLI11.
#pragma once

#include "tools/cli/cli.hpp"
#include "tools/echo/program.hpp"

namespace echolab::echo {

void add_options(CLI::App& app, const Program& program, Language lang, Options& options);

}  // namespace echolab::echo
