// Why packets could not be had, in words: what happened, why, and the command that mends it.
#pragma once

#include <string>
#include <string_view>

#include "capture/explain/explain.hpp"
#include "capture/source/packet_source.hpp"

namespace echolab::capture {

/// The command for a shell in a private network: tools/shell, or what it is called beside `echolab capture`.
std::string shell_of(std::string_view program);

/// `program` is the command to name in a mend ("capture"). One line, or a line and the mends below it; no line break at
/// the end.
std::string explain(const SourceError& error, std::string_view program, Language language);

}  // namespace echolab::capture
