#include "capture/source/capture_stream.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace echolab::capture {

CaptureStream::~CaptureStream() { ::close(fd_); }

bool CaptureStream::fill() {
  if (end_ == buffer_.size()) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_), buffer_.end(), buffer_.begin());
    end_ -= begin_;
    begin_ = 0;
  }
  const ssize_t got = ::read(fd_, buffer_.data() + end_, buffer_.size() - end_);
  if (got > 0) {
    end_ += static_cast<std::size_t>(got);
    return true;
  }
  if (got < 0) error_ = errno;
  return false;
}

std::string_view CaptureStream::peek(std::size_t count) {
  while (end_ - begin_ < count && fill()) {
  }
  return {buffer_.data() + begin_, std::min(count, end_ - begin_)};
}

ssize_t CaptureStream::read(char* out, std::size_t size) {
  if (peek(1).empty()) {
    ended_ = error_ == 0;
    errno = error_;
    return ended_ ? 0 : -1;
  }
  const std::size_t taken = std::min(size, end_ - begin_);
  std::memcpy(out, buffer_.data() + begin_, taken);
  begin_ += taken;
  position_ += taken;
  return static_cast<ssize_t>(taken);
}

std::size_t CaptureStream::take(std::span<std::byte> out) {
  std::size_t taken = 0;
  while (taken < out.size()) {
    const ssize_t got = read(reinterpret_cast<char*>(out.data() + taken), out.size() - taken);
    if (got <= 0) break;
    taken += static_cast<std::size_t>(got);
  }
  return taken;
}

std::FILE* CaptureStream::open(std::unique_ptr<CaptureStream> stream) {
  cookie_io_functions_t functions{};
  functions.read = [](void* cookie, char* out, std::size_t size) {
    return static_cast<CaptureStream*>(cookie)->read(out, size);
  };
  functions.seek = [](void* cookie, off64_t* offset, int from) {  // enough for ftell
    if (from != SEEK_CUR || *offset != 0) return -1;
    *offset = static_cast<off64_t>(static_cast<CaptureStream*>(cookie)->position_);
    return 0;
  };
  functions.close = [](void* cookie) {
    delete static_cast<CaptureStream*>(cookie);
    return 0;
  };
  std::FILE* file = ::fopencookie(stream.get(), "r", functions);
  if (file == nullptr) return nullptr;
  stream.release();
  constexpr std::size_t at_once = 64 * 1024;  // stdio's own 4 KiB cost a third of the reading
  std::setvbuf(file, nullptr, _IOFBF, at_once);
  return file;
}

}  // namespace echolab::capture
