#include "capture/render/escape.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <span>

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

TEST(Text, IsUtf8WithoutControlCharacters) {
  EXPECT_TRUE(is_text("GET / HTTP/1.1\r\n\tx\\"));
  EXPECT_TRUE(is_text("안녕하세요 caf\u00e9 \U0001F468\u200D\U0001F469"));  // a joined one, too
  EXPECT_FALSE(is_text("안녕\x01"));
  EXPECT_FALSE(is_text("안녕\u009b"));
  EXPECT_FALSE(is_text("\u0378"));
  EXPECT_FALSE(is_text("안녕\xff하세요"));
}

TEST(Text, MayBeTornAtBothEndsByTcpOrTheSnaplen) {
  const std::string_view hangul = "안녕";  // three bytes each
  EXPECT_TRUE(is_text(hangul.substr(1)));
  EXPECT_TRUE(is_text(hangul.substr(2)));
  EXPECT_TRUE(is_text(hangul.substr(0, 4)));
  EXPECT_TRUE(is_text(hangul.substr(0, 5)));
  EXPECT_TRUE(is_text(std::string_view("\U0001F600").substr(0, 3)));
  EXPECT_FALSE(is_text("a\x80"));
  EXPECT_FALSE(is_text("\x80\x80\x80\x80"));
  EXPECT_FALSE(is_text("\xe7\xb9 "));
  EXPECT_FALSE(is_text("a\xc0"));
  EXPECT_FALSE(is_text("a\xf5"));
}

std::string shown(std::string_view payload, std::size_t longest = 80, bool ascii = false) {
  return excerpt(std::as_bytes(std::span(payload)), longest, ascii);
}

TEST(Excerpt, TakesNoBinaryForText) {
  EXPECT_EQ(shown("\xe7\xb9\x81\x80"), "\\xe7\\xb9\\x81\\x80");  // three of them make a Han character
  EXPECT_EQ(shown(std::string_view("\0\x05한국", 8)), "\\x00\\x05\\xed\\x95\\x9c\\xea\\xb5\\xad");
  EXPECT_EQ(shown("한국"), "한국");
  EXPECT_EQ(shown("h\u00e9", 80, true), "h\\u{e9}");
  EXPECT_EQ(shown("plain\x01\n"), "plain\\x01\\n");
}

TEST(Excerpt, DecidesByWhatFollowsToo) {
  EXPECT_EQ(shown("한국\x01", 6), "\\xed\\x95\\x9c\\xea\\xb5\\xad");
  const std::string long_text = "한국" + std::string(1000, 'x');
  EXPECT_EQ(shown(long_text + '\x01', 6), "한국");  // too far behind
}

TEST(Excerpt, TearsNoCharacter) {
  EXPECT_EQ(shown("한국", 5), "한");
  EXPECT_EQ(shown("한국", 2), "");
  EXPECT_EQ(shown(std::string_view("한국").substr(0, 5)), "한\\xea\\xb5");  // the snaplen did
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
