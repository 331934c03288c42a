// A wrong command line in one readable line: which option, what was wrong, what is allowed, where help is.
#pragma once

#include <string>

#include "tools/cli/cli.hpp"

namespace echolab::cli {

std::string usage_error(const CLI::App& app, const CLI::ParseError& error, Language lang);

}  // namespace echolab::cli
