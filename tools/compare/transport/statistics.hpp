// Several measurements as one.
#pragma once

#include <vector>

namespace echolab::compare {

/// The value that `share` (0 to 1) of all values do not exceed: the nearest rank, a value that was measured.
/// Precondition: there are values.
double percentile(std::vector<double> values, double share);

/// Where several runs lie.
struct Spread {
  double median = 0, least = 0, most = 0;
  friend bool operator==(const Spread&, const Spread&) = default;
};
/// Of an even number of values the median is the lower of the two in the middle: one that was measured. Precondition:
/// there are values.
Spread spread_of(const std::vector<double>& values);

}  // namespace echolab::compare
