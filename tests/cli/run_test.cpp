#include <gmock/gmock.h>

#include "tests/cli/shell.hpp"

namespace echolab::test {
namespace {

using ::testing::HasSubstr;

TEST(Run, TurnsAnExceptionIntoOneLineAndStatusOne) {
  const Ran ran = sample("--fail");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, "sample: error: it went wrong\n");
}

TEST(FaultG2, ReportsAFullDisk) {
  for (const char* lines : {"0", "1", "100000"}) {
    const Ran ran = sample(std::string("--lines ") + lines + " >/dev/full");
    EXPECT_EQ(ran.status, 1) << lines;
    EXPECT_EQ(ran.err, "sample: error: cannot write output: No space left on device\n") << lines;
  }
  EXPECT_THAT(sample("--lang ko >/dev/full").err, HasSubstr("출력을 쓸 수 없습니다"));
}

TEST(FaultG2, ReportsAFullDiskForHelpToo) { EXPECT_EQ(sample("--help >/dev/full").status, 1); }

TEST(FaultG1, EndsQuietlyWithStatusOneWhenItsReaderGoes) {
  const Ran ran = sample("--lines 100000 | head -n 1", "sh -c '\"$0\" \"$@\"; echo \"status $?\" >&2'");
  EXPECT_EQ(ran.err, "status 1\n");
  EXPECT_EQ(ran.out, "0123456789012345678901234567890123456789\n");
}

TEST(FaultG5, LivesWithClosedDescriptors) {
  EXPECT_EQ(sample("<&- >&- 2>&-").status, 0);
  EXPECT_EQ(sample("--port abc <&- >&- 2>&-").status, 2);
  EXPECT_EQ(sample("--help >&-").status, 0);
}

}  // namespace
}  // namespace echolab::test
