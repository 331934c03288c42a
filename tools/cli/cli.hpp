// What every program's command line shares: the common options, and help in two languages. Only where options are
// declared is this included: CLI11 costs each file that sees it seconds.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/cli/run.hpp"

namespace echolab::cli {

/// -q and -v: how much is told of a packet.
void add_verbosity(CLI::App& app, Verbosity& verbosity, Language lang);

/// An app with the house's help layout (80 columns, counted as a terminal does) in `lang`, --help, --version and the
/// common options.
std::unique_ptr<CLI::App> make_app(std::string name, Text description, Language lang, Common& common);

/// A note below the options in --help: examples, exit status.
void add_footer(CLI::App& app, Text footer, Language lang);

/// Words for a value of that name (as help gives it) that only the program knows.
using WordsOf = std::function<std::vector<std::string>(std::string_view value)>;

/// Parses; prints help or version and returns `done`, or a usage error (one line and where help is) and returns
/// `usage`; nullopt: go on. With --help=man in front it prints the man page, with --complete what a shell may offer for
/// the last of the words behind it. Started as `echolab NAME`, the program calls itself so.
std::optional<Exit> parse(CLI::App& app, int argc, const char* const* argv, Language lang,
                          const WordsOf& words_of = {});

}  // namespace echolab::cli
