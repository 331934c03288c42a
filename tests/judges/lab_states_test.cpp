// Judge 1 in the lab: on a wire that delays and loses nothing, both ends' states are pairs that can meet, by what is
// inferred and by what the two kernels say.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/judges/joint_states.hpp"
#include "tests/support/echo_pair.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using nlohmann::json;

class LabJointStates : public testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() { ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1); }  // see tests/CMakeLists.txt
};

std::optional<State> state_named(const std::string& name) {
  for (int i = 1; i < state_count; ++i)
    if (to_string(static_cast<State>(i)) == name) return static_cast<State>(i);
  return std::nullopt;
}

std::optional<Pair> pair_of(const json& ends) {
  const auto client = state_named(ends.value("client", "")), server = state_named(ends.value("server", ""));
  return client && server ? std::optional(Pair(*client, *server)) : std::nullopt;
}

TEST_P(LabJointStates, CanMeet) {
  const Ended lab =
      run("lab", {"run", "--scenario", std::string(ECHOLAB_SOURCE_DIR "/") + GetParam(), "--format", "json"});
  if (lab.status == 3) GTEST_SKIP() << "no namespace for a lab here";
  ASSERT_EQ(lab.status, 0) << lab.err;
  const Pairs pairs = pairs_that_can_meet(Opening::by_one, Acks::delayed);
  std::istringstream lines(lab.out);
  int judged = 0;
  for (std::string line; std::getline(lines, line);) {
    const json told = json::parse(line);
    if (told["kind"] != "wire") continue;
    for (const char* source : {"inferred", "kernel"}) {
      const auto pair = pair_of(told.value(source, json::object()));
      if (!pair) continue;
      ++judged;
      EXPECT_TRUE(pairs.contains(*pair)) << source << ": " << to_string(*pair) << " at " << line;
    }
  }
  EXPECT_GE(judged, 10);
}

std::string test_name(const testing::TestParamInfo<const char*>& info) {
  std::string name = std::filesystem::path(info.param).stem();
  std::erase(name, '-');
  return name;
}

INSTANTIATE_TEST_SUITE_P(OfACleanWire, LabJointStates,
                         testing::Values("tools/lab/scenarios/handshake.toml", "tools/lab/scenarios/close.toml",
                                         "tools/lab/scenarios/simultaneous-close.toml"),
                         test_name);

}  // namespace
}  // namespace echolab::test
