// How these tests make trouble: a reader that does not read, a program looked at from outside, a shell's limits.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "net/file_descriptor.hpp"
#include "tests/support/temporary_folder.hpp"

namespace echolab::test {

/// The sanitizers want terabytes of address space, and keep what is freed for a while.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

/// The folder of the programs as a user has them, which a limit of memory can hold: $ECHOLAB_RELEASE, or these. Empty
/// where neither is without sanitizers.
inline std::string plain_programs() {
  if (const char* others = std::getenv("ECHOLAB_RELEASE")) return std::filesystem::path(others) / "";
  return sanitized ? "" : ECHOLAB_BIN_DIR "/";
}
inline constexpr auto no_plain_programs = "these programs have the address sanitizer (set ECHOLAB_RELEASE to others)";

/// Looks again and again, until it is so. False: not within 20 seconds.
inline bool until(const std::function<bool()>& so) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!so()) {
    if (std::chrono::steady_clock::now() > end) return false;
    ::poll(nullptr, 0, 2);
  }
  return true;
}

/// The value of "Name:" in /proc/PID/status, blanks and all behind the tab.
inline std::string status_of(pid_t pid, const std::string& name) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name + ":\t")) return line.substr(name.size() + 2);
  return {};
}

/// KiB of memory in use.
inline long resident(pid_t pid) { return std::stol(status_of(pid, "VmRSS")); }

/// Whether the first of two stop signals has been taken: the second one is left to the kernel then.
inline bool first_signal_taken(pid_t pid, int signal) {
  return ((std::stoull(status_of(pid, "SigCgt"), nullptr, 16) >> (signal - 1)) & 1) == 0;
}

inline std::size_t open_descriptors(pid_t pid) {
  const std::filesystem::directory_iterator all("/proc/" + std::to_string(pid) + "/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

/// The words as one line for a shell.
inline std::string shell_line(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += "'" + word + "' ";
  return line;
}

/// `sh -c` of `before`, the program as its last act, and `after`: {"sh", "-c", "ulimit -n 24; exec 'tcp_server' ..."}.
inline std::vector<std::string> in_shell(const std::string& before, const std::vector<std::string>& words,
                                         const std::string& after = "") {
  return {"sh", "-c", before + shell_line(words) + after};
}

/// A reader of somebody's output who takes nothing until `rest` is asked for. The program writes to `path()`.
class SleepyReader {
 public:
  SleepyReader() {
    if (::mkfifo(path().c_str(), 0600) != 0) throw std::runtime_error("mkfifo");
    fifo_ = net::FileDescriptor(::open(path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    room_ = ::fcntl(fifo_.get(), F_SETPIPE_SZ, 4096);
  }
  std::string path() const { return folder_.file("out"); }

  /// The writer waits: there is no room for more.
  bool is_full() const {
    int held = 0;
    ::ioctl(fifo_.get(), FIONREAD, &held);
    return held >= room_;
  }
  /// Everything up to the end, waking up.
  std::string rest() {
    ::fcntl(fifo_.get(), F_SETFL, 0);
    std::string all;
    char room[65536];
    for (ssize_t size; (size = ::read(fifo_.get(), room, sizeof room)) > 0;) all.append(room, std::size_t(size));
    return all;
  }

 private:
  TemporaryFolder folder_;
  net::FileDescriptor fifo_;
  int room_ = 0;
};

}  // namespace echolab::test
