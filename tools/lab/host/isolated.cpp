// Three processes: this one; the first of the new PID namespace, which the kernel makes the parent of every orphan
// there and whose end is the end of all; and the one that runs the body. They share a process group, so that the
// terminal deals with them as with one: Ctrl-C reaches the body by itself, Ctrl-Z stops it, `lab ... | less` works.
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <optional>

#include "net/system_call.hpp"
#include "tools/lab/host/host_names.hpp"
#include "tools/lab/host/network.hpp"
#include "tools/lab/host/process.hpp"
#include "tools/lab/host/user_namespace.hpp"

namespace echolab::lab {
namespace {

struct Pipe {
  net::FileDescriptor out, in;
  Pipe() {
    int ends[2];
    net::system_call("pipe2", ::pipe2(ends, O_CLOEXEC));
    out = net::FileDescriptor(ends[0]);
    in = net::FileDescriptor(ends[1]);
  }
};

/// While it lives these signals wait to be read from a descriptor.
class ReadSignals {
 public:
  ReadSignals(std::initializer_list<int> signals) {
    sigset_t set;
    ::sigemptyset(&set);
    for (const int signal : signals) ::sigaddset(&set, signal);
    ::sigprocmask(SIG_BLOCK, &set, &before_);
    fd_ = net::FileDescriptor(net::system_call("signalfd", ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)));
  }
  ~ReadSignals() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
  ReadSignals(const ReadSignals&) = delete;
  ReadSignals& operator=(const ReadSignals&) = delete;

  int fd() const { return fd_.get(); }
  std::optional<signalfd_siginfo> next() {
    signalfd_siginfo info{};
    if (::read(fd_.get(), &info, sizeof info) != sizeof info) return std::nullopt;
    return info;
  }

 private:
  sigset_t before_{};
  net::FileDescriptor fd_;
};

/// A shell that runs inside takes the terminal and sets it up for itself. Afterwards it is ours again, as it was; but
/// only where nobody has it: a process group that is empty.
class Terminal {
 public:
  Terminal() : tty_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
    if (tty_) ::tcgetattr(tty_.get(), &settings_);
  }
  void take_back() {
    if (!tty_) return;
    const pid_t foreground = ::tcgetpgrp(tty_.get());
    if (foreground <= 0 || ::kill(-foreground, 0) == 0 || errno != ESRCH) return;
    const auto before = ::signal(SIGTTOU, SIG_IGN);  // it would stop us: we take the terminal from behind
    ::tcsetpgrp(tty_.get(), ::getpgrp());
    ::tcsetattr(tty_.get(), TCSADRAIN, &settings_);
    ::signal(SIGTTOU, before);
  }

 private:
  net::FileDescriptor tty_;
  termios settings_{};
};

/// fork into new namespaces. By hand: glibc's clone wants a stack. Its child must fork before it does anything else
/// that glibc keeps the process id for.
pid_t fork_into(int namespaces) { return static_cast<pid_t>(::syscall(SYS_clone, namespaces | SIGCHLD, 0, 0, 0, 0)); }

/// The first process: reaps the orphans, passes on the signals that come through `orders`, and ends when the body does,
/// or when the process that gives the orders has.
[[noreturn]] void look_after(pid_t body, int orders, ReadSignals& children) {
  for (;;) {
    pollfd waiting[] = {{.fd = orders, .events = POLLIN, .revents = 0},
                        {.fd = children.fd(), .events = POLLIN, .revents = 0}};
    ::poll(waiting, 2, -1);
    while (children.next()) continue;
    int status = 0;
    for (pid_t ended; (ended = ::waitpid(-1, &status, WNOHANG)) > 0;)
      if (ended == body) ::_exit(exit_status(status));
    if (waiting[0].revents == 0) continue;
    unsigned char signal = 0;
    if (::read(orders, &signal, 1) != 1) ::_exit(EXIT_FAILURE);
    ::kill(body, signal);
  }
}

/// Splits into the first process, which stays here, and the body's, which returns.
void be_first(Pipe& orders, Pipe& report) {
  // Should the other one have died before this call: `look_after` finds the end of `orders`.
  net::system_call("prctl", ::prctl(PR_SET_PDEATHSIG, SIGKILL), "PR_SET_PDEATHSIG");
  orders.in.reset();
  report.out.reset();
  ReadSignals children{SIGCHLD};
  const pid_t body = net::system_call("fork", ::fork());
  report.in.reset();
  if (body != 0) look_after(body, orders.out.get(), children);
  orders.out.reset();
}

/// The outer process: waits for the end of the first, and has it pass on what this one was told. What the terminal says
/// it says to the whole group; passed on, one Ctrl-C would be two.
int wait_for(pid_t first, const Pipe& orders, ReadSignals& signals) {
  for (;;) {
    pollfd waiting{.fd = signals.fd(), .events = POLLIN, .revents = 0};
    ::poll(&waiting, 1, -1);
    while (const auto came = signals.next()) {
      const auto signal = static_cast<unsigned char>(came->ssi_signo);
      if (signal == SIGCHLD || came->ssi_code == SI_KERNEL) continue;
      net::system_call("write", ::write(orders.in.get(), &signal, 1), "pipe");
    }
    int status = 0;
    if (::waitpid(first, &status, WNOHANG) == first) return exit_status(status);
  }
}

std::string read_all(const net::FileDescriptor& pipe) {
  std::string all;
  char room[512];
  for (ssize_t size; (size = ::read(pipe.get(), room, sizeof room)) > 0;)
    all.append(room, static_cast<std::size_t>(size));
  return all;
}

}  // namespace

int isolated(const std::function<int()>& body) try {
  std::fflush(nullptr);  // what is still in a buffer would be written by both processes
  Terminal terminal;
  Pipe orders, report;
  ::signal(SIGCHLD, SIG_DFL);  // where it is ignored a child's end cannot be seen
  std::optional<ReadSignals> signals(std::in_place, {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGCHLD});

  const uid_t uid = ::geteuid();
  const gid_t gid = ::getegid();
  constexpr int spaces = CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWNS;
  bool own_user_namespace = true;
  pid_t first = fork_into(spaces | CLONE_NEWUSER);
  if (first < 0 && uid == 0) {
    own_user_namespace = false;
    first = fork_into(spaces);
  }
  net::system_call("clone", first, "user, network, PID and mount namespace");

  if (first == 0) {
    try {
      if (own_user_namespace) become_root(uid, gid);
      name_hosts();
      be_first(orders, report);
    } catch (const net::CallError& error) {
      [[maybe_unused]] const auto written = ::write(report.in.get(), error.what(), std::strlen(error.what()));
      ::_exit(EXIT_FAILURE);
    }
    signals.reset();
    // An exception must not leave: behind this function lies the other process's story.
    const int status = [&]() noexcept { return body(); }();
    std::fflush(nullptr);
    ::_exit(status);  // what the program does when it ends, the other process does
  }

  report.in.reset();
  if (const auto why = read_all(report.out); !why.empty()) {
    ::waitpid(first, nullptr, 0);
    throw Unavailable(why);
  }
  const int status = wait_for(first, orders, *signals);
  terminal.take_back();
  return status;
} catch (const net::CallError& error) {
  throw Unavailable(error.what());
}

}  // namespace echolab::lab
