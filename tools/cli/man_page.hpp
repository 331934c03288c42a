// The options as a man page. It is made from what --help is made from, so the two cannot disagree.
#pragma once

#include <string>

#include "tools/cli/cli.hpp"

namespace echolab::cli {

/// Source for man (the `man` macros of groff), in UTF-8.
std::string man_page(const CLI::App& app, Language lang);

}  // namespace echolab::cli
