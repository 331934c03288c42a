#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <cstring>

#include "tools/cli/run.hpp"

namespace echolab::cli {

bool Common::use_color(int fd) const {
  if (color != Color::automatic) return color == Color::always;
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return value && *value;
  };
  if (set("NO_COLOR")) return false;  // https://no-color.org
  if (set("FORCE_COLOR")) return std::strcmp(std::getenv("FORCE_COLOR"), "0") != 0;
  const char* term = std::getenv("TERM");
  return ::isatty(fd) && term && std::strcmp(term, "dumb") != 0;
}

int terminal_columns(int fd, int fallback) {
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const char* text = std::getenv("COLUMNS");
  if (!text) return fallback;
  int columns = 0;
  const char* end = text + std::strlen(text);
  const auto read = std::from_chars(text, end, columns);
  return read.ec == std::errc{} && read.ptr == end && columns > 0 ? columns : fallback;
}

}  // namespace echolab::cli
