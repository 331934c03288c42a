// The trials of the comparison: each is run for TCP and for UDP, one after the other, never both at once.
#pragma once

#include <functional>

#include "tools/compare/transport/findings.hpp"
#include "tools/compare/transport/testbed.hpp"

namespace echolab::compare {

/// The exchange alone, once: what a sweep repeats. Its packets go to `file`, if there is one.
Exchange exchange(Testbed& testbed, const Plan& plan, Protocol protocol, MarkedFile* file = nullptr);

/// Everything, and `measured` after each trial. `file` gets the packets of the first exchange of each protocol: those
/// that the receipt counts.
Findings measure(Testbed& testbed, const Plan& plan, MarkedFile* file, const std::function<void()>& measured);
/// How many trials that will be.
std::size_t trial_count(const Testbed& testbed, const Plan& plan);

}  // namespace echolab::compare
