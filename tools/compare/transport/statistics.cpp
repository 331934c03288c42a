#include "tools/compare/transport/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace echolab::compare {

double percentile(std::vector<double> values, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(std::clamp(rank, std::size_t{1}, values.size()) - 1);
  std::ranges::nth_element(values, place);
  return *place;
}

Spread spread_of(const std::vector<double>& values) {
  const auto [least, most] = std::ranges::minmax(values);
  return {.median = percentile(values, 0.5), .least = least, .most = most};
}

}  // namespace echolab::compare
