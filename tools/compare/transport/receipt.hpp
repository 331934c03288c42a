// The receipt: a row a measure, made of the findings and nothing else. Text, JSON and Markdown draw the same rows.
#pragma once

#include <optional>
#include <vector>

#include "tools/compare/transport/measures.hpp"

namespace echolab::compare {

struct Row {
  const Measure* measure;
  Each<Value> value = {};                   // of counts: the first run's, whose packets -w has; of times: the median
  Each<std::optional<Spread>> spread = {};  // of the runs, where there were several
};

/// A row for each measure, in their order.
std::vector<Row> receipt(const Findings& findings);
const Row& row_of(const std::vector<Row>& rows, MeasureName name);

}  // namespace echolab::compare
