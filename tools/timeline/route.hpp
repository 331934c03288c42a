// Which interface a conversation's packets pass, so that the sniffer looks there.
#pragma once

#include <string>

#include "net/address.hpp"

namespace echolab::timeline {

/// The interface on the way to `destination`, asked of the kernel's routes. One of our own addresses: the loopback
/// interface. Throws net::CallError where there is no way.
std::string interface_to(const net::Address& destination);

/// The interface that owns `local`; "any" for 0.0.0.0 and ::.
std::string interface_of(const net::Address& local);

}  // namespace echolab::timeline
