// The options as a completion for bash. It is made from what --help is made from, so the two cannot disagree.
#pragma once

#include <string>

#include "tools/cli/cli.hpp"

namespace echolab::cli {

/// A script that bash loads: it completes the options, the words that an option takes, files, users and interfaces.
std::string bash_completion(const CLI::App& app);

}  // namespace echolab::cli
