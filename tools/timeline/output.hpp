// Where the story and the result go. A write that fails is never silent.
#pragma once

#include <string_view>

namespace echolab::timeline {

class Output {
 public:
  explicit Output(int fd) : fd_(fd) {}

  /// Writes all of it, now. False: it could not be written; `error()` says why, and nothing more is written.
  bool write(std::string_view text);
  int error() const { return error_; }

 private:
  int fd_;
  int error_ = 0;
};

}  // namespace echolab::timeline
