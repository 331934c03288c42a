// The exchange with the clients of the echo pairs, the same that tcp_client and udp_client are, and a watch in the
// hand: what the application saw.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "net/option.hpp"
#include "tools/compare/transport/plan.hpp"

namespace echolab::compare {

struct Work {
  std::uint64_t messages = 1;
  std::size_t size = 64;
  net::Timeout patience{1000};                       // for connect, and for each answer
  net::Timeout first_timeout{1000};                  // of a client that tries again: then twice as long, each time
  std::function<void(std::uint64_t)> answered = {};  // is called with the number of each message that was answered
};

/// What a client sees where there will be no answer.
enum class FailureKind : std::uint8_t {
  silence,  // nothing at all: its own time-out ended the waiting
  refused,  // ECONNREFUSED: over TCP an RST said so, over UDP an ICMP error
  closed,   // recv = 0: a FIN
  reset,    // ECONNRESET or EPIPE: an RST
  other,    // another error of the kernel, or an answer that is no echo
};
std::string_view to_string(FailureKind kind);  // "silence", "refused", ...

/// The first time that an answer did not come, and how long after it was asked for.
struct Failure {
  FailureKind kind = FailureKind::silence;
  Nanoseconds after{};
};

/// What the application saw.
struct Talk {
  std::uint64_t sent = 0, answered = 0, doubled = 0, out_of_order = 0;  // messages: none counts twice
  std::uint64_t lost() const { return sent - answered; }
  std::optional<Nanoseconds> first_answer = {};  // since connect, over UDP since sendto, was called
  std::vector<Nanoseconds> round_trips = {};     // of the messages that were answered while they were waited for
  Nanoseconds total{};
  std::optional<Failure> failure = {};  // over TCP it ends the talk; over UDP the next message may do better
};

/// Talks to the server. Throws net::Stopped; what else goes wrong with the network is a result.
Talk talk(Client client, const net::Address& server, const Work& work);

}  // namespace echolab::compare
