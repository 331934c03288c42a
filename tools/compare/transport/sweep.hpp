// The exchange again and again while the wire gets worse.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/compare/transport/findings.hpp"
#include "tools/compare/transport/values.hpp"

namespace echolab::compare {

struct Point {
  Line line;
  Each<Exchange> sides = {};
};

struct Swept {
  Plan plan;
  Sweep::Of of = Sweep::Of::loss;
  std::vector<Point> points;
};

/// The lines that a sweep asks for: the plan's, with one thing changed.
std::vector<Line> lines_of(const Plan& plan, const Sweep& sweep);

/// Calls `exchange` for each line and each client.
Swept swept(const Plan& plan, const Sweep& sweep, const std::function<Exchange(const Plan&, Client)>& exchange);

}  // namespace echolab::compare
