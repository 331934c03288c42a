// From bytes to meaning: link layer, IP, transport. No I/O, no clock, no memory of earlier packets.
#pragma once

#include "capture/decode/decoded.hpp"
#include "capture/source/packet.hpp"

namespace echolab::capture {

/// Never throws and never reads outside `packet.bytes`, whatever they hold. The result's spans point into
/// `packet.bytes`.
Decoded decode(const Packet& packet);

/// A short name of the link that it was captured on, and of who sent it there: each place that a packet is captured at
/// has another one. 0 where the link layer has no addresses.
std::uint16_t link_name(const Packet& packet);

/// Whether the link layer sent it to everybody: the only sign of a subnet's broadcast. False where it does not say.
bool is_link_broadcast(const Packet& packet);

}  // namespace echolab::capture
