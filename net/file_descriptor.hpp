// The one owner of a file descriptor: it closes what it owns, and it cannot be copied.
#pragma once

namespace echolab::net {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  ~FileDescriptor() { reset(); }
  FileDescriptor(FileDescriptor&& other) noexcept : number_(other.release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

  /// Gives the descriptor away: it is no longer closed here.
  int release();
  /// Closes it now, if there is one.
  void reset();

 private:
  int number_ = -1;
};

}  // namespace echolab::net
