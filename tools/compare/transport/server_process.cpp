#include "tools/compare/transport/server_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "net/deadline.hpp"
#include "net/system_call.hpp"

namespace echolab::compare {
namespace {

using nlohmann::json;

constexpr net::Timeout longest_wait{10'000};  // for a line

std::vector<std::string> words_for(Protocol protocol, const std::string& address) {
  const std::string name = protocol == Protocol::tcp ? "tcp_server" : "udp_server";
  const auto beside_us = std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
  std::vector<std::string> words{beside_us.string(), "--bind", address,    "--port", "0", "--log", "off",
                                 "--states",         "off",    "--format", "json"};
  // What is measured is the server, not its limits; it lives for one trial, at a port that nobody knows.
  if (protocol == Protocol::tcp) words.insert(words.end(), {"--idle-timeout", "0"});
  if (protocol == Protocol::udp) words.insert(words.end(), {"--rate", "500000"});
  return words;
}

/// "10.0.0.2:9000", "[::1]:9000"
net::Address address_in(const std::string& text) {
  const auto colon = text.rfind(':');
  std::string host = text.substr(0, colon);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  return net::resolve(host, static_cast<std::uint16_t>(std::stoi(text.substr(colon + 1))));
}

}  // namespace

ServerProcess::ServerProcess(Protocol protocol, const std::string& address, const Start& start) {
  int ends[2];
  net::system_call("pipe2", ::pipe2(ends, O_CLOEXEC));
  out_ = net::FileDescriptor(ends[0]);
  net::FileDescriptor written(ends[1]);
  const auto words = words_for(protocol, address);
  pid_ = start(words, written.get());
  written.reset();  // or its end would not be seen
  const json line = json::parse(read_line(), nullptr, false);
  if (!line.is_object() || line.value("kind", "") != "listening") {
    kill();
    throw std::runtime_error(words.front() + " does not listen on " + address);
  }
  address_ = address_in(line.value("address", ""));
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) kill();
}

Nanoseconds ServerProcess::worked() const {
  clockid_t clock = 0;
  timespec time{};
  if (pid_ <= 0 || ::clock_getcpuclockid(pid_, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return {};
  return std::chrono::seconds(time.tv_sec) + Nanoseconds(time.tv_nsec);
}

void ServerProcess::kill() {
  ::kill(pid_, SIGKILL);
  reap();
}

std::size_t ServerProcess::end() {
  if (pid_ <= 0) return 0;
  ::kill(pid_, SIGTERM);
  std::size_t kept = 0;
  for (std::string line; !(line = read_line()).empty();) {
    const json entry = json::parse(line, nullptr, false);
    if (entry.is_object() && entry.contains("kept_per_client")) kept = entry["kept_per_client"].value("bytes", 0UL);
  }
  reap();
  return kept;
}

/// The next line that it writes; empty: it has ended, or says nothing.
std::string ServerProcess::read_line() {
  const net::Deadline deadline(longest_wait);
  for (;;) {
    if (const auto end = unread_.find('\n'); end != std::string::npos) {
      const std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      return line;
    }
    pollfd waiting{.fd = out_.get(), .events = POLLIN, .revents = 0};
    if (net::uninterrupted([&] { return ::poll(&waiting, 1, deadline.for_poll()); }) <= 0) return {};
    std::array<char, 4096> room;
    const auto size = ::read(out_.get(), room.data(), room.size());
    if (size <= 0) return {};
    unread_.append(room.data(), static_cast<std::size_t>(size));
  }
}

void ServerProcess::reap() {
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
  pid_ = -1;
}

pid_t start_here(const std::vector<std::string>& words, int stdout_fd) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t child = net::system_call("fork", ::fork());
  if (child != 0) return child;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nothing = ::open("/dev/null", O_RDWR);
  if (::getppid() != parent || ::dup2(nothing, 0) < 0 || ::dup2(stdout_fd, 1) < 0 || ::dup2(nothing, 2) < 0)
    ::_exit(127);
  ::setpgid(0, 0);  // Ctrl-C is for us
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

}  // namespace echolab::compare
