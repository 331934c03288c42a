// The options of the echo programs on CLI11.
#pragma once

#include "tools/cli/cli.hpp"
#include "tools/cli/echo_program.hpp"

namespace echolab::cli {

void add_echo_options(CLI::App& app, const EchoProgram& program, Language lang, EchoOptions& options);

}  // namespace echolab::cli
