#include "tests/judges/steps.hpp"

#include <fmt/format.h>

#include <vector>

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using enum State;

struct Step {
  const Observation& seen;
  Side side;
  State from, to;
  TcpFlags flags() const { return segment_of(seen).flags; }
  bool own() const { return side == seen.stream->from; }
  bool acknowledges() const { return own() && flags().ack() && !flags().syn() && !flags().rst(); }
};

struct Proof {
  std::string_view name;
  bool (*shows)(const Step&);
};

const std::vector<Proof> every_proof = {
    {"the capture joined late: packet by packet fewer states are left",
     [](const Step& it) { return it.from == unknown; }},
    {"it acknowledges a SYN,ACK that the capture lacks, or had not: it had arrived",
     [](const Step& it) { return it.from == syn_sent && it.to == established && it.acknowledges(); }},
    {"its peer acknowledges its SYN,ACK, which the capture lacks",
     [](const Step& it) { return it.from == listen && it.to == syn_received && !it.own() && it.flags().ack(); }},
    {"no listener sends that: the capture lacks the handshake, or it is of an older connection (RFC 9293, 3.10.7.4)",
     [](const Step& it) { return it.from == listen && it.acknowledges(); }},
    {"it acknowledges more than a SYN, or sends data: the third packet had arrived",
     [](const Step& it) { return it.from == syn_received && it.to == established && it.acknowledges(); }},
    {"who sends a SYN did not listen",
     [](const Step& it) { return it.from == listen && it.to == closed && it.own() && it.flags().syn(); }},
    {"it sends on after an RST in its name: somebody else sent that",
     [](const Step& it) {
       return it.from == closed && it.own() && it.seen.tcp->findings.has<finding::GoesOnAfterReset>();
     }},
    {"its FIN does not acknowledge the peer's, so it had not come yet",
     [](const Step& it) { return it.from == close_wait && it.to == established && it.own() && it.flags().fin(); }},
    {"what looked like a late copy of its SYN was another attempt, and this is another answer",
     [](const Step& it) {
       return it.from == closed && (it.to == syn_sent || it.to == listen) &&
              it.seen.tcp->findings.has<finding::OtherIsn>();
     }},
    {"its SYN stands behind its answer in the capture",
     [](const Step& it) { return it.to == closed && it.seen.tcp->findings.has<finding::AnsweredBefore>(); }},
};

/// Walks from `before` to `after` of one end, and asks for a proof wherever neither a rule nor a take-back leads on.
class Walk {
 public:
  Walk(const Observation& seen, Side side, std::map<std::string_view, int>& used)
      : seen_(seen), side_(side), used_(used), state_(change(*seen.tcp, side).before) {}

  std::string lacks_proof() {
    for (const TakeBack& back : seen_.tcp->take_backs())
      if (back.side == side_) go_on(back.believed, back.truth);
    for (const Firing& firing : seen_.tcp->firings())
      if (firing.side == side_) go_on(firing.rule->from, firing.rule->to);
    const State after = change(*seen_.tcp, side_).after;
    go_on(after, after);
    return lacks_;
  }

 private:
  void go_on(State from, State to) {
    if (from != state_) prove(from);
    state_ = to;
  }
  void prove(State to) {
    const Step step{seen_, side_, state_, to};
    for (const Proof& proof : every_proof) {
      if (!proof.shows(step)) continue;
      ++used_[proof.name];
      return;
    }
    lacks_ += fmt::format("{} to {}; ", to_string(state_), to_string(to));
  }

  const Observation& seen_;
  Side side_;
  std::map<std::string_view, int>& used_;
  State state_;
  std::string lacks_;
};

}  // namespace

bool Steps::is_named(const Observation& seen, State begins, const Left& left) {
  const TcpFlags flags = segment_of(seen).flags;
  const bool over =
      left.state == time_wait && begins == closed && seen.packet.time - left.since > std::chrono::seconds(60);
  const bool again = flags.syn() && !flags.ack() && (begins == closed || begins == listen);  // see is_retried_by
  const bool late = left.waits_for && begins != left.state;
  waited += over;
  tried_again += !over && again;
  came_late += !over && !again && late;
  return over || again || late;
}

std::string Steps::breaks(const Observation& seen) {
  std::string told;
  for (const Side side : both_sides) {
    const auto [left, first] = left_.try_emplace({seen.stream->number, side});
    const SideChange& now = change(*seen.tcp, side);
    if (!first && now.before != left->second.state && !is_named(seen, now.before, left->second))
      told += fmt::format("the {} was left in {} and begins in {}; ", to_string(side), to_string(left->second.state),
                          to_string(now.before));
    if (first || now.after != left->second.state) left->second.since = seen.packet.time;
    left->second.state = now.after;
    for (const TakeBack& back : seen.tcp->take_backs())
      if (back.side == side) left->second.waits_for = !back.lost;
  }
  ++packets;
  return told;
}

std::string Steps::lacks_proof(const Observation& seen) {
  if (is_self_connected(seen)) return "";
  std::string told;
  for (const Side side : both_sides)
    if (const auto lacks = Walk(seen, side, proofs).lacks_proof(); !lacks.empty())
      told += fmt::format("the {}: {}", to_string(side), lacks);
  return told;
}

}  // namespace echolab::test
