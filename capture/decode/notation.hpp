// A packet in one line, the way packetdrill and tcpdump write it: in output, tests and docs alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "capture/decode/decoded.hpp"

namespace echolab::capture {

/// tcpdump's letters, in the order S F P R . U E W e ('.' is ACK, 'e' the AE bit); "none" where no flag is set.
std::string flags(TcpFlags set);
void append_flags(std::string& out, TcpFlags set);

/// "S 0:0(0) win 65535", "S. 0:0(0) ack 1", "P. 1:6(5) ack 1", "F. 6:6(0) ack 6", "R 1:1(0)".
/// first:next(payload bytes), with the numbers that the caller counts in: `seq` and `ack` may be relative or raw.
/// The payload alone is counted: SYN and FIN take a sequence number and no place between the two.
/// `ack` is shown where the flag is set, the window on a SYN (the first offer, never scaled), the urgent pointer with
/// URG.
std::string notation(const Segment& segment, std::uint32_t seq, std::uint32_t ack);
/// `window`: as it is to be shown; empty: not at all.
void append_notation(std::string& out, const Segment& segment, std::uint32_t seq, std::uint32_t ack,
                     std::string_view window);

/// "UDP 5": UDP has nothing else to say.
std::string notation(const Datagram& datagram);
void append_notation(std::string& out, const Datagram& datagram);

}  // namespace echolab::capture
