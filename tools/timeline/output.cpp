#include "tools/timeline/output.hpp"

#include <unistd.h>

#include <cerrno>

namespace echolab::timeline {

bool Output::write(std::string_view text) {
  while (!text.empty() && error_ == 0) {
    const auto written = ::write(fd_, text.data(), text.size());
    if (written >= 0)
      text.remove_prefix(static_cast<std::size_t>(written));
    else if (errno != EINTR)
      error_ = errno;
  }
  return error_ == 0;
}

}  // namespace echolab::timeline
