#include "tools/compare/transport/sweep.hpp"

namespace echolab::compare {

std::vector<Line> lines_of(const Plan& plan, const Sweep& sweep) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < sweep.size(); ++i) {
    Line& line = lines.emplace_back(plan.line);
    if (sweep.of == Sweep::Of::loss)
      line.loss = sweep.losses[i];
    else
      line.delay = sweep.delays[i];
  }
  return lines;
}

Swept swept(const Plan& plan, const Sweep& sweep, const std::function<Exchange(const Plan&, Client)>& exchange) {
  Swept result{.plan = plan, .of = sweep.of, .points = {}};
  for (const Line& line : lines_of(plan, sweep)) {
    Plan one = plan;
    one.line = line;
    Point point{.line = line};
    for (const Client client : clients) point.sides[client] = exchange(one, client);
    result.points.push_back(std::move(point));
  }
  return result;
}

}  // namespace echolab::compare
