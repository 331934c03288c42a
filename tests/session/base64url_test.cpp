#include "tools/session/base64url.hpp"

#include <gtest/gtest.h>

#include "tools/session/random_id.hpp"

namespace echolab::session {
namespace {

TEST(SessionBase64url, WritesTheVectorsOfRfc4648WithoutTheirPadding) {
  EXPECT_EQ(to_base64url(""), "");
  EXPECT_EQ(to_base64url("f"), "Zg");
  EXPECT_EQ(to_base64url("fo"), "Zm8");
  EXPECT_EQ(to_base64url("foo"), "Zm9v");
  EXPECT_EQ(to_base64url("foobar"), "Zm9vYmFy");
  EXPECT_EQ(to_base64url("\xfb\xff"), "-_8");
}

TEST(SessionBase64url, ReadsWhatItWrites) {
  for (std::size_t size = 0; size < 70; ++size) {
    const std::string bytes = random_bytes(size);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
  }
}

TEST(SessionBase64url, TakesOneTextForTheSameBytes) {
  EXPECT_EQ(from_base64url("Zg"), "f");
  for (const char* text : {"Zh", "Zv", "Zm9", "Z", "Zg==", "Zg=", "Zm9v Zg", "Zm9v\n", "+_8", "-/8", "Zm8\xc3"})
    EXPECT_FALSE(from_base64url(text)) << text;
}

TEST(SessionId, Is128RandomBitsAndNeverTheSame) {
  const std::string one = random_id(), other = random_id();
  EXPECT_EQ(from_base64url(one)->size(), 16);
  EXPECT_NE(one, other);
}

}  // namespace
}  // namespace echolab::session
