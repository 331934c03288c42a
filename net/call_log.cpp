#include "net/call_log.hpp"

#include <fmt/format.h>

#include "net/system_call.hpp"

namespace echolab::net {
namespace {

std::string arguments(const Call& call) {
  std::string text;
  const auto add = [&text](const std::string& argument) { text += (text.empty() ? "" : ", ") + argument; };
  if (call.fd >= 0) add(std::to_string(call.fd));
  if (call.address != nullptr) add(to_string(*call.address));
  if (!call.detail.empty()) add(std::string(call.detail));
  return text;
}

std::string result(const Outcome& outcome) {
  if (outcome.error != 0) return error_name(outcome.error);
  if (outcome.address == nullptr) return std::to_string(outcome.result);
  return fmt::format("{} from {}", outcome.result, to_string(*outcome.address));
}

}  // namespace

WallTime wall_clock() {
  return std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
}

std::string line(const CallRecord& record, std::string_view data) {
  if (record.phase == CallRecord::Phase::returned)
    return fmt::format("{} = {}{}{}", record.call, record.result, data.empty() ? "" : " ", data);
  return fmt::format("{}({}{}{})", record.call, record.arguments, data.empty() ? "" : ", ", data);
}

void CallLog::started(const Call& call) {
  CallRecord record{.phase = CallRecord::Phase::start, .role = role_, .call = call.name, .fd = call.fd};
  record.arguments = arguments(call);
  record.carries_data = call.carries_data;
  record.data = call.data;
  record.explanation = call.starts;
  take(std::move(record));
}

void CallLog::returned(const Call& call, const Outcome& outcome) {
  CallRecord record{.phase = CallRecord::Phase::returned, .role = role_, .call = call.name, .fd = call.fd};
  record.arguments = arguments(call);
  record.result = result(outcome);
  record.error = outcome.error;
  record.carries_data = call.carries_data;
  record.data = outcome.data;
  record.icmp = outcome.icmp;
  if (outcome.error == 0) record.explanation = outcome.explanation.empty() ? call.returns : outcome.explanation;
  if (call.kernel_state != nullptr && wants_kernel_state()) record.kernel_state = call.kernel_state(call.fd);
  take(std::move(record));
}

}  // namespace echolab::net
