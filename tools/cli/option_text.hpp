// What CLI11 knows about an option, as words for people.
#pragma once

#include <string>
#include <vector>

#include "tools/cli/cli.hpp"

namespace echolab::cli {

/// The words that the option takes, for one checked with IsMember or a (Checked)Transformer; else empty.
std::vector<std::string> choices(const CLI::Option& option);

/// What stands behind the name in help: "N", "FILE", "text|json"; empty for a flag.
std::string placeholder(const CLI::Option& option);

/// "a whole number from 0 to 65535", "text, json"; empty where anything goes.
std::string allowed(const CLI::Option& option, Language lang);

/// What the option does, and in brackets its default or that it must be there.
std::string description(const CLI::Option& option, Language lang);

/// "FILTER..." for an argument that may be repeated, else its name.
std::string argument_name(const CLI::Option& option);

/// "compare state" for a command of a program, else the program's name.
std::string full_name(const CLI::App& app);

/// The arguments, options and commands that are not hidden. The options stand in their groups; those that every program
/// has come last, though they were made first.
struct OptionGroup {
  std::string title;
  std::vector<const CLI::Option*> options;
};
std::vector<const CLI::Option*> arguments(const CLI::App& app);
std::vector<OptionGroup> option_groups(const CLI::App& app, Language lang);
std::vector<const CLI::App*> commands(const CLI::App& app);

}  // namespace echolab::cli
