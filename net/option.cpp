#include "net/option.hpp"

#include <sys/socket.h>
#include <sys/time.h>

#include "net/system_call.hpp"

namespace echolab::net {

int set_option(int fd, int level, int name, int value) { return ::setsockopt(fd, level, name, &value, sizeof value); }

void set_timeout(int fd, int name, Timeout timeout) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(timeout);
  const timeval value{.tv_sec = seconds.count(), .tv_usec = std::chrono::microseconds(timeout - seconds).count()};
  system_call("setsockopt", ::setsockopt(fd, SOL_SOCKET, name, &value, sizeof value), "time-out");
}

}  // namespace echolab::net
