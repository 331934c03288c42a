// A lesson's file: what it says is read whole, and what is wrong with it is said where it stands.
#include "tools/lab/story/scenario.hpp"

#include <gmock/gmock.h>

#include "tests/support/temporary_folder.hpp"

namespace echolab::lab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string lesson = R"(title    = { en = "The SYN,ACK is lost", ko = "SYN,ACK이 사라지면" }
question = { en = "Who sends again?", ko = "누가 다시 보낼까?" }
answer   = { en = "Both.", ko = "둘 다." }
rules    = ["drop server SYN,ACK 1", "delay 50ms"]
ipv6     = true
[[program]]
host = "server"
run  = ["tcp_server", "--bind", "{server}", "--once"]
end_with = "INT"
[[program]]
host = "client"
run  = ["/usr/bin/tcp_client", "{server}", "-m", "hello from {client}"]
ready = "echo"
ends = 0
[[check]]
text  = { en = "It is sent again.", ko = "다시 보낸다." }
order = ["server SYN,ACK 1 dropped", "server SYN,ACK 2 delivered", "client connect = 0"]
never = ["client RST delivered"]
)";

Scenario scenario(std::string_view toml) { return std::get<Scenario>(parse_scenario(toml, "lost-synack.toml")); }

std::string mistake(const std::string& toml, echolab::Language language = echolab::Language::en) {
  const auto parsed = parse_scenario(toml, "my.toml");
  return std::holds_alternative<Scenario>(parsed) ? "none" : sentence(std::get<ScenarioError>(parsed), language);
}

/// The lesson with a part of it replaced.
std::string with(const std::string& part, const std::string& other) {
  std::string toml = lesson;
  return toml.replace(toml.find(part), part.size(), other);
}

TEST(Scenario, IsReadWhole) {
  const Scenario read = scenario(lesson);
  EXPECT_EQ(read.name, "lost-synack");
  EXPECT_EQ(read.title.in(echolab::Language::en), "The SYN,ACK is lost");
  EXPECT_EQ(read.title.in(echolab::Language::ko), "SYN,ACK이 사라지면");
  EXPECT_EQ(read.answer.en, "Both.");
  EXPECT_TRUE(read.ipv6);
  ASSERT_EQ(read.rules.size(), 1u);
  EXPECT_EQ(to_string(read.rules[0]), "drop server SYN,ACK 1");
  EXPECT_EQ(read.model.delay, std::chrono::milliseconds(50));
  ASSERT_EQ(read.programs.size(), 2u);
  EXPECT_EQ(read.programs[0].host, Host::server);
  EXPECT_FALSE(read.programs[0].ends);
  EXPECT_EQ(read.programs[0].end_with, "INT");
  EXPECT_TRUE(read.programs[1].ends);
  EXPECT_EQ(read.programs[1].ready, "echo");
}

TEST(Scenario, PromisesItsChecksAndThenItsProgramsExits) {
  const Scenario read = scenario(lesson);
  ASSERT_EQ(read.checks.size(), 2u);
  EXPECT_EQ(read.checks[0].order.size(), 3u);
  EXPECT_EQ(read.checks[0].never.size(), 1u);
  EXPECT_EQ(read.checks[1].text.en, "tcp_client ends with status 0");
  EXPECT_THAT(read.checks[1].order, ElementsAre(EventPattern(Ended{Host::client, 0, "tcp_client"})));
}

TEST(Scenario, FillsTheAddressesIn) {
  const Scenario read = scenario(lesson);
  EXPECT_THAT(words_of(read.programs[0], "fd00::1", "fd00::2"),
              ElementsAre("tcp_server", "--bind", "fd00::2", "--once"));
  EXPECT_EQ(words_of(read.programs[1], "10.0.0.1", "10.0.0.2").back(), "hello from 10.0.0.1");
  EXPECT_EQ(words_of(read.programs[1], "{client}", "x").back(), "hello from {client}");
}

TEST(Scenario, NeedsNoMoreThanATitleAndAProgram) {
  const Scenario read = scenario("title = \"누가 먼저?\"\n[[program]]\nhost = \"client\"\nrun = [\"true\"]\n");
  EXPECT_EQ(read.title.en, "누가 먼저?");
  EXPECT_EQ(read.title.ko, "누가 먼저?");
  EXPECT_THAT(read.checks, IsEmpty());
}

