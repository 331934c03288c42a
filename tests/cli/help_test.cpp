#include <gmock/gmock.h>

#include <sstream>

#include "capture/render/width.hpp"
#include "tests/cli/shell.hpp"

namespace echolab::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Help, FitsEightyColumnsInBothLanguages) {
  for (const char* lang : {"en", "ko"}) {
    const Ran ran = sample(std::string("--help --lang ") + lang);
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.err, "");
    std::istringstream lines(ran.out);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(capture::columns(line), 80) << line;
  }
}

TEST(Help, FollowsANarrowTerminal) {
  std::istringstream lines(sample("--help", "COLUMNS=50").out);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(capture::columns(line), 50) << line;
}

TEST(Help, SaysInEnglishWhatThereIs) {
  const std::string out = sample("--help").out;
  EXPECT_THAT(out, HasSubstr("Usage: sample [OPTIONS] [WORD...]"));
  EXPECT_THAT(out, HasSubstr("\nArguments:\n"));
  EXPECT_THAT(out, HasSubstr("\nOptions:\n"));
  EXPECT_THAT(out, HasSubstr("\nCommon options:\n"));
  EXPECT_THAT(out, HasSubstr("  -p, --port N"));
  EXPECT_THAT(out, HasSubstr("Port to use (default: 9000)"));
  EXPECT_THAT(out, HasSubstr("      --format text|json"));
  EXPECT_THAT(out, HasSubstr("--lang ko|en"));
  EXPECT_THAT(out, HasSubstr("--color auto|always|never"));
  EXPECT_THAT(out, HasSubstr("--ascii"));
  EXPECT_THAT(out, HasSubstr("Exit status: 0 done"));
}

TEST(Help, LeavesNoEnglishLabelInKorean) {
  const std::string out = sample("--help --lang ko").out;
  for (const char* label : {"사용법: sample [옵션] [WORD...]", "\n인자:\n", "\n옵션:\n", "\n공통 옵션:\n",
                            "(기본값: 9000)", "종료 상태: 0 완료"})
    EXPECT_THAT(out, HasSubstr(label));
  for (const char* label : {"Usage", "Options", "OPTIONS", "Arguments", "default:", "Show", "Print"})
    EXPECT_THAT(out, Not(HasSubstr(label)));
}

TEST(Help, ShowsNoDotsBehindAnOptionThatIsRepeatedByItself) {
  const std::string out = sample("--help").out;
  EXPECT_THAT(out, HasSubstr("  -m, --message TEXT "));
  EXPECT_THAT(out, Not(HasSubstr("TEXT ...")));
}

TEST(Help, PutsTheCommonOptionsLast) {
  const std::string out = sample("--help").out;
  EXPECT_LT(out.find("\nOptions:"), out.find("\nCommon options:"));
}

TEST(Version, NamesTheProgramAndTheProject) {
  const Ran ran = sample("--version");
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, ::testing::MatchesRegex("sample \\(echolab\\) [0-9.]+\n"));
}

}  // namespace
}  // namespace echolab::test
