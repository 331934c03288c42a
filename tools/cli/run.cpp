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
#include "tools/cli/cli.hpp"
#include "tools/cli/words.hpp"

namespace echolab::cli {
namespace {

int output_error = 0;  // errno of the first write to stdout that failed

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

Exit report_lost_output(std::string_view program, Lang lang) {
  if (!reader_gone())
    error(program, fmt::format(fmt::runtime(words::cannot_write.in(lang)), std::strerror(output_error)));
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

void error(std::string_view program, std::string_view what) { print_lines(fmt::format("{}: error: ", program), what); }
void note(std::string_view program, std::string_view what) { print_lines(fmt::format("{}: ", program), what); }

bool flush_output() {
  if (output_error) return false;
  errno = 0;
  std::cout.flush();
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) output_error = errno ? errno : EIO;
  return output_error == 0;
}

int run(std::string_view program, Lang lang, const std::function<Exit()>& body) {
  open_standard_descriptors();
  std::signal(SIGPIPE, SIG_IGN);
  Exit status = Exit::failed;
  std::string failure;
  try {
    status = body();
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
  if (!failure.empty()) error(program, failure);
  if (!flush_output()) status = report_lost_output(program, lang);
  return static_cast<int>(status);
}

}  // namespace echolab::cli
