// Packets written as text, in the notation that the programs print and packetdrill's for the options:
//   P. 1:6(5) ack 1 win 512 <TS val 100 ecr 90> <wscale 7> <sackOK> <sack 101:201 301:401> id 7 ttl 64 link 1 "hello"
// Numbers are relative; id is IPv4's identification, link a name of the link it was captured on, and the quoted text
// the payload that was captured. Before that may stand what its checksum is, bad or good, and how much of what its IP
// length promises the frame has not: lacks 10.
#pragma once

#include <string_view>

#include "capture/decode/decoded.hpp"

namespace echolab::test {

/// One written packet. Throws std::invalid_argument, with the text, where it cannot be read.
/// `seq`, `ack` and the SACK edges of the result are still relative; the addresses are empty. Its payload is a view
/// into `text`.
capture::Segment parse_segment(std::string_view text);

}  // namespace echolab::test
