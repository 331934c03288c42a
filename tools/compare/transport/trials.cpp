#include "tools/compare/transport/trials.hpp"

#include <sys/socket.h>

#include <algorithm>

#include "net/system_call.hpp"
#include "tools/load/bulk.hpp"
#include "tools/load/many_clients.hpp"

namespace echolab::compare {
namespace {

using std::chrono::milliseconds;

milliseconds in_milliseconds(Nanoseconds time) { return std::chrono::ceil<milliseconds>(time); }

/// How long an answer may take before a datagram is given up or sent again: far longer than the wire needs.
milliseconds datagram_patience(const Line& line) { return in_milliseconds(2 * line.round_trip()) + milliseconds(250); }
/// And how long a client may take that tries again: TCP does after 200 ms, and again after twice as long each time.
constexpr milliseconds retry_patience{120'000};
/// For what answers with an error, or not at all.
constexpr milliseconds patience_with_errors{2000};

/// How long an answer may take in all.
milliseconds patience(Client client, const Line& line) {
  return client == Client::udp ? datagram_patience(line) : retry_patience;
}
/// A server that is not ours may be silent for reasons of its own.
milliseconds patience(const Testbed& testbed, Client client, const Line& line) {
  constexpr milliseconds with_foreign_servers{5'000};
  return std::min(patience(client, line), testbed.owns_servers() ? retry_patience : with_foreign_servers);
}

/// The wire of the plan without its chance: for the trials that make one fault and no other.
Line without_loss(const Line& line) { return {.delay = line.delay}; }

Talk talked(Testbed& testbed, const Trial& trial, Work work, std::optional<Counts>* counts = nullptr) {
  work.first_timeout = datagram_patience(trial.line);
  Talk seen;
  const auto outcome =
      testbed.run(trial, [&](ServerUnderTest& server) { seen = talk(trial.client, server.address(), work); });
  if (counts) *counts = outcome.packets;
  return seen;
}

/// As long as Linux waits before it acknowledges the last answer: until then the server's kernel keeps it.
constexpr milliseconds longest_delayed_ack{200};

int socket_type(Client client) { return client == Client::tcp ? SOCK_STREAM : SOCK_DGRAM; }

/// Answers a second with so many clients; and, once, what is kept for them and what one request costs the server.
void many(Testbed& testbed, const Plan& plan, Client client, std::size_t count, Side& side) {
  const auto duration = std::clamp(in_milliseconds(10 * plan.line.round_trip()), milliseconds(400), milliseconds(1000));
  const Trial trial{.client = client, .line = plan.line};
  load::ManyClientsResult result;
  std::optional<KernelState> kernel;
  std::optional<Nanoseconds> worked;
  const auto outcome = testbed.run(trial, [&](ServerUnderTest& server) {
    const auto before = server.worked();
    result = load::run({.clients = count,
                        .size = plan.size,
                        .duration = duration,
                        .patience = datagram_patience(plan.line),
                        .pause = longest_delayed_ack + in_milliseconds(plan.line.delay),
                        .again = client == Client::udp_retry,
                        .still_here = [&] { kernel = server.kernel(); }},
                       socket_type(client), server.address());
    if (before) worked = *server.worked() - *before;
  });
  const double rate = static_cast<double>(result.answers) / std::chrono::duration<double>(result.time).count();
  if (count == 1) {
    side.rate_one = rate;
    return;
  }
  side.rate_many = rate;
  side.kernel = kernel;
  side.kept_by_program = outcome.kept_by_program;
  if (worked && result.answers > 0) side.work = *worked / static_cast<std::int64_t>(result.answers);
}

void bulk(Testbed& testbed, const Plan& plan, Client client, Side& side) {
  load::BulkResult result;
  testbed.run({.client = client, .line = plan.line}, [&](ServerUnderTest& server) {
    result = load::run_bulk(socket_type(client), server.address(), milliseconds(600), datagram_patience(plan.line));
  });
  const double seconds = std::chrono::duration<double>(result.time).count();
  side.bulk_rate = seconds > 0 ? static_cast<double>(result.bytes_back) / seconds : 0;
  if (result.bytes_sent > 0)
    side.bulk_share = static_cast<double>(result.bytes_back) / static_cast<double>(result.bytes_sent);
}

lab::Kind request_of(Client client) { return client == Client::tcp ? lab::Kind::data : lab::Kind::udp; }

/// The second request is dropped.
LostOne lose_one(Testbed& testbed, const Plan& plan, Client client) {
  const Line line = without_loss(plan.line);
  const lab::Rule drop{.action = lab::Action::drop, .kind = request_of(client), .first = 2, .last = 2};
  std::optional<Counts> counts;
  const Talk seen = talked(testbed, {.client = client, .counted = true, .line = line, .rules = {drop}},
                           {.messages = 3, .size = plan.size, .patience = patience(client, line)}, &counts);
  LostOne lost;
  if (seen.failure) lost.noticed_by_client = seen.failure->after;
  if (counts && counts->noticed)
    (client == Client::tcp ? lost.noticed_by_kernel : lost.noticed_by_client) =
        *counts->noticed - *counts->first_dropped;
  return lost;
}

std::optional<Failure> ask_nobody(Testbed& testbed, const Plan& plan, Client client) {
  return talked(testbed, {.client = client, .server = false, .line = without_loss(plan.line)},
                {.size = plan.size, .patience = patience_with_errors})
      .failure;
}

/// The server is killed when the second message has been answered.
std::optional<Failure> kill_server(Testbed& testbed, const Plan& plan, Client client) {
  Talk seen;
  testbed.run({.client = client, .line = without_loss(plan.line)}, [&](ServerUnderTest& server) {
    const Work work{
        .messages = 3, .size = plan.size, .patience = patience_with_errors, .answered = [&](std::uint64_t number) {
          if (number == 2) server.kill();
        }};
    seen = talk(client, server.address(), work);
  });
  return seen.failure;
}

/// The wire is cut behind the second request.
Cut cut_wire(Testbed& testbed, const Plan& plan, Client client) {
  constexpr milliseconds duration{700};
  const Line line = without_loss(plan.line);
  const lab::Rule rule{
      .action = lab::Action::cut, .kind = request_of(client), .first = 2, .last = 2, .duration = duration};
  const Talk seen = talked(testbed, {.client = client, .line = line, .rules = {rule}},
                           {.messages = 6, .size = plan.size, .patience = patience(client, line)});
  Cut cut{.duration = duration, .sent = seen.sent, .answered = seen.answered};
  if (!seen.round_trips.empty()) cut.silence = std::ranges::max(seen.round_trips);
  if (seen.failure) cut.silence = std::max(cut.silence, seen.failure->after);
  return cut;
}

/// A foreign server need not take many clients, or much at once: then that is not measured.
template <typename Body>
void where_it_can(const Testbed& testbed, Body body) try {
  body();
} catch (const net::CallError&) {
  if (testbed.owns_servers()) throw;
}

using Trials = std::vector<std::function<void()>>;

/// What can be tried with this client on this testbed; each puts what it gives into `side`.
Trials trials_of(Testbed& testbed, const Plan& plan, Client client, MarkedFile* file, Side& side) {
  Trials trials;
  for (unsigned i = 0; i < plan.runs; ++i)
    trials.push_back(
        [&, client, file = i == 0 ? file : nullptr] { side.runs.push_back(exchange(testbed, plan, client, file)); });
  for (const std::size_t count : {std::size_t{1}, many_clients})
    trials.push_back([&, client, count] { where_it_can(testbed, [&] { many(testbed, plan, client, count, side); }); });
  if (client != Client::udp_retry)  // who waits for each answer has no bulk
    trials.push_back([&, client] { where_it_can(testbed, [&] { bulk(testbed, plan, client, side); }); });
  if (testbed.owns_servers()) {
    trials.push_back([&, client] { side.closed_port = ask_nobody(testbed, plan, client); });
    trials.push_back([&, client] { side.dead_server = kill_server(testbed, plan, client); });
  }
  if (testbed.has_wire()) {
    trials.push_back([&, client] { side.lost_one = lose_one(testbed, plan, client); });
    trials.push_back([&, client] { side.cut = cut_wire(testbed, plan, client); });
  }
  return trials;
}

}  // namespace

Exchange exchange(Testbed& testbed, const Plan& plan, Client client, MarkedFile* file) {
  Exchange one;
  one.talk = talked(testbed, {.client = client, .counted = true, .line = plan.line, .file = file},
                    {.messages = plan.messages, .size = plan.size, .patience = patience(testbed, client, plan.line)},
                    &one.packets);
  return one;
}

Findings measure(Testbed& testbed, const Plan& plan, MarkedFile* file, const Measured& measured) {
  Findings findings{.plan = plan};
  Trials trials;
  for (const Client client : clients)
    std::ranges::move(trials_of(testbed, plan, client, file, findings.sides[client]), std::back_inserter(trials));
  for (std::size_t i = 0; i < trials.size(); ++i) {
    measured(i, trials.size());
    trials[i]();
  }
  findings.blind = testbed.blind();
  return findings;
}

}  // namespace echolab::compare
