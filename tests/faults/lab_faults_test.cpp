// H39, H40: lab step. S4, S10, S14: what a scenario holds, and what its programs say, is foreign to the one who
// watches.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <regex>
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

/// Every place of a scenario that words are shown from.
constexpr auto hostile = R"(title = "\u001b[2Jtitle"
question = "one\n\u001b[2Jquestion"
answer = "\u001b[2Janswer"
[[program]]
host = "client"
run = ["PROGRAM"]
[[check]]
text = "\u001b[2Jheld"
order = ["client ends"]
[[check]]
text = "\u001b[2Jnot held"
order = ["client says \u001b[2Jmissing"]
)";

class FaultS10 : public Lab {
 protected:
  std::string hostile_scenario() const {
    const std::string program = folder.file("\x1b[2Jprogram"), path = folder.file("\x1b[2J.toml");
    std::ofstream(program) << "#!/bin/sh\necho said\n";
    std::filesystem::permissions(program, std::filesystem::perms(0755));
    std::string toml = hostile;
    toml.replace(toml.find("PROGRAM"), 7, folder.file(R"(\u001b[2Jprogram)"));
    std::ofstream(path) << toml;
    return path;
  }
};

TEST_F(FaultS10, NoWordOfAScenarioSteersTheTerminal) {
  const Ended ended = Process(lab_run(hostile_scenario())).wait();
  EXPECT_THAT(ended.out, Not(HasSubstr(escape)));
  EXPECT_THAT(ended.err, Not(HasSubstr(escape)));
  for (const char* shown : {"title", "question", "answer", "held", "not held", "missing", "program says: said"})
    EXPECT_THAT(ended.out, HasSubstr(std::string(R"(\x1b[2J)") + shown));
  EXPECT_THAT(ended.out, HasSubstr("Question: one\n"));  // its line breaks are its own
}

TEST_F(FaultS10, NorDoesOneInTheStudentsHand) {
  const Ended ended = run("lab", {"step", "--scenario", hostile_scenario()});
  EXPECT_THAT(ended.out, AllOf(Not(HasSubstr(escape)), HasSubstr(R"(\x1b[2Jtitle)")));
}

TEST(FaultS10List, NorDoesOneInTheList) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("\x1b[2Jname.toml")) << hostile;
  const Ended ended = run("lab", {"list", "--scenario-dir", folder.file("")});
  EXPECT_THAT(ended.out, AllOf(Not(HasSubstr(escape)), HasSubstr(R"(\x1b[2Jname)"), HasSubstr(R"(\x1b[2Jtitle)")));
}

TEST(FaultS10Interfaces, NorDoesTheNameOfAnInterface) {
  if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
  if (!add_veth_pair("\x1b[2J0", "veth1")) GTEST_SKIP() << "no private network with veth here";
  const Ended ended = run("capture", {"-D"});
  EXPECT_THAT(ended.out, AllOf(Not(HasSubstr(escape)), HasSubstr(R"(\x1b[2J0)")));
}

TEST(FaultS14Files, AnEndlessScenarioIsRefusedBeforeItCostsMemory) {
  const auto words = command("lab", {"run", "--scenario", "/dev/zero"});
  const Ended ended = Process(in_shell(sanitized ? "exec " : "ulimit -v 2000000; exec ", words)).wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("larger than 64 KiB"));
}

class LanguageOfTheLab : public Lab {};

TEST_F(LanguageOfTheLab, IsThatOfTheProgramsOnItsHosts) {
  const auto sentence = [](const char* lang) { return run("lab", {"run", "handshake", "--lang", lang}).out; };
  EXPECT_THAT(sentence("ko"), AllOf(HasSubstr("상태의 끝점"), Not(HasSubstr("an endpoint"))));
  EXPECT_THAT(sentence("en"), AllOf(HasSubstr("an endpoint"), Not(HasSubstr("상태의 끝점"))));
}

/// Standard input that never ends, and whose one line never does.
class EndlessInput : public Lab {};

TEST_F(EndlessInput, IsNoOrderToTheHand) {
  const Ended ended = Process(lab_run(scenario("exec " + program("by_hand") + " 10.0.0.2 9 </dev/zero"))).wait();
  EXPECT_THAT(ended.out, AllOf(HasSubstr("is not an order"), HasSubstr("ended with status 1")));
}

