// The blog post beside a packet: its four numbered steps of the handshake, and whether the packet does as it says.
#pragma once

#include <optional>

#include "capture/track/observation.hpp"

namespace echolab::capture {

struct PostView {
  enum class Verdict : std::uint8_t {
    agrees,
    client_was_first,  // step 3: the post names only the server; the client was ESTABLISHED one packet earlier
    data_with_ack,     // steps 3 and 4 in one packet: data rides on the third packet
    data_in_syn,       // step 1 (or 2) already carries data: TCP fast open
    again,             // a copy: the next step has not happened yet
    refused,           // step 2 is missing: an RST came in its place
    crossed,           // simultaneous open: both ends send SYN; the post knows only one that asks
    aborted,           // the handshake ended with RST before step 3 (or 4)
    step_unseen,       // an earlier step is not in this capture
  };
  Step step;  // the step that this packet is; for `refused` and `aborted` the step that is missing
  Verdict verdict;
  bool missing = false;  // true: `step` did not happen
  bool agrees() const { return verdict == Verdict::agrees; }
};

/// Nullopt where the packet is no step, and ends no handshake.
std::optional<PostView> post_of(const Observation& seen);

}  // namespace echolab::capture
