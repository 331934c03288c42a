// Packets written as text, in the notation that the programs print: "P. 1:6(5) ack 1 win 512", and packetdrill's
// "<TS val 100 ecr 0>" behind it where timestamps matter. Numbers are relative.
#pragma once

#include <string_view>

#include "capture/decode/decoded.hpp"

namespace echolab::test {

/// One written packet. Throws std::invalid_argument, with the text, where it cannot be read.
/// `seq` and `ack` of the result are still relative; the addresses are empty.
capture::Segment parse_segment(std::string_view text);

}  // namespace echolab::test
