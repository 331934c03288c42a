// What the IP header around a packet says, whatever it carries.
#pragma once

#include "capture/explain/plan.hpp"
#include "capture/track/observation.hpp"

namespace echolab::capture {

/// The place of a fragment, what the header promises in vain, what is wrong with it.
void tell_ip(Plan& plan, const Observation& seen, const IpInfo& ip);
/// The same, and what it means for the length.
void tell_ip(Plan& plan, const Observation& seen, const Segment& segment);
void tell_ip(Plan& plan, const Observation& seen, const Datagram& datagram);
/// Part of tell_ip: that its TTL or hop limit is 0.
void tell_no_hops_left(Plan& plan, const IpInfo& ip);
/// The place of a fragment, and what it is among the others of its packet.
void tell_fragment(Plan& plan, const Observation& seen, const Fragment& piece);

inline bool is_first_fragment(const IpInfo& ip) { return ip.fragment && ip.fragment->first(); }
/// The headline of a first fragment, around that of what it begins.
void tell_first_fragment(Plan& plan, Given<Blank::what> begun);
/// The notes whose fact tell_ip tells with more words.
NoteSet told_by_ip(const Observation& seen, const IpInfo& ip);
/// Those whose advice would mislead.
NoteSet unsuited(const IpInfo& ip);

}  // namespace echolab::capture
