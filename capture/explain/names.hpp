// The names of protocols that are not followed. They are the same in every language.
#pragma once

#include <string>

#include "capture/decode/decoded.hpp"

namespace echolab::capture {

/// "ARP", "IGMP", "GRE", "ICMP echo request"; a number where it has no name here.
std::string name_of(const Other& other);
/// "TCP", "UDP", "IP protocol 132".
std::string ip_protocol_name(std::uint32_t number);

}  // namespace echolab::capture
