// The names of protocols that are not followed. They are the same in every language.
#pragma once

#include <string>

#include "capture/decode/decoded.hpp"

namespace echolab::capture {

/// "ARP", "IGMP", "GRE", "ICMP echo request"; a number where it has no name here.
std::string name_of(const Other& other);
/// "TCP", "UDP", "IP protocol 132".
std::string ip_protocol_name(std::uint32_t number);

/// "IPv4", "TCP": of a layer that decode names in small letters.
std::string_view layer_name(std::string_view layer);
/// "0x1234"; of IPv6 "0x12345678".
std::string identification_text(std::uint32_t identification, bool v6);
/// "total length": as the RFC that defines the header calls it.
std::string_view name_of(Malformed::Field field);

}  // namespace echolab::capture
