// Every socket call is told twice: where it starts and where it returns. Who listens decides what becomes of it.
#pragma once

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "net/address.hpp"
#include "net/socket_error.hpp"
#include "net/text.hpp"

namespace echolab::net {

/// Nanoseconds since 1970 on the wall clock: packets are stamped with it too, so the two can be merged.
using WallTime = std::chrono::sys_time<std::chrono::nanoseconds>;
WallTime wall_clock();

/// What a program asks of the kernel. Cheap to make: nothing is formatted unless somebody listens.
struct Call {
  std::string_view name;                               // "connect"
  int fd = -1;                                         // -1: none yet
  const Address* address = nullptr;                    // whom it is about
  std::string_view detail = {};                        // other arguments, as text: "SHUT_WR"
  std::span<const std::byte> data = {};                // the bytes that it hands over
  bool carries_data = false;                           // send and receive: true even where there are 0 bytes
  Text starts = {}, returns = {};                      // half a sentence each: what it does, what its return means
  std::string_view (*kernel_state)(int fd) = nullptr;  // asks the kernel for the state afterwards
};

/// What came of it.
struct Outcome {
  std::int64_t result = 0;
  int error = 0;                         // errno, 0 if it went well
  const Address* address = nullptr;      // accept, recvfrom: from whom
  std::span<const std::byte> data = {};  // recv, recvfrom: the bytes that came
  Text explanation = {};                 // instead of the call's own `returns`
  const IcmpError* icmp = nullptr;       // where the error is one of the network's: who says so
};

/// One line of the story.
struct CallRecord {
  enum class Phase : std::uint8_t { start, returned };
  Phase phase = Phase::start;
  WallTime time{};             // set by the log as it takes the record: the log's order is the order of the times
  std::string_view role = {};  // "client", "server"
  std::string_view call = {};  // "connect"
  int fd = -1;
  std::string arguments = {};  // "3, 127.0.0.1:9000"
  std::string result = {};     // "0", "5, from 127.0.0.1:40002", "ECONNREFUSED"; empty at the start
  int error = 0;
  bool carries_data = false;
  std::span<const std::byte> data = {};  // valid while the record is taken
  Text explanation = {};
  const IcmpError* icmp = nullptr;     // valid while the record is taken
  std::string_view kernel_state = {};  // "ESTABLISHED", as TCP_INFO says; empty where nobody asked
};

/// "connect(3, 127.0.0.1:9000)" where it starts, "connect = 0" where it returns. `data` is the text of the record's
/// bytes.
std::string line(const CallRecord& record, std::string_view data);

class CallLog {
 public:
  explicit CallLog(std::string_view role) : role_(role) {}
  virtual ~CallLog() = default;
  CallLog(const CallLog&) = delete;
  CallLog& operator=(const CallLog&) = delete;

  void started(const Call& call);
  void returned(const Call& call, const Outcome& outcome);

 protected:
  /// Stamps the record and keeps or prints it.
  virtual void take(CallRecord record) = 0;
  /// Whether it is to be asked for after each call: that is another system call.
  virtual bool wants_kernel_state() const { return true; }

 private:
  std::string_view role_;
};

/// Makes the call, and tells the log before and after. `log` may be nullptr: then it costs nothing.
/// `outcome` turns the result into what is told of it. errno is kept.
template <typename Make, typename Tell>
auto logged(CallLog* log, const Call& call, Make make, Tell outcome) {
  if (log == nullptr) return make();
  log->started(call);
  const auto result = make();
  const int error = errno;
  Outcome told = outcome(result);
  told.result = result;
  told.error = result < 0 ? error : 0;
  log->returned(call, told);
  errno = error;
  return result;
}

template <typename Make>
auto logged(CallLog* log, const Call& call, Make make) {
  return logged(log, call, make, [](auto) { return Outcome{}; });
}

}  // namespace echolab::net
