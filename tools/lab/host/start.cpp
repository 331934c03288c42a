// A program on a host: fork, step over, exec.
#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "net/system_call.hpp"
#include "tools/lab/host/network.hpp"
#include "tools/lab/host/process.hpp"

namespace echolab::lab {
namespace {

/// A process group of its own: Ctrl-C is for us, or, where it has the terminal, for it alone.
void leave_our_group(bool terminal) {
  if (terminal)
    take_terminal();
  else
    ::setpgid(0, 0);
}

/// The command's descriptors become 0, 1, 2 and perhaps 3; no other goes on. Each is first copied out of the way: one's
/// number may be another's place.
void place_descriptors(const Command& command) {
  constexpr int out_of_the_way = 16;
  int wanted[] = {command.stdin_fd, command.stdout_fd, command.stderr_fd, command.log_fd};
  const int places = command.log_fd < 0 ? 3 : 4;
  for (int place = 0; place < places; ++place) {
    const int from = wanted[place] >= 0 ? wanted[place] : ::open("/dev/null", O_RDWR | O_CLOEXEC);
    wanted[place] = net::system_call("fcntl", ::fcntl(from, F_DUPFD_CLOEXEC, out_of_the_way), "descriptor");
  }
  for (int place = 0; place < places; ++place) net::system_call("dup2", ::dup2(wanted[place], place), "descriptor");
  ::close_range(static_cast<unsigned>(places), ~0U, CLOSE_RANGE_CLOEXEC);
}

/// The child's side. Returns only where something failed: the errno.
int become(const Command& command, int network, pid_t parent) {
  try {
    net::system_call("setns", ::setns(network, CLONE_NEWNET), "host");
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(EXIT_FAILURE);  // it died before the call above
    place_descriptors(command);
    leave_our_group(command.terminal);
    execute(command.words, command.environment);
  } catch (const net::CallError& error) {
    return error.code().value();
  }
}

}  // namespace

pid_t Network::start(Host host, const Command& command) {
  if (command.words.empty()) throw net::CallError("execvp", "", EINVAL);
  int pipe[2];
  net::system_call("pipe2", ::pipe2(pipe, O_CLOEXEC));
  const net::FileDescriptor failure(pipe[0]);
  net::FileDescriptor childs_end(pipe[1]);

  const pid_t parent = ::getpid();
  const pid_t child = net::system_call("fork", ::fork());
  if (child == 0) {
    // Out of the places that the command's descriptors take.
    const int report = ::fcntl(childs_end.get(), F_DUPFD_CLOEXEC, 16);
    const int error = become(command, namespace_of(host), parent);
    [[maybe_unused]] const auto written = ::write(report, &error, sizeof error);
    ::_exit(127);
  }
  childs_end.reset();
  // Nothing comes, and the pipe ends, once exec has closed the child's end.
  int error = 0;
  const auto size = net::uninterrupted([&] { return ::read(failure.get(), &error, sizeof error); });
  if (size != sizeof error) return child;
  ::waitpid(child, nullptr, 0);
  throw net::CallError("execvp", command.words[0], error);
}

}  // namespace echolab::lab
