// What the four echo programs share: their options, and how they start, fail and end. What is left to each is its
// protocol.
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

#include "net/messages.hpp"
#include "net/option.hpp"
#include "net/stop_signal.hpp"
#include "tools/cli/installed.hpp"
#include "tools/cli/run.hpp"
#include "tools/timeline/timeline.hpp"

namespace echolab::echo {

struct Options {
  cli::Common common;
  timeline::Options timeline;
  std::string started;  // the program as a command to copy: "build/bin/tcp_client"

  std::string host = "127.0.0.1";  // client: where the server is. Server: the address to bind
  std::uint16_t port = 9000;       // server: 0 lets the kernel choose

  net::MessageOptions messages;  // client
  net::Timeout timeout{5000};    // client: for connect, and for each answer; 0: as long as it takes
  std::uint32_t retries = 0;     // UDP client: how often a message is sent again
  static constexpr net::Timeout timeout_of_retries{1000};  // unless given (RFC 6298, 2.1)

  bool once = false;                               // server: end after one client (TCP), one answer (UDP)
  std::size_t max_clients = 1024;                  // TCP server
  std::chrono::milliseconds idle_timeout{60'000};  // TCP server; 0: none
  // UDP server: answers a second, all clients together; 0: no limit. Unless given: fewer than a round between two
  // servers of one machine takes, and many fewer where the line and the other server are somebody else's.
  std::optional<std::uint32_t> rate = {};
  static constexpr std::uint32_t rate_on_loopback = 10'000, rate_elsewhere = 1'000;

  Language language() const { return common.lang; }
  /// A sentence in the chosen language, with its blanks filled in.
  template <typename... Values>
  std::string words(const Text& text, const Values&... values) const {
    return fmt::format(fmt::runtime(text.in(language())), values...);
  }
};

/// The program cannot go on; `what()` is for the user, in the chosen language.
struct Failed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What one of the programs is: its name, its protocol and role, its words.
struct Program {
  std::string name;
  timeline::Role role;
  timeline::Protocol protocol;
  Text description, footer;
};

/// The program's own part: talk to the server, or serve.
using Body = std::function<cli::Exit(const Options&, timeline::Timeline&)>;

/// Reads the options, runs `body`, and says in one line what went wrong. Returns main's exit status.
int run(const Program& program, int argc, const char* const* argv, const Body& body);

/// The same for a class that talks, and tells what came of it even where talking failed.
template <typename Talker>
int run(const Program& program, int argc, const char* const* argv) {
  return run(program, argc, argv, [](const Options& options, timeline::Timeline& timeline) {
    Talker talker(options, timeline);
    try {
      talker.talk();
    } catch (const net::Stopped&) {
      timeline.stopped();
      talker.hang_up();
      talker.tell_receipt();
      throw;
    } catch (...) {
      talker.hang_up();
      talker.tell_receipt();
      throw;
    }
    return talker.tell_receipt();
  });
}

}  // namespace echolab::echo
