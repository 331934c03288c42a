// setsockopt and time-outs, without the pointers.
#pragma once

#include <chrono>

namespace echolab::net {

/// How long a call may wait; zero: as long as it takes.
using Timeout = std::chrono::milliseconds;

/// setsockopt with an int value. Returns what setsockopt returns, so that it can be logged.
int set_option(int fd, int level, int name, int value);

/// SO_RCVTIMEO or SO_SNDTIMEO: a blocking call gives up after `timeout`.
void set_timeout(int fd, int name, Timeout timeout);

}  // namespace echolab::net
