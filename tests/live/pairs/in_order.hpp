// Whether the steps of a story stand in it in this order.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace echolab::test {

/// Every one of `steps` is found, each behind the one before it.
inline testing::AssertionResult in_order(const std::string& story, const std::vector<std::string>& steps) {
  std::size_t at = 0;
  for (const std::string& step : steps) {
    at = story.find(step, at);
    if (at == std::string::npos)
      return testing::AssertionFailure() << "no \"" << step << "\" in its place in:\n" << story;
    at += step.size();
  }
  return testing::AssertionSuccess();
}

}  // namespace echolab::test
