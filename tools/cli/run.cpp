#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <system_error>

#include "capture/render/escape.hpp"
#include "capture/render/width.hpp"
#include "tools/cli/run.hpp"
#include "tools/cli/words.hpp"

namespace echolab::cli {
namespace {

std::string unwritten;  // by `print`
int output_error = 0;   // errno of the first write to stdout that failed

/// A signal only asks for an end, and the end has something to say, too: unlike stdio, go on after it.
void write_output(std::string_view text) {
  while (!text.empty() && output_error == 0) {
    const auto size = ::write(STDOUT_FILENO, text.data(), text.size());
    if (size >= 0) {
      text.remove_prefix(static_cast<std::size_t>(size));
    } else if (errno == EAGAIN) {  // somebody made the pipe non-blocking
      pollfd out{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
      ::poll(&out, 1, -1);
    } else if (errno != EINTR) {
      output_error = errno;
    }
  }
}

std::string out_of_time;  // what there is to say when the processor time is used up; a handler may not make it

void tell_out_of_time(int) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, out_of_time.data(), out_of_time.size());
  ::_exit(static_cast<int>(Exit::failed));
}

/// What would kill the program without a word: a reader that is gone, a file as large as is allowed (both are errors of
/// write then), the processor time used up.
void take_fatal_signals(std::string_view program, Language lang) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  out_of_time = fmt::format("{}: {}: {}\n", program, words::error.in(lang), words::out_of_time.in(lang));
  std::signal(SIGXCPU, tell_out_of_time);
}

/// A program started with fd 0, 1 or 2 closed would open its next file there and print into it.
void open_standard_descriptors() {
  for (int fd = 0; fd <= 2; ++fd) {
    if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
      if (::open("/dev/null", O_RDWR) != fd) std::abort();  // the lowest free descriptor is this one
    }
  }
}

/// The far end of stdout has gone (`| head`).
bool reader_gone() {
  pollfd out{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
  return output_error == EPIPE || (::poll(&out, 1, 0) == 1 && (out.revents & POLLERR));
}

Exit report_lost_output(std::string_view program, Language lang) {
  if (!reader_gone())
    error(program, fmt::format(fmt::runtime(words::cannot_write.in(lang)), std::strerror(output_error)), lang);
  return Exit::failed;
}

void print_lines(std::string_view head, std::string_view text) {
  std::string out(head);
  while (true) {
    const auto end = text.find('\n');
    out += capture::printable(text.substr(0, end)) + "\n";
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    if (text.empty()) break;
    out += "    ";
  }
  flush_output();  // results and messages keep their order on a terminal
  std::fwrite(out.data(), 1, out.size(), stderr);
}

}  // namespace

void error(std::string_view program, std::string_view what, Language lang) {
  print_lines(fmt::format("{}: {}: ", program, words::error.in(lang)), what);
}

void note(std::string_view program, std::string_view what) {
  const std::string line = fmt::format("{}: {}", program, capture::printable(what));
  const int columns = terminal_columns(STDERR_FILENO, 0);
  flush_output();
  if (columns == 0) {
    fmt::print(stderr, "{}\n", line);
  } else {
    for (const std::string& part : capture::wrap(line, columns)) fmt::print(stderr, "{}\n", part);
  }
}

std::string as_started(std::string_view name, int argc, const char* const* argv) {
  const std::string_view path = argc > 0 ? argv[0] : "";
  return std::string(path.find_first_of("/ ") != std::string_view::npos ? path : name);
}

bool print(std::string_view text) {
  constexpr std::size_t enough = 64 * 1024;
  unwritten += text;
  return unwritten.size() < enough ? output_error == 0 : flush_output();
}

bool flush_output() {
  if (output_error) return false;
  errno = 0;
  std::cout.flush();
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) output_error = errno ? errno : EIO;
  write_output(unwritten);
  unwritten.clear();
  return output_error == 0;
}

void output_lost(int error) { output_error = error; }

int run(std::string_view program, Language lang, const std::function<Exit()>& body) {
  open_standard_descriptors();
  take_fatal_signals(program, lang);
  Exit status = Exit::failed;
  std::string failure;
  try {
    status = body();
  } catch (const std::bad_alloc&) {
    failure = words::out_of_memory.in(lang);
  } catch (const std::system_error& thrown) {
    // fmt::print throws where it cannot write: that is told below, once.
    if (std::ferror(stdout)) {
      output_error = thrown.code().value();
    } else {
      failure = thrown.what();
    }
  } catch (const std::exception& thrown) {
    failure = thrown.what();
  }
  if (!failure.empty()) error(program, failure, lang);
  if (!flush_output()) status = report_lost_output(program, lang);
  return static_cast<int>(status);
}

}  // namespace echolab::cli
