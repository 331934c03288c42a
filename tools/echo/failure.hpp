// What went wrong with a socket call, for the user: what, why, and the command that mends it.
#pragma once

#include <string>

#include "net/socket_error.hpp"
#include "net/system_call.hpp"
#include "tools/echo/program.hpp"

namespace echolab::echo {

std::string failure_text(const net::CallError& error, const Program& program, const Options& options);
/// The same where somebody on the way has refused, not our own kernel.
std::string failure_text(const net::RefusedOnTheWay& error, const Options& options);

/// A failure that lacks a right rather than an address: exit status 3.
bool lacks_right(const net::CallError& error);

}  // namespace echolab::echo
