// Accurate ECN: how the ends agree on it, and what the flags AE, CWR and ECE count then. Read RFC 9768, 3.1 and 3.2.2,
// before editing.
#pragma once

#include "capture/track/current_segment.hpp"

namespace echolab::capture {

/// Finds what the flags of the segment say where both ends use accurate ECN, or are about to.
void follow_accurate_ecn(CurrentSegment& now);

}  // namespace echolab::capture
