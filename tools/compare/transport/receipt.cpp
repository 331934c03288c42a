#include "tools/compare/transport/receipt.hpp"

namespace echolab::compare {
namespace {

/// Counts are the first run's, times the median.
void fill(Row& row, Client client, const Findings& findings, OfRun of_run) {
  std::vector<double> values;
  for (const Exchange& run : findings.sides[client].runs)
    if (const auto value = of_run(run, findings.plan)) values.push_back(*value);
  if (values.empty()) return;
  const Spread spread = spread_of(values);
  row.value[client] = row.measure->unit == Unit::milliseconds ? spread.median : values.front();
  if (values.size() > 1) row.spread[client] = spread;
}

void fill(Row& row, Client client, const Findings& findings, OfSide of_side) {
  row.value[client] = of_side(findings.sides[client]);
}

}  // namespace

std::vector<Row> receipt(const Findings& findings) {
  std::vector<Row> rows;
  for (const Measure& measure : measures) {
    Row& row = rows.emplace_back(Row{.measure = &measure});
    for (const Client client : clients) std::visit([&](auto get) { fill(row, client, findings, get); }, measure.get);
  }
  return rows;
}

const Row& row_of(const std::vector<Row>& rows, MeasureName name) { return rows[name.place()]; }

}  // namespace echolab::compare
