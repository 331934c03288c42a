#include <gmock/gmock.h>

#include "tests/cli/shell.hpp"
#include "tools/cli/run.hpp"

namespace echolab::test {
namespace {

using ::testing::HasSubstr;

bool korean(const std::string& arguments, const std::string& settings) {
  return sample("--help " + arguments, settings).out.find("사용법") != std::string::npos;
}

TEST(Language, IsEnglishWhereNothingSaysOtherwise) { EXPECT_FALSE(korean("", "")); }

TEST(Language, ComesFromTheLocalesPrefix) {
  EXPECT_TRUE(korean("", "LANG=ko_KR.UTF-8"));
  EXPECT_TRUE(korean("", "LC_MESSAGES=ko_KR LANG=en_US.UTF-8"));
  EXPECT_FALSE(korean("", "LC_ALL=C LANG=ko_KR.UTF-8"));
  EXPECT_TRUE(korean("", "LC_ALL= LANG=ko_KR.UTF-8"));
}

TEST(Language, OfEcholabLangGoesBeforeTheLocale) {
  EXPECT_TRUE(korean("", "ECHOLAB_LANG=ko LC_ALL=C"));
  EXPECT_FALSE(korean("", "ECHOLAB_LANG=en LANG=ko_KR.UTF-8"));
  EXPECT_TRUE(korean("", "ECHOLAB_LANG=fr LANG=ko_KR.UTF-8"));
}

TEST(Language, OfTheCommandLineGoesBeforeAll) {
  EXPECT_TRUE(korean("--lang ko", "ECHOLAB_LANG=en LC_ALL=C"));
  EXPECT_TRUE(korean("--lang=ko", ""));
  EXPECT_FALSE(korean("--lang ko --lang=en", ""));
}

TEST(Color, IsOffWhereOutputIsNoTerminal) { EXPECT_THAT(sample("").out, HasSubstr("color 0")); }

TEST(Color, FollowsTheOptionFirstAndThenTheEnvironment) {
  EXPECT_THAT(sample("--color always", "NO_COLOR=1").out, HasSubstr("color 1"));
  EXPECT_THAT(sample("--color=never", "FORCE_COLOR=1").out, HasSubstr("color 0"));
  EXPECT_THAT(sample("", "FORCE_COLOR=1").out, HasSubstr("color 1"));
  EXPECT_THAT(sample("", "FORCE_COLOR=0").out, HasSubstr("color 0"));
  EXPECT_THAT(sample("", "FORCE_COLOR=1 NO_COLOR=1").out, HasSubstr("color 0"));
}

}  // namespace
}  // namespace echolab::test
