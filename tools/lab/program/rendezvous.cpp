#include "tools/lab/program/rendezvous.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/nsfs.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sstream>

#include "net/system_call.hpp"
#include "tools/lab/host/process.hpp"
#include "tools/lab/program/private_folder.hpp"
#include "tools/lab/program/program.hpp"

namespace echolab::lab {
namespace {

net::FileDescriptor open_namespace(const std::string& process, const std::string& name) {
  const std::string path = fmt::format("/proc/{}/{}", process, name);
  return net::FileDescriptor(net::system_call("open", ::open(path.c_str(), O_RDONLY | O_CLOEXEC), path));
}

bool are_same(const net::FileDescriptor& one, const net::FileDescriptor& other) {
  struct stat here {
  }, there{};
  return ::fstat(one.get(), &here) == 0 && ::fstat(other.get(), &there) == 0 && here.st_ino == there.st_ino &&
         here.st_dev == there.st_dev;
}

/// A process id may have gone to another user: of a user namespace the kernel knows who made it, of the others in which
/// user namespace that was (ioctl_ns(2)). Throws net::CallError.
void expect_ours(const net::FileDescriptor& user, bool here, const net::FileDescriptor& other) {
  uid_t owner = 0;
  if (!here) net::system_call("ioctl", ::ioctl(user.get(), NS_GET_OWNER_UID, &owner), "NS_GET_OWNER_UID");
  const net::FileDescriptor made_in(net::system_call("ioctl", ::ioctl(other.get(), NS_GET_USERNS), "NS_GET_USERNS"));
  if ((!here && owner != ::geteuid()) || !are_same(made_in, user))
    throw net::CallError("setns", "a namespace of another user", EPERM);
}

/// Ctrl-C is the program's own, and the terminal is asked back from behind.
void ignore_keys() {
  for (const int signal : {SIGINT, SIGQUIT, SIGTTOU}) ::signal(signal, SIG_IGN);
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return exit_status(status);
}

/// Goes over to the lab's namespaces and has a child become the program there; the exit status of both.
int go_over(pid_t lab, int network_fd, const std::function<void()>& become) {
  const std::string process = std::to_string(lab);
  const auto user = open_namespace(process, "ns/user"), pids = open_namespace(process, "ns/pid"),
             mounts = open_namespace(process, "ns/mnt");
  const auto network = open_namespace(process, fmt::format("fd/{}", network_fd));
  const bool here = are_same(user, open_namespace("self", "ns/user"));
  for (const auto* space : {&pids, &network, &mounts}) expect_ours(user, here, *space);
  if (!here) net::system_call("setns", ::setns(user.get(), CLONE_NEWUSER), "user namespace");
  net::system_call("setns", ::setns(pids.get(), CLONE_NEWPID), "PID namespace");
  net::system_call("setns", ::setns(network.get(), CLONE_NEWNET), "network namespace");
  std::error_code gone;
  const auto folder = std::filesystem::current_path(gone);
  net::system_call("setns", ::setns(mounts.get(), CLONE_NEWNS), "mount namespace");  // which leads to /
  std::filesystem::current_path(folder, gone);

  const pid_t child = net::system_call("fork", ::fork());
  if (child != 0) {
    ignore_keys();
    return wait_for(child);
  }
  ::prctl(PR_SET_PDEATHSIG, SIGHUP);
  become();
  return EXIT_FAILURE;
}

}  // namespace

Rendezvous::Rendezvous(Language lang) : lang_(lang) {
  const std::string path = private_folder(lang) + "/lab";
  file_ = net::FileDescriptor(
      net::system_call("open", ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600), path));
}

bool Rendezvous::take_place() {
  if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) return false;
  net::system_call("ftruncate", ::ftruncate(file_.get(), 0));
  return true;
}

void Rendezvous::announce(const Network& network) const {
  // /proc is the machine's: it names this process as those outside know it.
  const std::string self = std::filesystem::read_symlink("/proc/self");
  const std::string line =
      fmt::format("{} {} {}\n", self, network.namespace_of(Host::client), network.namespace_of(Host::server));
  net::system_call("pwrite", ::pwrite(file_.get(), line.data(), line.size(), 0));
}

std::optional<Rendezvous::Place> Rendezvous::read() const {
  constexpr int patience = 500;  // times 10 ms: the lab may be about to begin
  for (int i = 0; i < patience; ++i) {
    char text[64] = {};
    if (::pread(file_.get(), text, sizeof text - 1, 0) > 0) {
      Place place;
      std::istringstream(text) >> place.lab >> place.namespaces[0] >> place.namespaces[1];
      if (place.namespaces[1] >= 0) return place;
    }
    ::poll(nullptr, 0, 10);
  }
  return std::nullopt;
}

std::optional<int> Rendezvous::join(Host host, const std::vector<std::string>& words,
                                    const std::vector<std::string>& environment) const {
  const auto place = read();
  if (!place) return std::nullopt;
  const int network = place->namespaces[host == Host::client ? 0 : 1];
  // This process stays where it is: one that goes over cannot come back.
  const bool terminal = has_terminal();
  const pid_t messenger = net::system_call("fork", ::fork());
  if (messenger == 0) {
    const auto become = [&] {
      if (terminal) take_terminal();
      execute(words, environment);
    };
    ::_exit(
        cli::run(program_name, lang_, [&] { return static_cast<cli::Exit>(go_over(place->lab, network, become)); }));
  }
  ignore_keys();
  const int status = wait_for(messenger);
  if (terminal) ::tcsetpgrp(STDIN_FILENO, ::getpgrp());
  return status;
}

}  // namespace echolab::lab
