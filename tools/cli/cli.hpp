// What every program's command line shares: the common options, and help in two languages. Only where options are
// declared is this included: CLI11 costs each file that sees it seconds.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "tools/cli/run.hpp"

namespace echolab::cli {

/// -q and -v: how much is told of a packet.
void add_verbosity(CLI::App& app, Verbosity& verbosity, Language lang);

/// An app with the house's help layout (80 columns, counted as a terminal does) in `lang`, --help, --version and the
/// common options.
std::unique_ptr<CLI::App> make_app(std::string name, Text description, Language lang, Common& common);

/// A note below the options in --help: examples, exit status.
void add_footer(CLI::App& app, Text footer, Language lang);

/// Parses; prints help or version (with --help=man or --help=bash in front, the man page or the completion for bash)
/// and returns `done`, or a usage error (one line and where help is) and returns
/// `usage`; nullopt: go on.
std::optional<Exit> parse(CLI::App& app, int argc, const char* const* argv, Language lang);

}  // namespace echolab::cli
