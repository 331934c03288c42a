// From an observation to what is to be told of it. Render words it, in Korean or English.
#pragma once

#include "capture/explain/plan.hpp"
#include "capture/track/observation.hpp"
#include "capture/track/stream_summary.hpp"
#include "capture/track/unfinished_packet.hpp"

namespace echolab::capture {

/// What is to be told of the packet, into `plan`, which is cleared before.
void explain(const Observation& seen, Plan& plan);
/// What is missing of a fragmented packet, or why its fragments make no packet.
void explain(const UnfinishedPacket& packet, Plan& plan);
/// How a conversation went. What is its first line is of Level::headline.
void explain(const StreamSummary& stream, Plan& plan);

// One for each kind of packet; `plan` is cleared already.
/// Precondition: `seen.tcp` and `seen.stream` hold values, `seen.decoded` a Segment.
void explain_segment(const Observation& seen, Plan& plan);
void explain_datagram(const Observation& seen, const Datagram& datagram, Plan& plan);
void explain_icmp_error(const Observation& seen, const IcmpError& error, Plan& plan);
void explain_other(const Observation& seen, const Other& other, Plan& plan);
void explain_malformed(const Observation& seen, const Malformed& malformed, Plan& plan);

}  // namespace echolab::capture
