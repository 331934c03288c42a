// What a TCP server has to keep for each client as long as it is here. udp/ has no such file: that is the point.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <span>
#include <vector>

#include "net/address.hpp"
#include "tcp/socket.hpp"

namespace echolab::tcp {

using Clock = std::chrono::steady_clock;

struct Session {
  Socket socket;
  net::Address peer;
  Clock::time_point opened, last_active;
  std::vector<std::byte> unsent =
      {};                       // echo that the client has not taken yet; while there is some, nothing more is read
  std::size_t unsent_from = 0;  // what of it has been sent
  bool leaving = false;         // close it when nothing is unsent any more
  std::uint64_t bytes_in = 0, bytes_out = 0;
  std::size_t most_unsent = 0;
  std::list<Session>::iterator self = {};

  void keep(std::span<const std::byte> rest) {
    unsent.assign(rest.begin(), rest.end());
    unsent_from = 0;
    most_unsent = std::max(most_unsent, rest.size());
  }
  std::span<const std::byte> rest() const { return std::span(unsent).subspan(unsent_from); }
};

/// What is told of a client that has gone.
struct Trace {
  net::Address peer;
  int fd;
  std::uint64_t bytes_in, bytes_out;
  std::size_t most_unsent;
  bool still_here;
};

/// The clients, the one that has been silent longest first.
class Sessions {
 public:
  Session& open(Socket socket, const net::Address& peer, Clock::time_point now);
  /// Closes the session. It stays in memory until `forget_closed`: events of this round may still name it.
  void close(Session& session);
  void forget_closed() { closed_.clear(); }
  void touch(Session& session, Clock::time_point now);

  std::size_t size() const { return open_.size(); }
  bool empty() const { return open_.empty(); }
  Session& longest_silent() { return open_.front(); }
  const Session& longest_silent() const { return open_.front(); }
  /// The one that has been silent longest of those that were here by `time` already; nullptr: none was.
  Session* longest_silent_since(Clock::time_point time);
  std::list<Session>& all() { return open_; }

  std::uint64_t count() const { return count_; }
  std::uint64_t bytes_in() const;
  std::uint64_t bytes_out() const;
  /// The last few clients, gone or still here.
  std::vector<Trace> traces() const;

  static constexpr std::size_t most_traces = 20;

 private:
  std::list<Session> open_, closed_;
  std::deque<Trace> gone_;
  std::uint64_t count_ = 0, bytes_in_ = 0, bytes_out_ = 0;
};

/// Bytes of a TCP socket in the kernel without its queues, from /proc/net/protocols; 0 where that cannot be read.
std::size_t kernel_socket_bytes(int family);

}  // namespace echolab::tcp
