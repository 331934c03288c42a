// The acts of the comparison: each is played for TCP and for UDP, one after the other, never both at once.
#pragma once

#include <functional>

#include "tools/compare/findings.hpp"
#include "tools/compare/stage.hpp"

namespace echolab::compare {

/// The exchange alone, once: what a sweep repeats. Its packets go to `file`, if there is one.
Exchange exchange(Stage& stage, const Plan& plan, Protocol protocol, MarkedFile* file = nullptr);

/// Everything, and `acted` after each act. `file` gets the packets of the first exchange of each protocol: those that
/// the receipt counts.
Findings measure(Stage& stage, const Plan& plan, MarkedFile* file, const std::function<void()>& acted);
/// How many acts that will be.
std::size_t act_count(const Stage& stage, const Plan& plan);

}  // namespace echolab::compare
