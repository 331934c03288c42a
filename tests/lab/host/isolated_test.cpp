// The processes of the lab: who ends with whom, who hears which signal, who has the terminal.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <utility>

#include "tests/lab/host/isolation.hpp"

namespace echolab::lab {
namespace {

/// A process that calls `isolated`, with a terminal of its own or none, to be ended from here. Everything in it has
/// `say_` open for writing: when what was said has been read to its end, none of it is left.
class Outer {
 public:
  using Body = std::function<int(Outer&)>;
  explicit Outer(const Body& body, bool on_terminal = false) {
    int pipe[2];
    EXPECT_EQ(::pipe2(pipe, O_CLOEXEC), 0);
    pid_ = on_terminal ? ::forkpty(&terminal_, nullptr, nullptr, nullptr) : ::fork();
    hear_ = net::FileDescriptor(pipe[0]);
    say_ = net::FileDescriptor(pipe[1]);
    if (pid_ != 0) {
      say_.reset();
      possible_ = hear() == 'y';
      return;
    }
    hear_.reset();
    try {
      const int status = isolated([&] {
        say('y');
        return body(*this);
      });
      ::_exit(status);
    } catch (const Unavailable&) {
      say('n');
      ::_exit(3);
    }
  }
  ~Outer() {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
    if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
    if (terminal_ >= 0) ::close(terminal_);
  }
  Outer(const Outer&) = delete;
  Outer& operator=(const Outer&) = delete;

