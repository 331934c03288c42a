#include "capture/render/escape.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace echolab::capture {
namespace {

TEST(Printable, ShowsUtf8AsText) {
  EXPECT_EQ(printable("hello, world"), "hello, world");
  EXPECT_EQ(printable("안녕하세요"), "안녕하세요");
  EXPECT_EQ(printable("caf\u00e9 \U0001F600"), "caf\u00e9 \U0001F600");
}

TEST(Printable, EscapesControlCharacters) {
  EXPECT_EQ(printable("a\nb\tc\rd"), "a\\nb\\tc\\rd");
  EXPECT_EQ(printable("\x1b[31mred"), "\\x1b[31mred");
  EXPECT_EQ(printable(std::string_view("\0\x07\x7f", 3)), "\\x00\\x07\\x7f");
  EXPECT_EQ(printable("\u009b31m"), "\\u{9b}31m");  // CSI as one C1 character
}

TEST(Printable, EscapesTheBackslashSoThatEscapesAreUnambiguous) { EXPECT_EQ(printable("\\n"), "\\\\n"); }

TEST(Printable, EscapesBytesThatAreNotUtf8) {
  EXPECT_EQ(printable("\xff\xfe"), "\\xff\\xfe");
  EXPECT_EQ(printable("\xed\x95"), "\\xed\\x95");           // the beginning of a Hangul syllable
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");           // overlong '/'
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
}

TEST(Printable, EscapesWhatTurnsTextAroundOrHides) {
  for (const char* hidden : {"\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u2028", "\u00a0", "\u3164", "\u115f",
                             "\u00ad", "\ufe0f", "\U000e0041"}) {
    EXPECT_EQ(printable(hidden).substr(0, 3), "\\u{") << hidden;
  }
}

TEST(Printable, EscapesPrivateAndUnassignedCharacters) {
  EXPECT_EQ(printable("\ue000"), "\\u{e000}");
  EXPECT_EQ(printable("\u0378"), "\\u{378}");
  EXPECT_EQ(printable("\U0010ffff"), "\\u{10ffff}");
}

TEST(Printable, LetsNoMarkLandOnTheTextBeforeItAndPilesUpOnlyTwo) {
  EXPECT_EQ(printable("\u0301x"), "\\u{301}x");
  EXPECT_EQ(printable("e\u0301"), "e\u0301");
  EXPECT_EQ(printable("e\u0301\u0301\u0301"), "e\u0301\u0301\\u{301}");
}

TEST(Printable, InAsciiEscapesEverythingElse) {
  EXPECT_EQ(printable("h\u00e9 한", true), "h\\u{e9} \\u{d55c}");
  EXPECT_EQ(printable("\xff", true), "\\xff");
}

TEST(Printable, NeverLetsAControlByteThrough) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const char two[] = {static_cast<char>(a), static_cast<char>(b)};
      const std::string out = printable(std::string_view(two, 2));
      ASSERT_TRUE(std::ranges::none_of(out, [](char c) { return (c & 0xff) < 0x20 || c == 0x7f; })) << a << " " << b;
    }
  }
}

}  // namespace
}  // namespace echolab::capture
