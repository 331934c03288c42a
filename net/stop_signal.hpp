// Ctrl-C and SIGTERM end a program cleanly: they interrupt the call it waits in, and the program leaves by its own
// door.
#pragma once

namespace echolab::net {

/// Thrown out of a waiting call when a stop signal came.
struct Stopped {};

/// From its construction on, the first SIGINT or SIGTERM only sets a flag; a second one ends the program at once.
class StopSignal {
 public:
  StopSignal();
  bool requested() const;
};

/// Whether it was SIGINT: a terminal has written ^C then, and no line break after it.
bool interrupted_from_keyboard();

/// Throws Stopped if a stop signal has come.
void throw_if_stopped();

}  // namespace echolab::net
