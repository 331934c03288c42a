#include "capture/explain/explain.hpp"

namespace echolab::capture {

void explain(const Observation& seen, Plan& plan) {
  plan.clear();
  const Decoded& decoded = seen.decoded;
  if (seen.tcp && seen.stream && std::holds_alternative<Segment>(decoded)) return explain_segment(seen, plan);
  if (const auto* datagram = std::get_if<Datagram>(&decoded)) return explain_datagram(seen, *datagram, plan);
  if (const auto* error = std::get_if<IcmpError>(&decoded)) return explain_icmp_error(seen, *error, plan);
  if (const auto* other = std::get_if<Other>(&decoded)) return explain_other(seen, *other, plan);
  if (const auto* malformed = std::get_if<Malformed>(&decoded)) return explain_malformed(seen, *malformed, plan);
}

}  // namespace echolab::capture
