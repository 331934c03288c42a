// What is pressed on a pipe, be it a line without an end.
#include "tools/lab/program/keys.hpp"

#include <gtest/gtest.h>
#include <malloc.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

namespace echolab::lab {
namespace {

/// Standard input is a pipe that this test writes into.
class KeysOfAPipe : public testing::Test {
 protected:
  KeysOfAPipe() {
    int ends[2];
    if (::pipe(ends) != 0 || ::dup2(ends[0], STDIN_FILENO) != STDIN_FILENO) throw std::runtime_error("pipe");
    ::close(ends[0]);
    keyboard_ = ends[1];
  }
  void press(const std::string& text) const {
    ASSERT_EQ(::write(keyboard_, text.data(), text.size()), ssize_t(text.size()));
  }
  void end() const { ::close(keyboard_); }

  /// The next key, once everything that was pressed has been read.
  static std::optional<char> next(Keys& keys) {
    std::optional<char> key;
    for (int reading = 0; reading < 1000 && !key; ++reading) key = keys.next();
    return key;
  }

 private:
  int keyboard_ = -1;
};

TEST_F(KeysOfAPipe, AreTheFirstOfEachLine) {
  Keys keys;
  press("x\n  2 and more\n\n\t\nq");
  EXPECT_EQ(next(keys), 'x');
  EXPECT_EQ(next(keys), '2');
  EXPECT_EQ(next(keys), Keys::enter);
  EXPECT_EQ(next(keys), Keys::enter);
  EXPECT_EQ(next(keys), std::nullopt);
  end();
  EXPECT_EQ(next(keys), 'q');
  EXPECT_EQ(next(keys), Keys::end);
}

/// Bytes on the heap, and in large pieces beside it.
std::size_t in_use() {
  const auto memory = ::mallinfo2();
  return memory.uordblks + memory.hblkhd;
}

TEST_F(KeysOfAPipe, AreNotKeptOfALineThatDoesNotEnd) {
  Keys keys;
  const std::string much(32768, ' ');
  const std::size_t before = in_use();
  for (int i = 0; i < 64; ++i) {
    press(much);
    EXPECT_EQ(next(keys), std::nullopt);
  }
  EXPECT_LT(in_use(), before + much.size());
  press("x" + much + "y");
  EXPECT_EQ(next(keys), std::nullopt);
  press("z\nq\n");
  EXPECT_EQ(next(keys), 'x');
  EXPECT_EQ(next(keys), 'q');
}

}  // namespace
}  // namespace echolab::lab
