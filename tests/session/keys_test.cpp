#include "tools/session/keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/temporary_folder.hpp"
#include "tools/session/base64url.hpp"

namespace echolab::session {
namespace {

using testing::HasSubstr;
using Why = KeyFileError::Why;

const std::string key = to_base64url(std::string(32, 'k')), other = to_base64url(std::string(48, 'o'));

class SessionKeys : public testing::Test {
 protected:
  std::variant<Keys, KeyFileError> read(const std::string& text, mode_t mode = 0600) {
    folder_.file("keys", std::as_bytes(std::span(text)));
    ::chmod(file().c_str(), mode);
    return read_keys(file());
  }
  std::string file() const { return folder_.file("keys"); }
  static Why why(const std::variant<Keys, KeyFileError>& keys) { return std::get<KeyFileError>(keys).why; }

  test::TemporaryFolder folder_;
};

TEST_F(SessionKeys, TheFirstSignsAndAllVerify) {
  const auto read_back = read("# keys of the shop\n\n new " + other + "\r\nold\t" + key);
  ASSERT_TRUE(std::holds_alternative<Keys>(read_back));
  const Keys& keys = std::get<Keys>(read_back);
  EXPECT_EQ(keys.signing().kid, "new");
  ASSERT_NE(keys.named("old"), nullptr);
  EXPECT_EQ(keys.named("old")->hmac.of("x"), Hmac(std::string(32, 'k')).of("x"));
  EXPECT_EQ(keys.named("none"), nullptr);
}

TEST_F(SessionKeys, AFileThatOthersMayReadIsRefusedWithItsMend) {
  for (const mode_t mode : {0644, 0640, 0604, 0660, 0601}) {
    const auto refused = read("k1 " + key, mode);
    ASSERT_EQ(why(refused), Why::others_may_read);
    for (const Language lang : {Language::en, Language::ko})
      EXPECT_THAT(sentence(std::get<KeyFileError>(refused), lang), HasSubstr("\nchmod 600 " + file()));
  }
  EXPECT_TRUE(std::holds_alternative<Keys>(read("k1 " + key, 0400)));
}

TEST_F(SessionKeys, AWrongLineIsNamed) {
  for (const std::string& line : {"k1 " + to_base64url(std::string(31, 'k')), "k1 " + key + "=", std::string("k1"),
                                  "k1 " + key + " x", "a " + key + "\na " + other, "a=b " + key}) {
    const auto refused = read("first " + key + "\n" + line);
    ASSERT_TRUE(std::holds_alternative<KeyFileError>(refused)) << line;
    EXPECT_EQ(why(refused), Why::line);
    EXPECT_GE(std::get<KeyFileError>(refused).line, 2);
    EXPECT_THAT(sentence(std::get<KeyFileError>(refused), Language::en), testing::Not(HasSubstr(key)));
  }
}

TEST_F(SessionKeys, NoFileAnEmptyOneAndAFolderAreRefused) {
  EXPECT_EQ(why(read("")), Why::empty);
  EXPECT_EQ(why(read("# none\n")), Why::empty);
  EXPECT_EQ(why(read_keys(folder_.file("missing"))), Why::no_file);
  EXPECT_EQ(why(read_keys("/")), Why::not_regular);
  EXPECT_EQ(why(read_keys("/dev/null")), Why::not_regular);
}

TEST(SessionKey, OfThisRunIsAnotherEachTime) {
  EXPECT_NE(Keys::for_this_run().signing().hmac.of("x"), Keys::for_this_run().signing().hmac.of("x"));
}

}  // namespace
}  // namespace echolab::session
