// H46: what is mistyped is answered with what, why and the mend, in both languages.
#include <gmock/gmock.h>

#include "tests/faults/trouble.hpp"
#include "tests/support/echo_pair.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Mistake {
  const char* program;
  std::vector<std::string> words;
  int status;
  const char *en, *ko;
};

void expect_answers(const std::vector<Mistake>& mistakes) {
  for (const Mistake& it : mistakes) {
    for (const bool korean : {false, true}) {
      auto words = it.words;
      words.insert(words.begin(), {"--lang", korean ? "ko" : "en"});
      const Ended ended = run(it.program, words);
      const std::string line = std::string(it.program) + " " + testing::PrintToString(words);
      EXPECT_EQ(ended.status, it.status) << line << ended.err;
      EXPECT_THAT(ended.err, HasSubstr(korean ? it.ko : it.en)) << line;
    }
  }
}

TEST(FaultH46, TypingErrorsOfLabAreUnderstood) {
  expect_answers({
      {"lab", {"rnu"}, 2, "did you mean run?", "혹시 run?"},
      {"lab",
       {"zebra"},
       2,
       "allowed: list, check, run, step, shell, doctor",
       "쓸 수 있는 값: list, check, run, step, shell, doctor"},
      {"lab", {}, 2, "a command is required; allowed: list", "명령이 꼭 있어야 합니다. 쓸 수 있는 값: list"},
      {"lab", {"run"}, 2, "which scenario? There are: address-in-use, ", "시나리오 이름을 적어 주세요. 있는 것: address-in-use, "},
      {"lab", {"run", "handshake", "close"}, 2, "unexpected argument \"close\"", "\"close\": 여기에 올 수 없는"},
      {"lab", {"run", "handshak"}, 2, "did you mean handshake?", "혹시 handshake?"},
      {"lab", {"run", "zebra"}, 2, "There are: address-in-use, ", "있는 것: address-in-use, "},
      {"lab", {"run", "handshake", "--seed", "a"}, 2, "\"a\" is not allowed; allowed: a number", "쓸 수 있는 값: 수"},
      {"lab", {"run", "handshake", "--delay", "5x"}, 2, "a number from 0 to 60000", "0에서 60000까지의 수"},
      {"lab",
       {"run", "handshake", "--rule", "drop sever SYN 1"},
       2,
       "\"sever\" stands where the host",
       "drop server SYN,ACK 1"},
      {"lab", {"run", "handshake", "--formt", "json"}, 2, "did you mean --format?", "혹시 --format?"},
      {"lab", {"shell", "clinet"}, 2, "did you mean client?", "혹시 client?"},
      {"lab", {"list", "--scenario-dir", "/nowhere"}, 2, "/nowhere is no folder", "/nowhere"},
  });
}

TEST(FaultH46, TypingErrorsOfCaptureAreUnderstood) {
  expect_answers({
      {"capture", {"--note", "retransmision"}, 2, "did you mean retransmission?", "혹시 retransmission?"},
      {"capture", {"--state", "establised"}, 2, "did you mean ESTABLISHED?", "혹시 ESTABLISHED?"},
      {"capture", {"--format", "jsn"}, 2, "did you mean json?", "혹시 json?"},
      {"capture", {"--raed", "x"}, 2, "did you mean --read?", "혹시 --read?"},
      {"capture", {"-c", "0"}, 2, "a whole number from 1 to", "1에서"},
      {"capture", {"--stream", "tpc:1"}, 2, "allowed: 3, tcp:3, udp:3", "3, tcp:3, udp:3"},
      {"capture", {"-r", "/nowhere"}, 1, "cannot read /nowhere", "/nowhere"},
      {"capture", {"-r", "x", "-i", "lo"}, 2, "cannot be used together", "함께 쓸 수 없습니다"},
      {"capture", {"-w"}, 2, "--write needs a value", "--write: 값이 필요합니다"},
      {"capture", {"-r", ECHOLAB_SOURCE_DIR "/docs/samples/hello-tcp.pcap", "tcp", "prot", "80"}, 2, "prot", "prot"},
  });
}

