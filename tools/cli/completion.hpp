// What a shell offers for the word that is being typed. The scripts of share/completions ask the program itself, so
// that no shell can disagree with --help.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/cli/cli.hpp"

namespace echolab::cli {

/// What may stand in place of the last of `typed`: a word a line, behind a tab what it means; or ":files", ":users",
/// ":hosts", of which a shell knows more.
std::string complete(const CLI::App& app, std::span<const char* const> typed, const WordsOf& words_of = {});

}  // namespace echolab::cli
