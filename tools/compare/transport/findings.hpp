// What the trials have given, before anybody says what it means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/compare/transport/packet_counter.hpp"
#include "tools/compare/transport/plan.hpp"
#include "tools/compare/transport/socket_diag.hpp"
#include "tools/compare/transport/talk.hpp"

namespace echolab::compare {

/// One run of the exchange.
struct Exchange {
  Talk talk;
  std::optional<Counts> packets;  // nullopt: they could not be seen
};

/// One request was dropped by the wire, and then nothing more.
struct LostOne {
  std::optional<Nanoseconds> noticed_by_kernel = {};  // it sent again so long after the loss
  std::optional<Nanoseconds> noticed_by_client = {};  // its own time-out ended the waiting so long after it asked
};

/// The wire was cut while they talked, and plugged in again.
struct Cut {
  Nanoseconds duration{};
  std::uint64_t sent = 0, answered = 0;
  Nanoseconds silence{};  // the longest that a message took from asking to its answer, or to being given up
};

/// What one client gave; nullopt: it could not be measured here.
struct Side {
  std::vector<Exchange> runs;
  std::optional<double> rate_one, rate_many;   // answers a second
  std::optional<double> bulk_rate;             // bytes a second, back at the client
  std::optional<double> bulk_share;            // of what was sent in bulk, that came back
  std::optional<KernelState> kernel;           // with `many_clients` there
  std::optional<std::size_t> kept_by_program;  // bytes for each client
  std::optional<Nanoseconds> work;             // processor time of the server for one request
  std::optional<LostOne> lost_one;
  std::optional<Failure> closed_port, dead_server;
  std::optional<Cut> cut;
};

inline constexpr std::size_t many_clients = 64;

struct Findings {
  Plan plan;
  Each<Side> sides = {};
  std::string blind = {};  // why packets could not be seen; empty: they were
};

}  // namespace echolab::compare
