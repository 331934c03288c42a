#include "capture/render/width.hpp"

#include <gmock/gmock.h>

namespace echolab::capture {
namespace {

using ::testing::ElementsAre;

TEST(Columns, CountAHangulSyllableTwice) {
  EXPECT_EQ(columns("abc"), 3);
  EXPECT_EQ(columns("한글"), 4);
  EXPECT_EQ(columns("상태 SYN"), 8);
  EXPECT_EQ(columns("─►│"), 3);
  EXPECT_EQ(columns("e\u0301"), 1);
  EXPECT_EQ(columns("\xff\xff"), 2);
}

TEST(Cut, KeepsWholeCharactersAndMarksTheCut) {
  EXPECT_EQ(cut("hello", 5), "hello");
  EXPECT_EQ(cut("hello!", 5), "hell…");
  EXPECT_EQ(cut("한글입니다", 5), "한글…");
  EXPECT_EQ(cut("한글입니다", 6), "한글…");  // half a syllable does not fit
  EXPECT_EQ(cut("hello!", 5, "..."), "he...");
  EXPECT_EQ(cut("hello", 0), "");
}

TEST(Pad, CountsColumnsAndNotBytes) {
  EXPECT_EQ(pad_right("한글", 6), "한글  ");
  EXPECT_EQ(pad_left("한글", 6), "  한글");
  EXPECT_EQ(pad_left("too long", 3), "too long");
}

TEST(Wrap, BreaksAtSpaces) {
  EXPECT_THAT(wrap("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap("한글은 두 칸입니다", 10), ElementsAre("한글은 두", "칸입니다"));
  EXPECT_THAT(wrap("", 10), ElementsAre(""));
}

TEST(Wrap, KeepsLineBreaks) {
  EXPECT_THAT(wrap("one two three\nfour", 9), ElementsAre("one two", "three", "four"));
  EXPECT_THAT(wrap("a\n\nb", 9), ElementsAre("a", "", "b"));
}

TEST(Wrap, BreaksInsideAWordThatAloneIsTooWide) {
  EXPECT_THAT(wrap("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
  EXPECT_THAT(wrap("가나다", 3), ElementsAre("가", "나", "다"));
}

TEST(Wrap, NeverExceedsTheWidth) {
  const std::string text = "서버가 요청을 받아들여 SYN,ACK를 보내고 SYN_RECEIVED 상태가 됩니다. The wire agrees.";
  for (int width = 2; width < 100; ++width) {
    for (const auto& line : wrap(text, width)) EXPECT_LE(columns(line), width) << line;
  }
}

}  // namespace
}  // namespace echolab::capture