TEST(FaultH46, TypingErrorsOfCompareAreUnderstood) {
  expect_answers({
      {"compare", {"--fromat", "md"}, 2, "did you mean --format?", "혹시 --format?"},
      {"compare", {"--format", "markdown"}, 2, "allowed: text, json, md", "쓸 수 있는 값: text, json, md"},
      {"compare", {"--on", "lan"}, 2, "did you mean lab?", "혹시 lab?"},
      {"compare", {"transprot"}, 2, "did you mean transport?", "혹시 transport?"},
      {"compare", {"--messages", "0"}, 2, "a whole number from 1 to", "1에서"},
      {"compare", {"--loss", "95%"}, 2, "0 to 90 per cent", "90"},
      {"compare", {"--seed", "x"}, 2, "\"x\" is not allowed; allowed: a number", "쓸 수 있는 값: 수"},
      {"compare", {"--sweep", "los=1,2"}, 2, "loss=0,1,2,5,10%", "loss=0,1,2,5,10%"},
      {"compare", {"--tcp", "127.0.0.1:9"}, 2, "--tcp also needs --udp", "--tcp: --udp 옵션도"},
      {"compare", {"-w"}, 2, "--write needs a value", "--write: 값이 필요합니다"},
  });
}

TEST(FaultH46, TypingErrorsOfThePairsAreUnderstood) {
  expect_answers({
      {"udp_client", {"--timout", "3"}, 2, "did you mean --timeout?", "혹시 --timeout?"},
      {"tcp_client", {"9001"}, 2, "a port is given with --port 9001", "--port 9001"},
      {"tcp_client", {"-m", "hello", "world"}, 1, "quote both", "world"},
      {"tcp_client", {"--count", "x"}, 2, "a whole number from 1 to", "1에서"},
      {"tcp_server", {"--port", "99999"}, 2, "a whole number from 0 to 65535", "0에서 65535까지의 정수"},
      {"tcp_server", {"--states", "onn"}, 2, "did you mean on?", "혹시 on?"},
      {"tcp_server", {"--prot", "9001"}, 2, "did you mean --port?", "혹시 --port?"},
      {"udp_server", {"--rate", "-1"}, 2, "a whole number from 0", "0에서"},
      {"udp_client", {"--size", "70000"}, 2, "--size also needs --count", "--size: --count 옵션도"},
      {"udp_client", {"--log", "all"}, 2, "allowed: calls, off", "쓸 수 있는 값: calls, off"},
  });
}

/// Puts `wrong` in place of `right` into a file that can be read, and what `lab check` says of it.
Ended checked(const TemporaryFolder& folder, const std::string& right, const std::string& wrong, const char* lang) {
  std::string file =
      "title = \"x\"\nrules = [\"drop client DATA 1\"]\n[[program]]\nhost = \"client\"\nrun = "
      "[\"true\"]\nends = 0\n[[check]]\ntext = \"y\"\norder = [\"client SYN 1 sent\"]\n";
  const auto at = file.find(right);
  EXPECT_NE(at, file.npos) << right;
  file.replace(at, right.size(), wrong);
  std::ofstream(folder.file("my.toml")) << file;
  return run("lab", {"check", folder.file("my.toml"), "--lang", lang});
}

