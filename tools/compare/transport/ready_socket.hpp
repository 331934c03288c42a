// A socket that never blocks, for who serves many at once.
#pragma once

#include "net/file_descriptor.hpp"
#include "tools/compare/transport/plan.hpp"

namespace echolab::compare {

/// Connected or on its way to be. A datagram socket takes answers from this server alone.
net::FileDescriptor ready_socket(Protocol protocol, const net::Address& server);

/// What such a socket says where it has nothing to say, or where an answer will not come.
bool is_passing(int error);

}  // namespace echolab::compare
