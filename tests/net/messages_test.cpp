#include "net/messages.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "net/file_descriptor.hpp"

namespace echolab::net {
namespace {

std::string text(const std::optional<Message>& message) {
  if (!message) return "(none)";
  return {reinterpret_cast<const char*>(message->bytes.data()), message->bytes.size()};
}

std::string text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(Messages, TextsAreSentAsTheyAre) {
  Messages messages({.texts = {"a\n", "", "안녕"}});
  EXPECT_EQ(text(messages.next()), "a\n");
  EXPECT_EQ(text(messages.next()), "");
  EXPECT_EQ(text(messages.next()), "안녕");
  EXPECT_EQ(text(messages.next()), "(none)");
}

TEST(Messages, CountRepeatsTheTexts) {
  Messages messages({.texts = {"a", "b"}, .count = 2});
  std::string all;
  while (const auto message = messages.next()) all += text(message);
  EXPECT_EQ(all, "abab");
  EXPECT_FALSE(messages.numbered_size());
}

TEST(Messages, CountAloneMakesNumberedMessagesOfTheSize) {
  Messages messages({.count = 2, .size = 12});
  EXPECT_TRUE(messages.numbered_size());
  const auto first = messages.next();
  EXPECT_EQ(text(first).substr(0, 8), "00000001");
  EXPECT_EQ(first->bytes.size(), 12U);
  EXPECT_EQ(number_in(messages.next()->bytes), 2U);
  EXPECT_FALSE(messages.next());
}

TEST(Messages, ASizeBelowTheNumberHoldsLettersAlone) {
  EXPECT_EQ(text(numbered_message(1, 3)), "bcd");
  EXPECT_EQ(numbered_message(1, 0).size(), 0U);
  EXPECT_EQ(number_in(numbered_message(9, 7)), std::nullopt);
  EXPECT_EQ(text(numbered_message(42, 8)), "00000042");
}

/// Stdin of this test, fed by the test.
class FromStdin : public testing::Test {
 protected:
  FromStdin() : old_(::dup(0)) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    ::dup2(ends[0], 0);
    ::close(ends[0]);
    feed = FileDescriptor(ends[1]);
  }
  ~FromStdin() override {
    ::dup2(old_, 0);
    ::close(old_);
  }
  void write(std::string_view bytes) const {
    EXPECT_EQ(::write(feed.get(), bytes.data(), bytes.size()), ssize_t(bytes.size()));
  }
  FileDescriptor feed;

 private:
  int old_;
};

TEST_F(FromStdin, ALineIsAMessageWhereMessagesHaveBorders) {
  Messages messages({.lines = true});
  write("one\ntwo\nrest");
  EXPECT_EQ(text(messages.next()), "one\n");
  EXPECT_EQ(text(messages.next()), "two\n");
  feed.reset();
  EXPECT_EQ(text(messages.next()), "rest");
  EXPECT_EQ(text(messages.next()), "(none)");
  EXPECT_FALSE(messages.interrupted());
}

TEST_F(FromStdin, AStreamTakesWhatIsThere) {
  Messages messages({.lines = false});
  write("one\ntwo");
  EXPECT_EQ(text(messages.next()), "one\ntwo");
}

TEST_F(FromStdin, AWatchedSocketEndsTheWait) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const FileDescriptor watched(ends[0]), other(ends[1]);
  ASSERT_EQ(::write(other.get(), "x", 1), 1);
  Messages messages({});
  EXPECT_EQ(text(messages.next(watched.get())), "(none)");
  EXPECT_TRUE(messages.interrupted());
}

}  // namespace
}  // namespace echolab::net