TEST(ScenarioError, NamesTheLineAndWhatIsWrong) {
  EXPECT_THAT(mistake(with("drop server SYN,ACK 1", "drop server SNY 1")),
              HasSubstr("my.toml:4: \"SNY\" stands where"));
  EXPECT_THAT(mistake(with("server SYN,ACK 2 delivered", "server SYN,ACK 2 arrived")),
              HasSubstr("my.toml:17: \"arrived\""));
  EXPECT_THAT(mistake(with("client RST delivered", "client RST")), HasSubstr("my.toml:18: this stops too early"));
  EXPECT_THAT(mistake(with("ready =", "raedy =")),
              HasSubstr("my.toml:13: there is no key \"raedy\" here; did you mean ready?"));
  EXPECT_THAT(mistake(with("rules ", "rule ")), HasSubstr("my.toml:4: there is no key \"rule\""));
  EXPECT_THAT(mistake(with("ko = \"둘 다.\"", "kr = \"둘 다.\"")), HasSubstr("my.toml:3: there is no key \"kr\""));
  EXPECT_THAT(mistake(with(", ko = \"둘 다.\"", "")), HasSubstr("my.toml:3: \"ko\" is missing"));
  EXPECT_THAT(mistake(with("ipv6     = true", "ipv6 = 6")), HasSubstr("my.toml:5: \"ipv6\" cannot be that"));
  EXPECT_THAT(mistake(with("\"server\"\n", "\"sever\"\n")), HasSubstr("my.toml:7: \"host\" cannot be that"));
  EXPECT_THAT(mistake(with("ends = 0", "ends = 300")), HasSubstr("my.toml:14: \"ends\""));
  EXPECT_THAT(mistake(with("ends = 0", "ends = \"0\"")), HasSubstr("my.toml:14: \"ends\""));
  EXPECT_THAT(mistake(with("\"INT\"", "\"HUP\"")), HasSubstr("my.toml:9: \"end_with\""));
  EXPECT_THAT(mistake(with("\"--once\"", "1")), HasSubstr("my.toml:8: \"run\""));
  EXPECT_THAT(mistake(with("[[check]]", "[check]")), HasSubstr("my.toml:15: \"check\""));
  EXPECT_THAT(mistake(with("[\"drop server SYN,ACK 1\", \"delay 50ms\"]", "\"loss 5%\"")),
              HasSubstr("my.toml:4: \"rules\""));
  EXPECT_THAT(mistake(with("ipv6     = true", "ipv6 = yes")), HasSubstr("my.toml:5: this is no TOML"));
  EXPECT_THAT(mistake("[[program]]\nhost = \"client\"\nrun = []\ntitle = 1\n"), HasSubstr("is missing"));
  EXPECT_THAT(mistake("title = \"x\"\n[[program]]\nhost = \"client\"\nrun = []\n"), HasSubstr("my.toml:4: \"run\""));
  EXPECT_EQ(mistake("title = \"x\"\n"), "my.toml: no [[program]]: nothing runs on either host");
  EXPECT_THAT(mistake(lesson + "[[check]]\ntext = \"x\"\n"), HasSubstr("my.toml:19: this check asks for nothing"));
}

TEST(ScenarioError, IsSaidInKoreanToo) {
  EXPECT_EQ(mistake(with("ready =", "raedy ="), echolab::Language::ko),
            "my.toml:13: 여기에는 \"raedy\"(이)라는 키가 없습니다. 혹시 ready?");
}

TEST(ScenarioError, OfAMissingFileSaysHowToSeeWhatThereIs) {
  const test::TemporaryFolder folder;
  for (const auto& path : {folder.file("none.toml"), folder.file("")}) {
    const auto loaded = load_scenario(path);
    ASSERT_TRUE(std::holds_alternative<ScenarioError>(loaded)) << path;
    EXPECT_THAT(sentence(std::get<ScenarioError>(loaded), echolab::Language::en), HasSubstr("lab list"));
    EXPECT_THAT(sentence(std::get<ScenarioError>(loaded), echolab::Language::ko), HasSubstr("lab list"));
  }
}

TEST(Scenario, IsLoadedFromAFileThatNamesIt) {
  const test::TemporaryFolder folder;
  const auto path = folder.file("my-lesson.toml", std::as_bytes(std::span(lesson)));
  EXPECT_EQ(std::get<Scenario>(load_scenario(path)).name, "my-lesson");
  const auto empty = folder.file("empty.toml", {});
  EXPECT_EQ(std::get<ScenarioError>(load_scenario(empty)).what_en, "\"title\" is missing");
}

std::string repeated(std::string_view part, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += part;
  return all;
}

class FaultS14 : public testing::TestWithParam<std::string> {};
/// The parser would follow it, and the stack would end.
TEST_P(FaultS14, WhatIsNestedTooDeepIsRefused) {
  EXPECT_THAT(mistake("title = 'a'\n" + GetParam()), HasSubstr("nested too deep: a scenario has two levels"));
}
INSTANTIATE_TEST_SUITE_P(Ways, FaultS14,
                         testing::Values(repeated("a.", 30000) + "a = 1", "[" + repeated("a.", 30000) + "a]",
                                         "[" + repeated("a . ", 10000) + "a]", repeated("'a'.", 10000) + "a = 1",
                                         "a = " + repeated("[", 30000), "a = " + repeated("{a=", 10000),
                                         "a = " + repeated("{a.a=", 100) + "1" + repeated("}", 100),
                                         "a = [ # the statement goes on\n" + repeated("{a.a=[\n", 100),
                                         // No quotation mark hides anything.
                                         "b = '''x''''' # '''\n" + repeated("a.", 30000) + "a = 1",
                                         "b = \"\\\"\"\n" + repeated("a.", 30000) + "a = '\"'"));

TEST(FaultS14InWords, ItsLineIsTold) {
  EXPECT_EQ(mistake("title = '''\na'''\n" + repeated("a.", 65) + "a = 1"),
            "my.toml:3: nested too deep: a scenario has two levels, and 64 at most are read");
  EXPECT_EQ(mistake(repeated("a.", 64) + "a = 1"),
            "my.toml:1: there is no key \"a\" here. There are: title, question, "
            "answer, ipv6, rules, program, check");
}

TEST(FaultS14InWords, WhatIsTooLargeIsRefused) {
  EXPECT_EQ(mistake(lesson + "#" + std::string(70000, 'x')),
            "my.toml: it is larger than 64 KiB, and no scenario is: is it another file?");
  EXPECT_EQ(mistake(lesson + "#" + std::string(60000, 'x')), "none");
}

TEST(FaultS14InWords, DotsAndBracketsOfWordsAreNoLevels) {
  const std::string prose = repeated("[1.2.3] {...} ", 100);
  EXPECT_EQ(mistake(with("Both.", prose)), "none");
  EXPECT_EQ(mistake(with("\"Both.\"", "'" + prose + "'")), "none");
  EXPECT_EQ(mistake(lesson + "# " + prose), "none");
  EXPECT_EQ(scenario(with("\"Both.\"", "\"\"\"" + prose + "\"\"\"")).answer.en, prose);
}

}  // namespace
}  // namespace echolab::lab
