// The transition table against an independent second formulation: a connection is two one-way channels. Each state is
// an outgoing half and an incoming half, and the only memory besides is who closed first. Every path of the table is
// walked in both formulations.
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "capture/track/transition.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using enum Event;

enum class Out { idle, syn_unacknowledged, open, fin_unacknowledged, finished };
enum class In { idle, open, finished };

struct Halves {
  Out out = Out::idle;
  In in = In::idle;
  bool listening = false;
  bool closed_second = false;  // the peer's FIN was here before ours left

  State name() const {
    if (out == Out::idle) return listening ? State::listen : State::closed;
    if (in == In::idle) return State::syn_sent;
    const bool peer_done = in == In::finished;
    switch (out) {
      case Out::syn_unacknowledged: return peer_done ? State::close_wait : State::syn_received;
      case Out::open: return peer_done ? State::close_wait : State::established;
      case Out::fin_unacknowledged:
        return !peer_done ? State::fin_wait_1 : closed_second ? State::last_ack : State::closing;
      case Out::finished: return !peer_done ? State::fin_wait_2 : closed_second ? State::closed : State::time_wait;
      case Out::idle: break;
    }
    return State::unknown;
  }

  bool exists() const { return out != Out::idle; }
  bool may_close() const { return (out == Out::open || out == Out::syn_unacknowledged) && in != In::idle; }

  /// What the event makes of the two halves; nullopt where it means nothing here.
  std::optional<Halves> after(Event event) const {
    Halves next = *this;
    const Halves gone{};
    const State state = name();
    switch (event) {
      case send_syn:
        if (exists()) return {};
        return Halves{Out::syn_unacknowledged, In::idle};
      case send_syn_ack:  // shows that the peer's SYN came in
        if (exists() && in != In::idle) return {};
        return Halves{Out::syn_unacknowledged, In::open};
      case receive_syn:
        if (in != In::idle || (!exists() && !listening)) return {};
        return Halves{Out::syn_unacknowledged, In::open};
      case receive_syn_ack:
        if (out != Out::syn_unacknowledged || in != In::idle) return {};
        return Halves{Out::open, In::open};
      case receive_ack_of_syn:
        if (out != Out::syn_unacknowledged || in == In::idle) return {};
        next.out = Out::open;
        return next;
      case send_fin:
        if (!may_close()) return {};
        next.out = Out::fin_unacknowledged;
        next.closed_second = in == In::finished;
        return next;
      case receive_fin:
        if (state == State::time_wait) return next;  // again: stays, and waits anew
        if (in != In::open || !exists()) return {};
        next.in = In::finished;
        return next;
      case receive_ack_of_fin:
        if (out != Out::fin_unacknowledged) return {};
        next.out = Out::finished;
        return next.name() == State::closed ? gone : next;
      case receive_refusal:
        if (state != State::syn_sent && state != State::syn_received) return {};
        return gone;
      case receive_rst:
        if (!exists() || in == In::idle) return {};
        if (state == State::syn_received)
          next = Halves{}, next.listening = true;
        else
          next = gone;
        return next;
      case send_rst:
        if (state == State::closed) return {};
        return gone;
      case time_wait_over:
        if (state != State::time_wait) return {};
        return gone;
    }
    return {};
  }
};

const std::vector<Event> every_event = {send_syn,           send_syn_ack,    send_fin,           send_rst,
                                        receive_syn,        receive_syn_ack, receive_ack_of_syn, receive_fin,
                                        receive_ack_of_fin, receive_rst,     receive_refusal,    time_wait_over};

struct Walker {
  std::set<const Rule*> fired;
  std::size_t steps = 0;

  void walk(const Halves& halves, const std::string& path, int depth) {
    for (const Event event : every_event) {
      const Rule* rule = transition(halves.name(), event);
      const std::optional<Halves> next = halves.after(event);
      const std::string here = path + " -> " + std::string(to_string(event));
      // SYN_RECEIVED may learn of a FIN before the ACK of its SYN: CLOSE_WAIT then already has that ACK's name.
      const bool same_name = next && next->name() == halves.name() && halves.name() != State::time_wait;
      if (next && !same_name) {
        ASSERT_NE(rule, nullptr) << here << ": the halves move to " << to_string(next->name())
                                 << ", the table does not";
        ASSERT_EQ(rule->to, next->name()) << here;
        fired.insert(rule);
      } else if (!next) {
        ASSERT_EQ(rule, nullptr) << here << ": the table moves to " << to_string(rule->to) << ", the halves do not";
      }
      ++steps;
      if (next && depth > 0) walk(*next, here, depth - 1);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
};

TEST(TransitionTable, AgreesWithTwoHalvesOnEveryPath) {
  Walker walker;
  Halves listener;
  listener.listening = true;
  walker.walk(Halves{}, "CLOSED", 6);
  walker.walk(listener, "LISTEN", 6);
  EXPECT_EQ(walker.fired.size(), transition_table().size()) << "a row that no path reaches";
  EXPECT_GT(walker.steps, 10'000u);
}

TEST(TransitionTable, HasOneRowForAStateAndAnEvent) {
  std::set<std::pair<State, Event>> seen;
  for (const Rule& rule : transition_table()) EXPECT_TRUE(seen.insert({rule.from, rule.event}).second);
}

TEST(TransitionTable, CitesTheRfcOnEveryRow) {
  for (const Rule& rule : transition_table()) EXPECT_TRUE(rule.section.starts_with("3.")) << rule.section;
}

}  // namespace
}  // namespace echolab::test
