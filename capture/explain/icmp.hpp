// ICMP and ICMPv6: what a type and a code mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "capture/decode/decoded.hpp"
#include "capture/explain/plan.hpp"
#include "capture/track/observation.hpp"

namespace echolab::capture {

/// "port unreachable".
const OneOf<>& icmp_error_name(const IcmpNotice& error);

/// "ICMPv6 echo request"; a number where the type has no name here. The same in every language.
std::string icmp_message_name(bool v6, std::uint32_t type);
}  // namespace echolab::capture
