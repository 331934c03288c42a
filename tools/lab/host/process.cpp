#include "tools/lab/host/process.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "net/system_call.hpp"

namespace echolab::lab {
namespace {

void reset_signals() {
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);  // refused for SIGKILL and SIGSTOP
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace

std::filesystem::path program_folder() {
  std::error_code unknown;
  return std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path();
}

bool has_terminal() { return ::isatty(STDIN_FILENO) == 1 && ::tcgetpgrp(STDIN_FILENO) == ::getpgrp(); }

void take_terminal() {
  ::setpgid(0, 0);
  const auto before = ::signal(SIGTTOU, SIG_IGN);  // it would stop us: a new group takes the terminal from behind
  ::tcsetpgrp(STDIN_FILENO, ::getpid());
  ::signal(SIGTTOU, before);
}

void execute(const std::vector<std::string>& words, const std::vector<std::string>& environment) {
  reset_signals();
  for (const std::string& setting : environment) ::putenv(const_cast<char*>(setting.c_str()));
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  throw net::CallError("execvp", words[0], errno);
}

int exit_status(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

}  // namespace echolab::lab
