#include "tools/cli/near_miss.hpp"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>
#include <vector>

namespace echolab::cli {
namespace {

std::string in_small_letters(std::string_view word) {
  std::string small(word);
  std::ranges::transform(small, small.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return small;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j - 1] + (a[i - 1] != b[j - 1]), above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above.back();
}

std::string near_miss(std::string_view given, std::span<const std::string> names) {
  // Words as long as a line are none that were mistyped, and would cost their square.
  constexpr std::size_t longest = 64;
  std::string best;
  std::size_t least = std::min<std::size_t>(given.size() / 3, 2) + 1;
  if (given.size() > longest) return best;
  for (const std::string& name : names) {
    const std::size_t distance = edit_distance(in_small_letters(name), in_small_letters(given));
    if (distance >= least) continue;
    least = distance;
    best = name;
  }
  return best;
}

}  // namespace echolab::cli
