// The capture program over every file: it ends by itself, in time, with 0 or 1, and no sanitizer has a word to say.
#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>

#include "tests/support/corpus.hpp"
#include "tests/support/echo_pair.hpp"

namespace echolab::test {
namespace {

/// Whether an error was told, in either language.
bool told(const std::string& err) {
  return err.find("capture: error: ") != err.npos || err.find("capture: 오류: ") != err.npos;
}

using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::chrono::seconds longest(10);

/// Whether it read the file (0) or refused it (1); everything else is a failure.
bool reads(Process& capture) {
  const Ended ended = capture.wait(longest);
  EXPECT_THAT(ended.status, AnyOf(0, 1)) << ended.err;
  // A sanitizer's exit status may be 1, too.
  EXPECT_THAT(ended.err, Not(AnyOf(HasSubstr("Sanitizer"), HasSubstr("runtime error"))));
  EXPECT_EQ(ended.status == 1, told(ended.err)) << ended.err;
  return ended.status == 0;
}

TEST(CorpusProgram, EndsWithZeroOrOneOnEveryFileAsTextAndAsJson) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  int read = 0, refused = 0;
  for (const auto& file : corpus_files()) {
    SCOPED_TRACE(corpus_name(file));
    Process text(command("capture", {"--lang", "ko", "-r", file.string()}));
    Process json(command("capture", {"--format", "json", "-r", file.string()}));
    const bool as_text = reads(text), as_json = reads(json);
    EXPECT_EQ(as_text, as_json);
    ++(as_json ? read : refused);
  }
  EXPECT_GT(read, 0);
  std::printf("%d files read, %d refused\n", read, refused);
}

}  // namespace
}  // namespace echolab::test
