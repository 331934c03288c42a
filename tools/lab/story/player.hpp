// A program that plays its part on a host: started there, its output read line by line, its end noticed. Of our own
// echo programs the log of socket calls is read too.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "net/file_descriptor.hpp"
#include "tools/lab/host/network.hpp"
#include "tools/lab/story/scenario.hpp"
#include "tools/lab/wire/event.hpp"

namespace echolab::lab {

class Player {
 public:
  /// Starts it. `patient`: one of our own programs waits without time-outs, for a student who thinks. Throws
  /// net::CallError where it cannot be started.
  Player(Network& network, const Program& program, bool patient);

  const Program& program() const { return program_; }
  /// Becomes readable when the program says something or has ended; -1 for what is closed.
  std::array<int, 3> descriptors() const;

  /// What it has said since the last reading, and its end, once. Does not wait.
  std::vector<Event> read();

  /// Whether the next program may start: it has written its `ready` text, or, one of our servers, listens.
  bool ready() const { return ready_; }
  bool ended() const { return ended_; }
  /// Whether it does what it is told line by line: by_hand, where a student is there to tell it.
  bool takes_orders() const { return static_cast<bool>(orders_) && !ended_; }
  void order(const std::string& line) const;
  void no_more_orders() { orders_.reset(); }
  /// Sends the signal that ends it, if it still runs.
  void end(int signal) const;

 private:
  struct Pipe {
    net::FileDescriptor end;
    std::string unread;  // the line that has not ended yet
  };
  bool fill(Pipe& pipe);
  void take_lines(Pipe& pipe, bool error, std::vector<Event>& events);
  void take_line(const std::string& line, bool error, std::vector<Event>& events);
  void take_log(const std::string& line, std::vector<Event>& events);

  Program program_;
  std::string name_;
  bool ours_;  // one of the echo programs: it writes its log as JSON
  bool ready_ = false, ended_ = false;
  Pipe out_, error_;
  net::FileDescriptor orders_;  // its standard input
  pid_t pid_ = -1;
  net::FileDescriptor life_;  // pidfd: readable once it has ended
};

}  // namespace echolab::lab
