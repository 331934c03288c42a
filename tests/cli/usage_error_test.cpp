#include <gmock/gmock.h>

#include <algorithm>

#include "tests/cli/shell.hpp"
#include "tools/cli/near_miss.hpp"
#include "tools/cli/usage_error.hpp"

namespace echolab::test {
namespace {

using ::testing::HasSubstr;

struct Case {
  const char *arguments, *en, *ko;
};

const Case cases[] = {
    {"--prot 1", "unknown option --prot; did you mean --port?", "--prot: 없는 옵션입니다. 혹시 --port?"},
    {"--prto 1", "did you mean --port?", "혹시 --port?"},
    {"--format jsn", "--format: \"jsn\" is not allowed; did you mean json?", "\"jsn\" 값은 쓸 수 없습니다. 혹시 json?"},
    {"--color Neevr", "did you mean never?", "혹시 never?"},
    {"--bytes x", "--bytes: \"x\" is not allowed; allowed: a number", "쓸 수 있는 값: 수"},
    {"--zebra=1", "unknown option --zebra", "--zebra: 없는 옵션입니다"},
    {"-x", "unknown option -x", "-x: 없는 옵션입니다"},
    {"--port abc", "--port: \"abc\" is not allowed; allowed: a whole number from 0 to 65535",
     "--port: \"abc\" 값은 쓸 수 없습니다. 쓸 수 있는 값: 0에서 65535까지의 정수"},
    {"-p 65536", "--port: \"65536\" is not allowed", "--port: \"65536\" 값은"},
    {"--port", "--port needs a value; allowed: a whole number", "--port: 값이 필요합니다"},
    {"--format xml", "--format: \"xml\" is not allowed; allowed: text, json", "쓸 수 있는 값: text, json"},
    {"--wait -1", "--wait: \"-1\" is not allowed; allowed: 0 or more", "0 이상의 수"},
    {"--lines many", "--lines: \"many\" is not allowed; allowed: a whole number", "정수"},
    {"--color blue", "--color: \"blue\" is not allowed; allowed: auto, always, never", "auto, always, never"},
    {"--color", "--color needs a value; allowed: auto, always, never", "--color: 값이 필요합니다"},
    {"--lang fr", "--lang: \"fr\" is not allowed; allowed: ko, en", "쓸 수 있는 값: ko, en"},
    {"-p 1 -p 2", "--port may be given only once", "--port: 한 번만 쓸 수 있습니다"},
    {"--fail --succeed", "cannot be used together", "함께 쓸 수 없습니다"},
};

TEST(UsageError, IsOneReadableLineInEachLanguageAndStatusTwo) {
  for (const Case& wrong : cases) {
    for (const bool korean : {false, true}) {
      const Ran ran = sample(wrong.arguments, korean ? "LANG=ko_KR.UTF-8" : "");
      EXPECT_EQ(ran.status, 2) << wrong.arguments;
      EXPECT_EQ(ran.out, "") << wrong.arguments;
      EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
      EXPECT_THAT(ran.err, ::testing::StartsWith(korean ? "sample: 오류: " : "sample: error: "));
      EXPECT_THAT(ran.err, HasSubstr(korean ? wrong.ko : wrong.en)) << wrong.arguments;
      EXPECT_THAT(ran.err, HasSubstr("sample --help"));
    }
  }
}

/// What a program with the commands `list` and `run NAME [--format F]` answers to a line.
std::string answer(std::string line) {
  cli::Common common;
  const auto app = cli::make_app("commands", {"", ""}, Language::en, common);
  std::string name, format;
  app->add_subcommand("list", "")->fallthrough();
  CLI::App* run = app->add_subcommand("run", "")->fallthrough();
  run->add_option("NAME", name);
  run->add_option("--format", format);
  app->require_subcommand(1);
  try {
    app->parse(line);
  } catch (const CLI::ParseError& wrong) {
    return cli::usage_error(*app, wrong, Language::en);
  }
  return "";
}

TEST(UsageError, OfACommandNamesTheOneThatWasMeant) {
  const std::pair<const char*, const char*> commands[] = {
      {"lsit", "unknown command lsit; did you mean list?"},
      {"zebra", "unknown command zebra; allowed: list, run"},
      {"", "a command is required; allowed: list, run"},
      {"run a b", "unexpected argument \"b\" (see commands run --help)"},
      {"run --formt x", "unknown option --formt; did you mean --format? (see commands run --help)"},
  };
  for (const auto& [line, said] : commands) EXPECT_THAT(answer(line), HasSubstr(said)) << line;
}

TEST(NearMiss, IsASlipInThreeLettersAndTwoAtMost) {
  const std::vector<std::string> names{"run", "retransmission", "ESTABLISHED", "lost-synack"};
  for (const auto& [given, meant] : {std::pair("rnu", "run"),
                                     {"rn", ""},
                                     {"ru", ""},
                                     {"runs", "run"},
                                     {"zzz", ""},
                                     {"retransmision", "retransmission"},
                                     {"retransmixxxon", ""},
                                     {"establised", "ESTABLISHED"},
                                     {"lost-synak", "lost-synack"},
                                     {"", ""}})
    EXPECT_EQ(cli::near_miss(given, names), meant) << given;
}

TEST(UsageError, ShowsNoControlCharacterOfAnArgument) {
  const Ran ran = sample("--port \"$(printf '\\033[31m')\"");
  EXPECT_THAT(ran.err, HasSubstr("\\x1b[31m"));
}

TEST(Arguments, AreTakenAsTheyAre) {
  const Ran ran = sample("-m '[a,b]' -m '' -m '{}' -m --fail");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("message [a,b]\nmessage \nmessage {}\nmessage --fail\n"));
}

}  // namespace
}  // namespace echolab::test
