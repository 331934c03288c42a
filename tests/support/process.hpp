// Runs a program with pipes on its three standard descriptors: waits for what it says, feeds it, ends it.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace echolab::test {

struct Ended {
  int status = -1;  // exit status; -SIGNAL where a signal killed it
  std::string out, err;
};

class Process {
 public:
  /// Starts `arguments[0]`. Its stdin gets `input` and ends, or stays open for `say` where there is none.
  explicit Process(std::vector<std::string> arguments, std::optional<std::string> input = std::string()) {
    const auto in = pipe(), out = pipe(), err = pipe();
    spawn(arguments, {in[0], out[1], err[1]});
    ::close(in[0]);
    ::close(out[1]);
    ::close(err[1]);
    in_ = in[1];
    readers_[0] = std::jthread([this, fd = out[0]] { collect(fd, out_); });
    readers_[1] = std::jthread([this, fd = err[0]] { collect(fd, err_); });
    if (input)
      writer_ = std::jthread([this, text = std::move(*input)] {
        say(text);
        end_input();
      });
  }
  ~Process() {
    if (pid_ > 0) end(SIGKILL);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }

  /// Blocks until `text` stands in what it has written to stdout or stderr; returns everything of that stream so far.
  std::string wait_for(const std::string& text, std::chrono::seconds longest = std::chrono::seconds(20)) {
    std::unique_lock held(lock_);
    const std::string* found = nullptr;
    const auto look = [&] {
      for (const std::string* stream : {&out_, &err_})
        if (stream->find(text) != std::string::npos) found = stream;
      return found != nullptr || ended_streams_ == 2;
    };
    if (!said_.wait_for(held, longest, look) || found == nullptr)
      throw std::runtime_error("never said \"" + text + "\"; stdout: " + out_ + " stderr: " + err_);
    return *found;
  }

  void say(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
      const auto written = ::write(in_, text.data() + at, text.size() - at);
      if (written <= 0) return;  // it has ended
      at += static_cast<std::size_t>(written);
    }
  }
  void end_input() {
    if (in_ >= 0) ::close(in_);
    in_ = -1;
  }
  void send_signal(int signal) const { ::kill(pid_, signal); }

  /// Waits for its end; a program that does not end by itself is killed, and fails the test.
  Ended wait(std::chrono::seconds longest = std::chrono::seconds(60)) {
    const auto deadline = std::chrono::steady_clock::now() + longest;
    int status = 0;
    while (::waitpid(pid_, &status, WNOHANG) == 0) {
      if (std::chrono::steady_clock::now() > deadline) {
        const Ended killed = end(SIGKILL);
        throw std::runtime_error("does not end; stdout: " + killed.out + " stderr: " + killed.err);
      }
      ::poll(nullptr, 0, 2);
    }
    return gather(status);
  }
  Ended end(int signal) {
    send_signal(signal);
    if (signal != SIGKILL) return wait();
    int status = 0;
    ::waitpid(pid_, &status, 0);
    return gather(status);
  }

 private:
  using Pipe = std::array<int, 2>;
  static Pipe pipe() {
    ::signal(SIGPIPE, SIG_IGN);
    Pipe ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) < 0) throw std::runtime_error("pipe");
    return ends;
  }

  // Not `fork`: a child that allocates hangs where one of our readers was allocating, under ASan at least.
  void spawn(std::vector<std::string>& arguments, std::array<int, 3> descriptors) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (int place = 0; place < 3; ++place)
      posix_spawn_file_actions_adddup2(&actions, descriptors[static_cast<std::size_t>(place)], place);
    // CTest leaves its log open as 3, and the programs say the number of their socket.
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);

    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t as_usual;
    sigemptyset(&as_usual);
    sigaddset(&as_usual, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &as_usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);

    std::vector<char*> words;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    const int error = ::posix_spawnp(&pid_, words[0], &actions, &attributes, words.data(), plain_environment().data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error(arguments[0] + ": " + std::strerror(error));
  }

  /// Ours, without what changes how a program talks.
  static std::vector<char*> plain_environment() {
    constexpr std::string_view left_out[] = {
        "LC_ALL=", "LC_MESSAGES=", "LANG=", "ECHOLAB_LANG=", "FORCE_COLOR=", "COLUMNS="};
    std::vector<char*> variables;
    for (char** variable = environ; *variable != nullptr; ++variable)
      if (std::ranges::none_of(left_out, [&](auto name) { return std::string_view(*variable).starts_with(name); }))
        variables.push_back(*variable);
    variables.push_back(nullptr);
    return variables;
  }

  void collect(int fd, std::string& into) {
    std::array<char, 65536> room{};
    for (;;) {
      const auto size = ::read(fd, room.data(), room.size());
      if (size < 0 && errno == EINTR) continue;
      const std::lock_guard held(lock_);
      if (size > 0) into.append(room.data(), static_cast<std::size_t>(size));
      if (size <= 0) ++ended_streams_;
      said_.notify_all();
      if (size <= 0) break;
    }
    ::close(fd);
  }

  Ended gather(int status) {
    pid_ = -1;
    if (writer_.joinable()) writer_.join();
    end_input();
    for (std::jthread& reader : readers_) reader.join();
    return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), .out = out_, .err = err_};
  }

  pid_t pid_ = -1;
  int in_ = -1;
  std::mutex lock_;
  std::condition_variable said_;
  std::string out_, err_;
  int ended_streams_ = 0;
  std::array<std::jthread, 2> readers_;
  std::jthread writer_;
};

}  // namespace echolab::test
