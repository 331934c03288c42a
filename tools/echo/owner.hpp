// On a machine that many share, whoever came first has the port that a client is told to ask.
#pragma once

#include <string>

#include "tools/echo/program.hpp"

namespace echolab::echo {

/// Warns where the server that listens at this loopback address belongs to another user. `protocol`: "tcp" or "udp".
void warn_of_other_owner(const Options& options, timeline::Timeline& timeline, const std::string& protocol,
                         const net::Address& server);

}  // namespace echolab::echo
