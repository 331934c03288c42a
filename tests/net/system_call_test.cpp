#include "net/system_call.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "net/file_descriptor.hpp"

namespace echolab::net {
namespace {

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }
FileDescriptor opened() { return FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

TEST(FileDescriptor, ClosesWhatItOwns) {
  int number = -1;
  {
    const FileDescriptor owner = opened();
    number = owner.get();
    EXPECT_TRUE(is_open(number));
  }
  EXPECT_FALSE(is_open(number));
}

TEST(FileDescriptor, MovingHandsOwnershipOver) {
  FileDescriptor first = opened();
  const int number = first.get();
  const FileDescriptor second = std::move(first);
  EXPECT_FALSE(first);  // NOLINT(bugprone-use-after-move): that is what is tested
  EXPECT_EQ(second.get(), number);
  EXPECT_TRUE(is_open(number));
}

TEST(FileDescriptor, AssigningClosesTheOldOne) {
  FileDescriptor first = opened();
  const int old = first.get();
  first = opened();
  EXPECT_FALSE(is_open(old) && first.get() != old);
}

TEST(FileDescriptor, ReleasedIsNotClosed) {
  int number = -1;
  {
    FileDescriptor owner = opened();
    number = owner.release();
  }
  EXPECT_TRUE(is_open(number));
  ::close(number);
}

TEST(SystemCall, HandsAGoodResultThrough) { EXPECT_EQ(system_call("anything", 7), 7); }

TEST(SystemCall, NamesTheCallThatFailedAndItsSubject) {
  try {
    errno = EADDRINUSE;
    system_call("bind", -1, "127.0.0.1:9000");
    FAIL() << "no exception";
  } catch (const CallError& error) {
    EXPECT_EQ(error.call(), "bind");
    EXPECT_EQ(error.subject(), "127.0.0.1:9000");
    EXPECT_EQ(error.code().value(), EADDRINUSE);
    EXPECT_STREQ(error.what(), "bind 127.0.0.1:9000: Address already in use");
  }
}

TEST(SystemCall, IsCalledAgainAfterEINTR) {
  int calls = 0;
  const int result = uninterrupted([&] {
    errno = EINTR;
    return ++calls < 3 ? -1 : 5;
  });
  EXPECT_EQ(result, 5);
  EXPECT_EQ(calls, 3);
}

TEST(SystemCall, OtherErrorsAreNotRepeated) {
  int calls = 0;
  const auto fails = [&] {
    ++calls;
    errno = EBADF;
    return -1;
  };
  EXPECT_EQ(uninterrupted(fails), -1);
  EXPECT_EQ(calls, 1);
}

TEST(SystemCall, ErrorsHaveTheirManualPageNames) { EXPECT_EQ(error_name(ECONNREFUSED), "ECONNREFUSED"); }

}  // namespace
}  // namespace echolab::net
