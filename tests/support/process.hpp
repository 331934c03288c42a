// Runs a program with pipes on its three standard descriptors: waits for what it says, feeds it, ends it.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
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
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("fork");
    if (pid_ == 0) become(arguments, in, out, err);
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

  [[noreturn]] static void become(std::vector<std::string>& arguments, Pipe in, Pipe out, Pipe err) {
    ::dup2(in[0], 0);
    ::dup2(out[1], 1);
    ::dup2(err[1], 2);
    ::close_range(3, ~0U, 0);  // CTest leaves its log open as 3, and the programs say the number of their socket
    ::signal(SIGPIPE, SIG_DFL);
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG", "ECHOLAB_LANG", "FORCE_COLOR", "COLUMNS"})
      ::unsetenv(name);
    std::vector<char*> words;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    ::execvp(words[0], words.data());
    ::_exit(127);
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
