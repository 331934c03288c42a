#include "tools/lab/story/judge.hpp"

#include <algorithm>

namespace echolab::lab {
namespace {

/// A frame's event, and what is known of the frame besides.
struct SeenEvent {
  const Event& event;
  bool arrived;  // the wire speaks of the frame for the first time
  const std::array<std::uint32_t, kind_count>& numbers;
};

/// How one event comes to pass: first the frame arrives at the wire, then its fate is decided, then things are so.
/// A chain of patterns goes along these within an event, never back.
enum class Moment : std::uint8_t { arrival, fate, after };

/// When a pattern of this sort is met within its event.
Moment moment_of(const EventPattern& pattern) {
  const auto* met = std::get_if<FrameMet>(&pattern);
  if (met == nullptr) return Moment::after;
  return met->fate ? Moment::fate : Moment::arrival;
}

/// The state of the host's end, of two that are named by the conversation's ends.
capture::State of_host(const WireEvent& event, Host host, capture::State client, capture::State server) {
  const auto side = host == event.from ? event.observation.stream->from : other(event.observation.stream->from);
  return side == capture::Side::client ? client : server;
}

struct Matches {
  const SeenEvent& seen;

  const WireEvent* wire() const { return std::get_if<WireEvent>(&seen.event); }

  bool operator()(const FrameMet& met) const {
    const auto* event = wire();
    if (event == nullptr || event->from != met.from || !is_kind(event->observation.decoded, met.kind)) return false;
    if (met.number && *met.number != seen.numbers[static_cast<std::size_t>(met.kind)]) return false;
    return met.fate ? event->fate == *met.fate : seen.arrived;
  }
  bool operator()(const InState& in) const {
    const auto* event = wire();
    if (event == nullptr || !event->observation.stream) return false;
    if (in.kernel)
      return event->kernel && of_host(*event, in.host, event->kernel->client, event->kernel->server) == in.state;
    const auto& tcp = event->observation.tcp;
    return tcp && of_host(*event, in.host, tcp->client.after, tcp->server.after) == in.state;
  }
  bool operator()(const Called& called) const {
    const auto* event = std::get_if<CallEvent>(&seen.event);
    if (event == nullptr || event->host != called.host || event->call != called.call) return false;
    // "5, from 10.0.0.2:9000" is 5.
    return called.result ? event->returned && event->result.substr(0, event->result.find(',')) == *called.result
                         : !event->returned;
  }
  bool operator()(const Said& said) const {
    const auto* event = std::get_if<OutputEvent>(&seen.event);
    return event != nullptr && event->host == said.host && event->line.find(said.text) != std::string::npos;
  }
  bool operator()(const Ended& ended) const {
    const auto* event = std::get_if<ExitEvent>(&seen.event);
    return event != nullptr && event->host == ended.host && (!ended.status || *ended.status == event->status) &&
           (ended.program.empty() || ended.program == event->program);
  }
  bool operator()(const Noted& noted) const { return wire() != nullptr && wire()->observation.notes.has(noted.note); }
  bool operator()(const Disagreed&) const { return wire() != nullptr && wire()->difference == Difference::unnamed; }
};

}  // namespace

Judge::Judge(const Scenario& scenario) {
  for (const Check& check : scenario.checks) progress_.push_back({.check = &check});
}

void Judge::see(const Event& event) {
  Numbers numbers{};
  bool arrived = false;
  if (const auto* wire = std::get_if<WireEvent>(&event)) {
    const std::uint64_t frame = wire->observation.packet.frame;
    auto known = numbers_.find(frame);
    arrived = known == numbers_.end();
    if (arrived) {
      counts_.add(wire->from, wire->observation.decoded);
      known = numbers_.emplace(frame, Numbers{}).first;
      for (std::size_t kind = 0; kind < kind_count; ++kind)
        known->second[kind] = counts_.of(wire->from, static_cast<Kind>(kind));
    }
    numbers = known->second;
    if (!waits(wire->fate) && gone_ != frame) {
      numbers_.erase(gone_);
      gone_ = frame;
    }
  }
  for (Progress& progress : progress_) advance(progress, event, arrived, numbers);
}

// A chain is met greedily: each pattern where it first comes after the one before. No other choice does better. Let
// any choice meet the whole chain; then, pattern by pattern, the greedy one meets it no later: it had met the one
// before no later, so wherever the other choice meets this one, the greedy one could have, or has already. (A
// pattern that stands twice in the chain needs two events; the greedy one has met the first no later, so that does
// not hold it up either.)
void Judge::advance(Progress& progress, const Event& event, bool arrived, const Numbers& numbers) {
  const SeenEvent seen{event, arrived, numbers};
  const Check& check = *progress.check;
  for (const EventPattern& pattern : check.never)
    if (progress.forbidden == nullptr && std::visit(Matches{seen}, pattern)) progress.forbidden = &pattern;

  const auto first = check.order.begin() + static_cast<std::ptrdiff_t>(progress.met);
  Moment now = Moment::arrival;
  for (auto next = first; next != check.order.end(); ++next) {
    const bool once = std::find(first, next, *next) == next;
    if (moment_of(*next) < now || !once || !std::visit(Matches{seen}, *next)) return;
    now = moment_of(*next);
    ++progress.met;
  }
}

std::vector<Judge::Verdict> Judge::verdicts() const {
  std::vector<Verdict> verdicts;
  for (const Progress& progress : progress_) {
    const bool whole = progress.met == progress.check->order.size();
    Verdict verdict{.check = progress.check, .held = whole && progress.forbidden == nullptr, .missing = {}};
    if (progress.forbidden != nullptr)
      verdict.missing = to_string(*progress.forbidden);
    else if (!whole)
      verdict.missing = to_string(progress.check->order[progress.met]);
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

}  // namespace echolab::lab
