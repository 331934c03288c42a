#include "tools/timeline/output.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace echolab::timeline {
namespace {

/// Through stdio, whose error flag makes the program's end report the loss.
bool write_standard_output(std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

bool write_descriptor(int fd, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

bool Output::write(std::string_view text) {
  if (error_ != 0) return false;
  errno = 0;
  const bool written = fd_ == STDOUT_FILENO ? write_standard_output(text) : write_descriptor(fd_, text);
  if (!written) error_ = errno != 0 ? errno : EIO;
  return written;
}

}  // namespace echolab::timeline
