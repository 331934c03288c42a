// H42: the lab reads states a moment after a packet, and the hosts go on meanwhile. What is shown beside a packet is of
// that packet; what was read later says so.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/echo_pair.hpp"

namespace echolab::test {
namespace {

using nlohmann::json;

/// How often the lesson is seen: who is faster, the hosts or the lab, differs from run to run.
constexpr int times = 8;

class FaultH42 : public testing::Test {
 protected:
  static void SetUpTestSuite() { ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1); }  // see tests/CMakeLists.txt
  void SetUp() override {
    if (const Ended doctor = run("lab", {"doctor"}); doctor.status == 3) GTEST_SKIP() << "no namespace for a lab here";
  }
  static std::vector<json> story() {
    std::vector<json> all;
    std::istringstream lines(run("lab", {"run", "handshake", "--format", "json"}).out);
    for (std::string line; std::getline(lines, line);) all.push_back(json::parse(line));
    return all;
  }
  static bool is_segment(const json& event) { return event["kind"] == "wire" && event.contains("inferred"); }
};

TEST_F(FaultH42, NoStateIsShownBeforeTheCallThatItFollowsFrom) {
  for (int time = 0; time < times; ++time) {
    bool closes = false;
    for (json& event : story()) {
      closes = closes || (event["kind"] == "call" && event["call"] == "shutdown");
      if (!closes && is_segment(event)) {
        EXPECT_NE(event["client"]["after"], "FIN_WAIT_1") << event;
      }
    }
    EXPECT_TRUE(closes);
  }
}

TEST_F(FaultH42, TheColumnSaysWhatTheSentenceSays) {
  for (int time = 0; time < times; ++time)
    for (json& event : story()) {
      if (!is_segment(event) || event["from"] != "client" || event["flags"] != "F.") continue;
      EXPECT_EQ(event["server"]["after"], "CLOSE_WAIT") << event;
    }
}

TEST_F(FaultH42, WhatIsReadLateIsMarked) {
  for (int time = 0; time < times; ++time)
    for (json& event : story()) {
      if (!is_segment(event)) continue;
      const bool same = event["inferred"]["client"] == event["client"]["after"] &&
                        event["inferred"]["server"] == event["server"]["after"];
      EXPECT_EQ(event.contains("read_late"), !same) << event;
      EXPECT_EQ(event["agree"], true) << event;
    }
}

}  // namespace
}  // namespace echolab::test
