// Calls and packets in one true order: both are stamped with the wall clock, and merged by it.
//
// A call is told when it starts and when it returns; before it is told, everything that the sniffer has caught so far
// is. While the program waits in a call, a second thread tells packets that are older than a moment, so that a SYN that
// nobody answers is seen while connect still waits. All of it happens under one lock, in which the calls are also
// stamped: no packet can be told before a call that came first.
#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>

#include "net/address.hpp"
#include "net/call_log.hpp"
#include "net/file_descriptor.hpp"
#include "tools/timeline/fold.hpp"
#include "tools/timeline/options.hpp"
#include "tools/timeline/output.hpp"
#include "tools/timeline/sniffer.hpp"
#include "tools/timeline/story.hpp"

namespace echolab::timeline {

/// --states on, and the sniffer could not be started. `what()` is for the user, in the chosen language.
struct CannotCapture : std::runtime_error {
  CannotCapture(const std::string& what, bool no_right) : std::runtime_error(what), missing_right(no_right) {}
  bool missing_right;
};

/// The result could not be written: nobody reads it any more, or the disk is full.
struct OutputLost : std::system_error {
  explicit OutputLost(int error) : std::system_error(error, std::generic_category(), "write") {}
};

class Timeline final : public net::CallLog {
 public:
  explicit Timeline(const Options& options);
  ~Timeline() override;

  /// For the sockets: whom they tell their calls. nullptr where nobody wants to know, so that it costs nothing.
  net::CallLog* calls() {
    const bool merges =
        options_.states != States::off && options_.role == Role::client;  // a server's packets stand alone
    return options_.calls || merges ? this : nullptr;
  }

  /// From here on this client's own packets are seen, and every privilege of the program is gone, whatever the options.
  /// Call it once, before `fd` is connected or sends. Throws CannotCapture.
  void watch_client(int fd, const net::Address& server);
  /// The same for a server: every conversation of the port that it has bound.
  void watch_server(const net::Address& bound);

  /// The echoed bytes: the client's result.
  void echo(std::span<const std::byte> bytes);
  /// A sentence between the events.
  void note(std::string_view sentence);
  /// What came of it: an object of JSON without its braces and "v", or a sentence (a server's on stdout, a client's in
  /// the log).
  void result(std::string_view json, std::string_view sentence);
  /// The same for something that went wrong or is worth a warning: it is told even where the log is off.
  void problem(std::string_view json, std::string_view sentence);

  /// Ctrl-C came: what is told next begins a line of its own, behind the terminal's ^C.
  void stopped();

  /// Waits (at most a second) until the packets of the close have passed, tells them and the final states.
  void finish();

  /// Throws OutputLost if something could not be written to stdout, std::system_error if to another log.
  void throw_if_output_lost() const;
  /// errno of the first write to stdout that failed; 0: none did.
  int output_error() const { return out_.error(); }

 private:
  void take(net::CallRecord record) override;
  bool wants_kernel_state() const override { return kernel_states_; }

  void watch(const std::string& interface, std::uint16_t port);
  std::optional<Sniffer> open_sniffer(const std::string& interface, std::uint16_t port);
  void refuse_or_fall_back(const capture::SourceError& error);
  void say(std::string_view sentence);

  // All below: with the lock held.
  void tell_packets_until(net::WallTime time);
  void tell(const capture::Observation& seen);
  void tell_folded();
  void print(std::string_view text);
  void learn_local_port();
  bool is_ours(const capture::StreamView& stream) const;
  void remember(const capture::Observation& seen);
  void tell_end();

  void tell_while_waiting(const std::stop_token& stop);

  Options options_;
  Style style_;
  Output log_, out_;
  bool kernel_states_ = false;  // packets are not to be had: show what TCP_INFO says
  int client_fd_ = -1;          // to ask for its port; -1 once it is known
  net::WallTime asked_{};       // when it had none yet: no packet before that is ours
  std::uint16_t local_port_ = 0;
  bool finished_ = false;
  bool mid_line_ = false;  // the echo on the terminal did not end its line

  mutable std::mutex lock_;
  std::optional<Sniffer> sniffer_;
  std::set<std::uint64_t> living_;        // conversations that have not ended
  std::optional<capture::TcpView> last_;  // the client's own conversation, as its last packet left it
  Fold fold_;
  net::FileDescriptor wake_;  // ends the thread's wait
  std::jthread teller_;       // last: it uses all of the above
};

}  // namespace echolab::timeline