TEST(EndlessInputOverUdp, IsLargerThanADatagram) {
  const Server server("udp_server");
  const auto words = server.client("udp_client", quiet({}));
  const Ended ended = Process(in_shell(sanitized ? "exec " : "ulimit -v 2000000; exec ", words, "</dev/zero")).wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("larger than a UDP datagram"));
}

class Stepped : public Lab {
 protected:
  static std::vector<std::string> step(const std::string& scenario) {
    return command("lab", {"step", scenario, "--lang", "en", "--color", "never"});
  }
  /// Wherever its lines break.
  static std::string in_one_line(const std::string& text) {
    return std::regex_replace(text, std::regex("[ \n]+"), " ");
  }
  /// Of each prompt the number that it names, and that of the ladder's last row before it.
  static std::vector<std::pair<int, int>> asked_below(const std::string& out) {
    std::vector<std::pair<int, int>> asked;
    std::istringstream lines(out);
    std::smatch found;
    int row = 0;
    for (std::string line; std::getline(lines, line);) {
      if (std::regex_search(line, found, std::regex("^ +#([0-9]+) "))) row = std::stoi(found[1]);
      if (std::regex_search(line, found, std::regex("^\\[([0-9]+)\\] .*: Enter")))
        asked.emplace_back(std::stoi(found[1]), row);
    }
    return asked;
  }
};

class FaultH39 : public Stepped {};

TEST_F(FaultH39, ARuleThatIsToldIsProposedAtItsFrameAndEnterFollowsIt) {
  Process lab(step("lost-synack"), std::nullopt);
  lab.wait_for("SYN from the client: Enter deliver");
  lab.say("\n");
  lab.wait_for("SYN,ACK from the server: Enter drop server SYN,ACK 1 (the rule)");
  lab.say("\n");
  lab.end_input();
  const std::string out = in_one_line(lab.wait().out);
  EXPECT_THAT(out, HasSubstr("The wire dropped this packet. (rule: drop server SYN,ACK 1)"));
  EXPECT_THAT(out, HasSubstr(", dropped 1,"));
}

TEST_F(FaultH39, TheStudentMayDecideOtherwise) {
  Process lab(step("lost-synack"), std::nullopt);
  lab.wait_for("SYN from the client: Enter deliver");
  lab.say("\n");
  lab.wait_for("(the rule) · d deliver");
  lab.say("d\n");
  lab.end_input();
  EXPECT_THAT(in_one_line(lab.wait().out), HasSubstr(", dropped 0,"));
}

TEST_F(FaultH39, WhereNobodyDecidesAnyMoreTheRulesDo) {
  const Ended ended = Process(step("lost-synack")).wait();
  EXPECT_THAT(in_one_line(ended.out), HasSubstr(", dropped 1,"));
}

TEST_F(FaultH39, ChanceIsProposedToo) {
  auto words = step("handshake");
  words.insert(words.end(), {"--loss", "100%"});
  Process lab(words, std::nullopt);
  lab.wait_for("SYN from the client: Enter drop (by chance)");
  lab.say("\n");
  lab.wait_for("The wire dropped this packet. (by chance, from the seed)");
}

class FaultH40 : public Stepped {};

TEST_F(FaultH40, TheKeysActOnTheFrameOfTheLaddersLastRow) {
  Process lab(step("handshake"), std::nullopt);
  lab.wait_for("has sent this 2 times");  // a copy of the SYN is folded behind it
  lab.say("\n");
  const std::string out = lab.wait_for("copies of packet 1 that still wait here");
  lab.wait_for("from the server");  // the SYN,ACK is here, too
  lab.say("x\n");
  lab.wait_for("The wire dropped this packet.");
  lab.end_input();
  const std::string all = lab.wait().out;
  const auto asked = asked_below(all);
  ASSERT_GE(asked.size(), 2U) << all;
  for (const auto& [frame, row] : asked) EXPECT_EQ(frame, row) << all;
  EXPECT_THAT(all, HasSubstr("✗"));
  EXPECT_THAT(in_one_line(all), HasSubstr(", dropped 1,"));
}

}  // namespace
}  // namespace echolab::test