TEST(FaultH46, TypingErrorsOfAScenarioAreUnderstood) {
  const TemporaryFolder folder;
  EXPECT_THAT(checked(folder, "x", "x", "en").out, HasSubstr("my.toml: can be run (programs: 1, checks: 2)"));
  EXPECT_THAT(checked(folder, "x", "x", "ko").out, HasSubstr("my.toml: 실행할 수 있습니다"));
  struct Slip {
    const char *right, *wrong, *en, *ko;
  };
  for (const Slip& it : {
           Slip{"title", "titel", "my.toml:1: there is no key \"titel\" here; did you mean title?", "혹시 title?"},
           {"order", "oder", "my.toml:9: there is no key \"oder\" here; did you mean order?", "혹시 order?"},
           {"host = \"client\"", "host = \"clinet\"", "my.toml:4: \"host\" cannot be that", "my.toml:4: \"host\""},
           {"[\"true\"]", "\"true\"", "my.toml:5: \"run\" cannot be that", "my.toml:5: \"run\""},
           {"ends = 0", "ends = 256", "my.toml:6: \"ends\" cannot be that", "my.toml:6: \"ends\""},
           {"DATA 1", "DTAA 1", "my.toml:2: \"DTAA\" stands where the kind of frame", "my.toml:2: \"DTAA\""},
           {"SYN 1 sent", "SYN 1 snet", "my.toml:9: \"snet\" stands where what becomes", "my.toml:9: \"snet\""},
           {"[[check]]", "[check]", "my.toml:7: \"check\" cannot be that", "my.toml:7: \"check\""},
           {"\"y\"", "\"y", "my.toml:8: this is no TOML", "my.toml:8: TOML"},
           {"[[program]]\nhost = \"client\"\nrun = [\"true\"]\nends = 0\n", "", "no [[program]]", "[[program]]이"},
       }) {
    for (const bool korean : {false, true}) {
      const Ended ended = checked(folder, it.right, it.wrong, korean ? "ko" : "en");
      EXPECT_EQ(ended.status, 1) << it.wrong;
      EXPECT_THAT(ended.err, HasSubstr(korean ? it.ko : it.en));
    }
  }
}

class LabMistakes : public testing::Test {
 protected:
  static void SetUpTestSuite() { ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1); }  // see tests/CMakeLists.txt
  void SetUp() override {
    if (const Ended doctor = run("lab", {"doctor"}); doctor.status == 3) GTEST_SKIP() << "no namespace for a lab here";
  }
  const TemporaryFolder folder;
};
class FaultH46Lab : public LabMistakes {};

TEST_F(FaultH46Lab, ARuleThatNoPacketMetIsTold) {
  const Ended ended = run("lab", {"run", "handshake", "-q", "--rule", "drop client DATA 77"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.err, HasSubstr("the rule \"drop client DATA 77\" met no packet (packets of its kind: 1)"));
  EXPECT_THAT(run("lab", {"run", "handshake", "-q"}).err, Not(HasSubstr("met no packet")));
}

TEST_F(FaultH46Lab, AProgramThatIsNeverReadyIsNamed) {
  std::ofstream(folder.file("my.toml")) << "title = 'x'\n[[program]]\nhost = 'server'\nrun = ['sleep', '100']\n"
                                           "ready = 'listening'\n[[program]]\nhost = 'client'\nrun = ['true']\n";
  const Ended ended = run("lab", {"run", "--scenario", folder.file("my.toml")});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("sleep has not written \"listening\" (10 s)"));
}

TEST(FaultH47, ACopiedLabHasItsScenarios) {
  const TemporaryFolder folder;
  std::filesystem::copy_file(program("lab"), folder.file("lab"));
  const Ended copied = Process({folder.file("lab"), "list"}).wait(), here = run("lab", {"list"});
  EXPECT_THAT(copied.out, HasSubstr("lost-synack"));
  EXPECT_EQ(copied.out, here.out);
}

TEST(FaultH47, AFoldersScenariosStandBesideThem) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("mine.toml")) << "title = 'Mine'\n[[program]]\nhost = 'client'\nrun = ['true']\n";
  std::ofstream(folder.file("close.toml")) << "title = 'Another'\n[[program]]\nhost = 'client'\nrun = ['true']\n";
  const Ended ended = run("lab", {"list", "--scenario-dir", folder.file("")});
  EXPECT_THAT(ended.out, testing::ContainsRegex("close +Another"));
  EXPECT_THAT(ended.out, testing::ContainsRegex("mine +Mine"));
  EXPECT_THAT(ended.out, HasSubstr("lost-synack"));
}

}  // namespace
}  // namespace echolab::test
