#include "net/system_call.hpp"

#include <cstring>
#include <utility>

namespace echolab::net {
namespace {

std::string sentence(const std::string& call, const std::string& subject) {
  return subject.empty() ? call : call + " " + subject;
}

}  // namespace

CallError::CallError(std::string call, std::string subject, int error)
    : std::system_error(error, std::generic_category(), sentence(call, subject)),
      call_(std::move(call)),
      subject_(std::move(subject)) {}

std::string error_name(int error) {
  const char* name = ::strerrorname_np(error);
  return name != nullptr ? name : "error " + std::to_string(error);
}

}  // namespace echolab::net
