// A socket that never blocks, for who serves many at once.
#pragma once

#include "net/address.hpp"
#include "net/file_descriptor.hpp"

namespace echolab::load {

/// `type` is SOCK_STREAM or SOCK_DGRAM. Connected, or on its way to be; a datagram socket takes answers from this
/// server alone.
net::FileDescriptor ready_socket(int type, const net::Address& server);

/// What such a socket says where it has nothing to say, or where an answer will not come.
bool is_passing(int error);

}  // namespace echolab::load
