#include "tools/compare/transport/trials.hpp"

#include <algorithm>

#include "net/system_call.hpp"
#include "tools/compare/transport/bulk.hpp"
#include "tools/compare/transport/many_clients.hpp"

namespace echolab::compare {
namespace {

using std::chrono::milliseconds;

milliseconds in_milliseconds(Nanoseconds time) { return std::chrono::ceil<milliseconds>(time); }

/// How long an answer may take before a datagram is given up: far longer than the wire needs.
milliseconds datagram_patience(const Line& line) { return in_milliseconds(2 * line.round_trip()) + milliseconds(250); }
/// And how long TCP may take: it sends again after 200 ms, and again after twice as long each time.
constexpr milliseconds stream_patience{120'000};

milliseconds patience(Protocol protocol, const Line& line) {
  return protocol == Protocol::tcp ? stream_patience : datagram_patience(line);
}

/// A server that is not ours may be silent for reasons of its own.
milliseconds patience(const Testbed& testbed, Protocol protocol, const Line& line) {
  constexpr milliseconds with_foreign_streams{5'000};
  return protocol == Protocol::tcp && !testbed.owns_servers() ? with_foreign_streams : patience(protocol, line);
}

/// The wire of the plan without its chance: for the trials that make one fault and no other.
Line without_loss(const Line& line) { return {.delay = line.delay}; }

Talk talked(Testbed& testbed, const Trial& trial, const Work& work, std::optional<Counts>* counts = nullptr) {
  Talk seen;
  const auto outcome =
      testbed.run(trial, [&](ServerUnderTest& server) { seen = talk(trial.protocol, server.address(), work); });
  if (counts) *counts = outcome.packets;
  return seen;
}

/// As long as Linux waits before it acknowledges the last answer: until then the server's kernel keeps it.
constexpr milliseconds longest_delayed_ack{200};

/// Answers a second with so many clients; and, once, what is kept for them and what one request costs the server.
void load(Testbed& testbed, const Plan& plan, Protocol protocol, std::size_t clients, Side& side) {
  const auto duration = std::clamp(in_milliseconds(10 * plan.line.round_trip()), milliseconds(400), milliseconds(1000));
  const Trial trial{.protocol = protocol, .line = plan.line};
  ManyClientsResult result;
  std::optional<KernelState> kernel;
  std::optional<Nanoseconds> worked;
  const auto outcome = testbed.run(trial, [&](ServerUnderTest& server) {
    const auto before = server.worked();
    result = run({.clients = clients,
                  .size = plan.size,
                  .duration = duration,
                  .patience = datagram_patience(plan.line),
                  .pause = longest_delayed_ack + in_milliseconds(plan.line.delay),
                  .still_here = [&] { kernel = server.kernel(); }},
                 protocol, server.address());
    if (before) worked = *server.worked() - *before;
  });
  const double rate = static_cast<double>(result.answers) / std::chrono::duration<double>(result.time).count();
  if (clients == 1) {
    side.rate_one = rate;
    return;
  }
  side.rate_many = rate;
  side.kernel = kernel;
  side.kept_by_program = outcome.kept_by_program;
  if (worked && result.answers > 0) side.work = *worked / static_cast<std::int64_t>(result.answers);
}

void bulk(Testbed& testbed, const Plan& plan, Protocol protocol, Side& side) {
  BulkResult result;
  testbed.run({.protocol = protocol, .line = plan.line}, [&](ServerUnderTest& server) {
    result = run_bulk(protocol, server.address(), milliseconds(600), datagram_patience(plan.line));
  });
  const double seconds = std::chrono::duration<double>(result.time).count();
  side.bulk_rate = seconds > 0 ? static_cast<double>(result.bytes_back) / seconds : 0;
  if (result.bytes_sent > 0)
    side.bulk_share = static_cast<double>(result.bytes_back) / static_cast<double>(result.bytes_sent);
}

lab::Kind request_of(Protocol protocol) { return protocol == Protocol::tcp ? lab::Kind::data : lab::Kind::udp; }

/// The second request is dropped.
LostOne lose_one(Testbed& testbed, const Plan& plan, Protocol protocol) {
  const Line line = without_loss(plan.line);
  const lab::Rule drop{.action = lab::Action::drop, .kind = request_of(protocol), .first = 2, .last = 2};
  std::optional<Counts> counts;
  const Talk seen = talked(testbed, {.protocol = protocol, .counted = true, .line = line, .rules = {drop}},
                           {.messages = 3, .size = plan.size, .patience = patience(protocol, line)}, &counts);
  LostOne lost;
  if (counts && counts->noticed) lost.noticed_by_kernel = *counts->noticed - *counts->first_dropped;
  if (seen.failure) lost.noticed_by_client = seen.failure->after;
  return lost;
}

/// For what answers with an error, or not at all.
constexpr milliseconds patience_with_errors{2000};

std::optional<Failure> ask_nobody(Testbed& testbed, const Plan& plan, Protocol protocol) {
  return talked(testbed, {.protocol = protocol, .server = false, .line = without_loss(plan.line)},
                {.size = plan.size, .patience = patience_with_errors})
      .failure;
}

/// The server is killed when the second message has been answered.
std::optional<Failure> kill_server(Testbed& testbed, const Plan& plan, Protocol protocol) {
  Talk seen;
  testbed.run({.protocol = protocol, .line = without_loss(plan.line)}, [&](ServerUnderTest& server) {
    const Work work{
        .messages = 3, .size = plan.size, .patience = patience_with_errors, .answered = [&](std::uint64_t number) {
          if (number == 2) server.kill();
        }};
    seen = talk(protocol, server.address(), work);
  });
  return seen.failure;
}

/// The wire is cut behind the second request.
Cut cut_wire(Testbed& testbed, const Plan& plan, Protocol protocol) {
  constexpr milliseconds duration{700};
  const Line line = without_loss(plan.line);
  const lab::Rule rule{
      .action = lab::Action::cut, .kind = request_of(protocol), .first = 2, .last = 2, .duration = duration};
  const Talk seen = talked(testbed, {.protocol = protocol, .line = line, .rules = {rule}},
                           {.messages = 6, .size = plan.size, .patience = patience(protocol, line)});
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

using Measured = std::function<void()>;

Side measure_side(Testbed& testbed, const Plan& plan, Protocol protocol, MarkedFile* file, const Measured& measured) {
  Side side;
  const auto trial = [&](auto body) {
    body();
    measured();
  };
  for (unsigned i = 0; i < plan.runs; ++i)
    trial([&] { side.runs.push_back(exchange(testbed, plan, protocol, i == 0 ? file : nullptr)); });
  trial([&] { where_it_can(testbed, [&] { load(testbed, plan, protocol, 1, side); }); });
  trial([&] { where_it_can(testbed, [&] { load(testbed, plan, protocol, many_clients, side); }); });
  trial([&] { where_it_can(testbed, [&] { bulk(testbed, plan, protocol, side); }); });
  if (testbed.owns_servers()) {
    trial([&] { side.closed_port = ask_nobody(testbed, plan, protocol); });
    trial([&] { side.dead_server = kill_server(testbed, plan, protocol); });
  }
  if (testbed.has_wire()) {
    trial([&] { side.lost_one = lose_one(testbed, plan, protocol); });
    trial([&] { side.cut = cut_wire(testbed, plan, protocol); });
  }
  return side;
}

}  // namespace

Exchange exchange(Testbed& testbed, const Plan& plan, Protocol protocol, MarkedFile* file) {
  Exchange one;
  one.talk = talked(testbed, {.protocol = protocol, .counted = true, .line = plan.line, .file = file},
                    {.messages = plan.messages, .size = plan.size, .patience = patience(testbed, protocol, plan.line)},
                    &one.packets);
  return one;
}

Findings measure(Testbed& testbed, const Plan& plan, MarkedFile* file, const Measured& measured) {
  Findings findings{.plan = plan};
  for (const Protocol protocol : both) findings.sides[protocol] = measure_side(testbed, plan, protocol, file, measured);
  findings.blind = testbed.blind();
  return findings;
}

std::size_t trial_count(const Testbed& testbed, const Plan& plan) {
  constexpr std::size_t always = 3, with_servers = 2, with_wire = 2;
  return 2 * (plan.runs + always + (testbed.owns_servers() ? with_servers : 0) + (testbed.has_wire() ? with_wire : 0));
}

}  // namespace echolab::compare