  // Outside.
  bool possible() const { return possible_; }
  pid_t pid() const { return pid_; }
  /// The next thing said; 0 where all have ended.
  char hear() const {
    char said = 0;
    return ::read(hear_.get(), &said, 1) == 1 ? said : '\0';
  }
  int status() {
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }
  /// The first process inside, by its number out here.
  pid_t first() const {
    pid_t child = 0;
    const auto number = std::to_string(pid_);
    std::ifstream("/proc/" + number + "/task/" + number + "/children") >> child;
    return child;
  }
  void type(const std::string& keys) const {
    EXPECT_EQ(::write(terminal_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
  }
  /// What comes to the terminal up to `text`, or to its end.
  std::string read_until(const std::string& text) {
    char room[1024];
    for (ssize_t size; screen_.find(text) == std::string::npos && (size = ::read(terminal_, room, sizeof room)) > 0;)
      screen_.append(room, static_cast<std::size_t>(size));
    const std::size_t found = screen_.find(text);
    const std::size_t end = found == std::string::npos ? screen_.size() : found + text.size();
    const std::string before = screen_.substr(0, end);
    screen_.erase(0, end);
    return before;
  }

  // Inside.
  void say(char what) const { EXPECT_EQ(::write(say_.get(), &what, 1), 1); }

 private:
  pid_t pid_ = -1;
  int terminal_ = -1;
  bool possible_ = false;
  std::string screen_;
  net::FileDescriptor hear_, say_;
};

#define SKIP_WHERE_IMPOSSIBLE(outer) \
  if (!(outer).possible()) GTEST_SKIP() << "no namespace for a lab here"

/// A child, and a child of the child, that would run for ever.
void start_family() {
  if (::fork() != 0) return;
  ::setsid();
  ::fork();
  for (;;) ::pause();
}

TEST(Isolated, HandsTheExitStatusThrough) {
  Outer outer([](Outer&) { return 42; });
  SKIP_WHERE_IMPOSSIBLE(outer);
  EXPECT_EQ(outer.status(), 42);
}

TEST(Isolated, ASignalThatEndsTheBodyIs128PlusItsNumber) {
  Outer outer([](Outer&) { return ::raise(SIGKILL); });
  SKIP_WHERE_IMPOSSIBLE(outer);
  EXPECT_EQ(outer.status(), 128 + SIGKILL);
}

TEST(Isolated, TheBodyIsRootThereAndSeesNoProcessFromOutside) {
  INSIDE({
    EXPECT_EQ(::geteuid(), 0U);
    EXPECT_EQ(::getppid(), 1);
  });
}

TEST(Isolated, AStopSignalIsPassedOn) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    Outer outer([](Outer& inside) {
      inside.say('r');
      return ::pause();
    });
    SKIP_WHERE_IMPOSSIBLE(outer);
    EXPECT_EQ(outer.hear(), 'r');
    ::kill(outer.pid(), signal);
    EXPECT_EQ(outer.status(), 128 + signal);
  }
}

TEST(Isolated, NothingOutlivesTheBody) {
  Outer outer([](Outer&) {
    start_family();
    return 0;
  });
  SKIP_WHERE_IMPOSSIBLE(outer);
  EXPECT_EQ(outer.status(), 0);
  EXPECT_EQ(outer.hear(), '\0');
}

TEST(Isolated, AKilledOuterProcessTakesEverythingInsideWithIt) {
  Outer outer([](Outer& inside) {
    start_family();
    inside.say('r');
    return ::pause();
  });
  SKIP_WHERE_IMPOSSIBLE(outer);
  EXPECT_EQ(outer.hear(), 'r');
  ::kill(outer.pid(), SIGKILL);
  EXPECT_EQ(outer.hear(), '\0');  // or it waits for ever
}

TEST(Isolated, AKilledInnerProcessTakesEverythingInsideWithIt) {
  Outer outer([](Outer& inside) {
    start_family();
    inside.say('r');
    return ::pause();
  });
  SKIP_WHERE_IMPOSSIBLE(outer);
  EXPECT_EQ(outer.hear(), 'r');
  const pid_t first = outer.first();
  if (first <= 0) GTEST_SKIP() << "the kernel does not list a process's children, which finds one in another namespace";
  ::kill(first, SIGKILL);
  EXPECT_EQ(outer.status(), 128 + SIGKILL);
  EXPECT_EQ(outer.hear(), '\0');
}

TEST(Isolated, OrphansAreReaped) {
  INSIDE({
    int pipe[2];
    ASSERT_EQ(::pipe2(pipe, O_CLOEXEC), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      const pid_t orphan = ::fork();
      if (orphan == 0) ::_exit(0);
      ::_exit(::write(pipe[1], &orphan, sizeof orphan) < 0);
    }
    ::waitpid(child, nullptr, 0);
    pid_t orphan = 0;
    ASSERT_EQ(::read(pipe[0], &orphan, sizeof orphan), static_cast<ssize_t>(sizeof orphan));
    while (::kill(orphan, 0) == 0) ::poll(nullptr, 0, 1);  // a process that nobody has waited for still has its number
  });
}

// SIGTERM comes after whatever Ctrl-C has set in motion: then all SIGINTs are there.
volatile std::sig_atomic_t interrupts = 0, terminated = 0;

TEST(Isolated, CtrlCReachesTheBodyOnce) {
  Outer outer(
      [](Outer& inside) {
        ::signal(SIGINT, [](int) { interrupts = interrupts + 1; });
        ::signal(SIGTERM, [](int) { terminated = 1; });
        inside.say('r');
        while (interrupts == 0) ::poll(nullptr, 0, 1);
        inside.say('i');
        while (terminated == 0) ::poll(nullptr, 0, 1);
        return static_cast<int>(interrupts);
      },
      true);
  SKIP_WHERE_IMPOSSIBLE(outer);
  EXPECT_EQ(outer.hear(), 'r');
  outer.type("\x03");
  EXPECT_EQ(outer.hear(), 'i');
  ::kill(outer.pid(), SIGTERM);
  EXPECT_EQ(outer.status(), 1);
}

TEST(Isolated, AShellInsideHasTheTerminalAndJobControl) {
  Outer outer(
      [](Outer&) {
        Network network;
        const pid_t shell = network.start(Host::client, {.words = {"bash", "--norc", "--noprofile", "-i"},
                                                         .stdin_fd = 0,
                                                         .stdout_fd = 1,
                                                         .stderr_fd = 2,
                                                         .environment = {"PS1=at-the-prompt "},
                                                         .terminal = true});
        int status = 0;
        ::waitpid(shell, &status, 0);
        return WEXITSTATUS(status);
      },
      true);
  SKIP_WHERE_IMPOSSIBLE(outer);
  EXPECT_EQ(outer.read_until("prompt ").find("job control"), std::string::npos);
  outer.type("sh -c 'echo a-job-''runs; exec sed -u s/^/heard:/'\n");
  outer.read_until("a-job-runs");
  outer.type("\x1a");  // Ctrl-Z stops the job, not the shell
  outer.read_until("Stopped");
  outer.type("fg\nmore\n");
  outer.read_until("heard:more");
  outer.type("\x03");  // Ctrl-C ends the job, not the shell, and not us
  outer.read_until("prompt ");
  outer.type("exit 7\n");
  EXPECT_EQ(outer.status(), 7);
}

}  // namespace
}  // namespace echolab::lab
