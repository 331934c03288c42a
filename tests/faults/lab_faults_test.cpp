// S4, S10, S14: what a scenario holds, and what its programs say, is foreign to the one who watches.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/faults/trouble.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/private_network.hpp"

namespace echolab::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr auto escape = "\x1b";

/// The lab on a scenario whose only program is a line for the shell.
class Lab : public testing::Test {
 protected:
  static void SetUpTestSuite() { ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1); }  // see tests/CMakeLists.txt
  void SetUp() override {
    if (const Ended doctor = run("lab", {"doctor"}); doctor.status == 3) GTEST_SKIP() << "no namespace for a lab here";
  }

  std::string scenario(const std::string& line, const std::string& title = "A program") const {
    const std::string path = folder.file("my.toml");
    std::ofstream(path) << "title = '" << title << "'\n[[program]]\nhost = 'client'\nrun = ['sh', '-c', '''" << line
                        << "''']\n";
    return path;
  }
  static std::vector<std::string> lab_run(const std::string& scenario, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"run", "--scenario", scenario});
    return command("lab", std::move(more));
  }

  const TemporaryFolder folder;
};

class FaultS4 : public Lab {};

/// How long the lines were that the program wrote.
std::vector<std::size_t> lengths_told(const std::string& out) {
  std::vector<std::size_t> lengths;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);)
    if (const json told = json::parse(line); told["kind"] == "output")
      lengths.push_back(told["text"].get<std::string>().size());
  return lengths;
}

TEST_F(FaultS4, AnEndlessLineComesInPieces) {
  const std::string path = scenario("head -c 200000 /dev/zero | tr '\\0' @");
  const Ended ended = Process(lab_run(path, {"--format", "json"})).wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(lengths_told(ended.out), ElementsAre(65536U, 65536U, 65536U, 3392U));
}

TEST_F(FaultS4, ALineOfTwoMegabytesCostsSecondsOfTheProcessorAndNoMinutes) {
  const auto words = lab_run(scenario("head -c 2000000 /dev/zero | tr '\\0' @"));
  const Ended ended = Process(in_shell("ulimit -t 20; exec ", words)).wait(std::chrono::seconds(200));
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(std::ranges::count(ended.out, '@'), 2'000'000);
}

class FaultS4Endless : public FaultS4, public testing::WithParamInterface<const char*> {};
TEST_P(FaultS4Endless, AProgramThatNeverPausesHoldsUpNoSignal) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Process lab(lab_run(scenario(GetParam())));
    lab.wait_for("says");
    EXPECT_EQ(lab.end(signal).status, 0);
  }
}
INSTANTIATE_TEST_SUITE_P(Programs, FaultS4Endless, testing::Values("cat /dev/zero", "yes ''", "yes >&2"));

}  // namespace
}  // namespace echolab::test
