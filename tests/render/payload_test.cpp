// -A and -X: all of what a packet carries, and nothing of it steers the terminal.
#include "capture/render/payload.hpp"

#include <gmock/gmock.h>

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

std::string shown(std::string_view bytes, PayloadStyle style, bool ascii = false) {
  std::string out;
  append_payload(out, std::as_bytes(std::span(bytes)), style, 2, ascii);
  return out;
}

TEST(Payload, AsTextKeepsItsLines) {
  EXPECT_EQ(shown("GET / HTTP/1.1\r\nHost: a\r\n\r\nx", PayloadStyle::text), "  GET / HTTP/1.1\n  Host: a\n  \n  x\n");
  EXPECT_EQ(shown("안녕", PayloadStyle::text), "  안녕\n");
  EXPECT_EQ(shown("안", PayloadStyle::text, true), "  \\u{c548}\n");
  EXPECT_EQ(shown("", PayloadStyle::text), "");
}

TEST(Payload, AsTextEscapesWhatSteersATerminal) {
  EXPECT_EQ(shown("\x1b[2J\r\x07", PayloadStyle::text), "  \\x1b[2J\\r\\x07\n");
}

TEST(Payload, AsHexHasSixteenBytesALine) {
  EXPECT_EQ(shown("0123456789abcdefg\x1b", PayloadStyle::hex),
            "  0x0000:  3031 3233 3435 3637 3839 6162 6364 6566  0123456789abcdef\n"
            "  0x0010:  671b                                     g.\n");
}

TEST(Payload, IsNotShownAgainWhereAnExcerptIsEnough) { EXPECT_EQ(shown("hello", PayloadStyle::excerpt), ""); }

}  // namespace
}  // namespace echolab::test
