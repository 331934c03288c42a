// Tests of what happens inside the lab run there, in a process of their own: what they expect and do not find is
// printed there, and is a failure here.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "tools/lab/host/network.hpp"

namespace echolab::test {

/// Whether a test that ran inside, or only tried to, has done what it should.
enum class Inside { held, failed, impossible };

inline Inside run_inside(const std::function<void()>& body, std::string& why_not) {
  try {
    const int status = lab::isolated([&] {
      try {
        body();
      } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
      }
      return ::testing::Test::HasFailure() ? 1 : 0;
    });
    return status == 0 ? Inside::held : Inside::failed;
  } catch (const lab::Unavailable& unavailable) {
    why_not = std::string("no namespace for a lab here: ") + unavailable.what();
    return Inside::impossible;
  }
}

}  // namespace echolab::test

/// Runs the rest of the test, a block, inside.
#define INSIDE(...)                                                           \
  std::string why_not;                                                        \
  const auto inside = ::echolab::test::run_inside([&] __VA_ARGS__, why_not);  \
  if (inside == ::echolab::test::Inside::impossible) GTEST_SKIP() << why_not; \
  EXPECT_EQ(inside, ::echolab::test::Inside::held)
