// The scenarios that come with the toolkit, compiled in: a program that is copied or moved still has them.
#pragma once

#include <span>
#include <string_view>

namespace echolab::lab {

struct BuiltInScenario {
  std::string_view name, toml;
};
/// The files of tools/lab/scenarios, sorted by name. Made when the build is configured (built_in.cmake).
std::span<const BuiltInScenario> built_in_scenarios();

}  // namespace echolab::lab
