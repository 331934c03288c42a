// From bytes to meaning: link layer, IP, transport. No I/O, no clock, no memory of earlier packets.
#pragma once

#include "capture/decode/decoded.hpp"
#include "capture/source/packet.hpp"

namespace echolab::capture {

/// Never throws and never reads outside `packet.bytes`, whatever they hold. The result's spans point into
/// `packet.bytes`.
Decoded decode(const Packet& packet);

}  // namespace echolab::capture
