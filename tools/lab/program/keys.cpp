#include "tools/lab/program/keys.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace echolab::lab {

Keys::Keys() : terminal_(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
  if (!terminal_) return;
  termios keys = before_;
  keys.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  ::tcsetattr(STDIN_FILENO, TCSADRAIN, &keys);
}

Keys::~Keys() {
  if (terminal_) ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
}

int Keys::descriptor() const {
  const bool here = terminal_ ? !unread_.empty() : unread_.find('\n') != std::string::npos;
  return here || ended_ ? -1 : STDIN_FILENO;
}

void Keys::read() {
  std::array<char, 256> room;
  const auto count = ::read(STDIN_FILENO, room.data(), room.size());
  if (count > 0) keep(std::string_view(room.data(), static_cast<std::size_t>(count)));
  if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)) ended_ = true;
}

/// Of a line on a pipe only its first key counts, so of one that never ends no more is kept.
void Keys::keep(std::string_view read) {
  unread_ += read;
  if (terminal_ || unread_.find('\n') != std::string::npos) return;
  unread_ = unread_.substr(std::min(unread_.find_first_not_of(" \t"), unread_.size() - 1), 1);
}

bool Keys::holds(char key) {
  constexpr std::size_t enough = 4096;  // typed ahead
  pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  if (terminal_ && !ended_ && unread_.size() < enough && ::poll(&input, 1, 0) > 0) read();
  return terminal_ && unread_.find(key) != std::string::npos;
}

std::optional<char> Keys::next() {
  pollfd input{.fd = descriptor(), .events = POLLIN, .revents = 0};
  if (input.fd >= 0 && ::poll(&input, 1, 0) > 0) read();
  if (terminal_) {
    if (unread_.empty()) return ended_ ? std::optional(end) : std::nullopt;
    const char key = unread_.front();
    unread_.erase(0, 1);
    return key == '\r' ? enter : key;
  }
  if (ended_ && !unread_.empty() && unread_.back() != '\n') unread_ += '\n';
  const auto line_end = unread_.find('\n');
  if (line_end == std::string::npos) return ended_ ? std::optional(end) : std::nullopt;
  const auto begin = unread_.find_first_not_of(" \t");
  const char key = unread_[begin];
  unread_.erase(0, line_end + 1);
  return key;
}

}  // namespace echolab::lab
