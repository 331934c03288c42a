// One place turns errno into an exception that names the call: `system_call("bind", ::bind(...))` reads as one
// sentence.
#pragma once

#include <cerrno>
#include <string>
#include <system_error>

#include "net/stop_signal.hpp"

namespace echolab::net {

/// A system call that failed: which one, on what ("127.0.0.1:9000", may be empty), and errno as `code()`.
class CallError : public std::system_error {
 public:
  CallError(std::string call, std::string subject, int error);
  const std::string& call() const { return call_; }
  const std::string& subject() const { return subject_; }
  /// The peer has closed or reset the connection: ECONNRESET, EPIPE.
  bool connection_lost() const { return code().value() == ECONNRESET || code().value() == EPIPE; }

 private:
  std::string call_, subject_;
};

/// Hands a good result through. A negative one throws CallError with errno.
template <typename Result>
Result system_call(const char* call, Result result, const std::string& subject = {}) {
  if (result < 0) throw CallError(call, subject, errno);
  return result;
}

/// Calls again after EINTR: a signal is no error. After a stop signal it throws Stopped instead, so that
/// a program that waits in a call can be ended. Only for calls that have done nothing when they fail with EINTR.
template <typename Call>
auto uninterrupted(Call call) {
  for (;;) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
    throw_if_stopped();
  }
}

/// "ECONNREFUSED": the name of an error number, as the manual pages and strace have it.
std::string error_name(int error);

}  // namespace echolab::net
