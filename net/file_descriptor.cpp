#include "net/file_descriptor.hpp"

#include <unistd.h>

#include <utility>

namespace echolab::net {

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    reset();
    number_ = other.release();
  }
  return *this;
}

int FileDescriptor::release() { return std::exchange(number_, -1); }

void FileDescriptor::reset() {
  if (number_ < 0) return;
  // Not repeated after EINTR: Linux has freed the number already, and another thread may own it by now (close(2)).
  ::close(release());
}

}  // namespace echolab::net
