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
std::string allowed(const CLI::Option& option, Lang lang);

}  // namespace echolab::cli
