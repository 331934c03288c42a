// The trials of the comparison: each is run for every client, one after the other, never two at once.
#pragma once

#include <functional>

#include "tools/compare/transport/findings.hpp"
#include "tools/compare/transport/testbed.hpp"

namespace echolab::compare {

/// The exchange alone, once: what a sweep repeats. Its packets go to `file`, if there is one.
Exchange exchange(Testbed& testbed, const Plan& plan, Client client, MarkedFile* file = nullptr);

/// Is told before each trial how many are done, of how many.
using Measured = std::function<void(std::size_t done, std::size_t all)>;

/// Everything. `file` gets the packets of the first exchange of each client: those that the receipt counts.
Findings measure(Testbed& testbed, const Plan& plan, MarkedFile* file, const Measured& measured);

}  // namespace echolab::compare
