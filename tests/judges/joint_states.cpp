#include "tests/judges/joint_states.hpp"

#include <array>
#include <compare>
#include <deque>
#include <vector>

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

/// How much of its peer's sequence space an end has: nothing, the SYN, or all of it with the FIN. Data moves nobody.
enum class Has { nothing, syn, fin };

/// A segment, as far as it moves anybody. Without data all is in order, so what it acknowledges is what its sender has.
struct Sent {
  bool syn = false, fin = false;
  Has acknowledges = Has::nothing;
  friend auto operator<=>(const Sent&, const Sent&) = default;
};

struct End {
  State state;
  Has has = Has::nothing;
  bool owes_ack = false;
  friend auto operator<=>(const End&, const End&) = default;
};

/// Two ends, and what is under way to each.
struct World {
  std::array<End, 2> ends;
  std::array<std::vector<Sent>, 2> to;
  friend auto operator<=>(const World&, const World&) = default;
};

/// The table's move, if there is one.
bool moves(End& end, Event event) {
  const Rule* rule = transition(end.state, event);
  if (rule) end.state = rule->to;
  return rule != nullptr;
}

/// Sends with all that is owed.
void send(World& world, std::size_t who, Sent segment) {
  segment.acknowledges = world.ends[who].has;
  world.ends[who].owes_ack = false;
  world.to[1 - who].push_back(segment);
}

/// RFC 9293, 3.10.7.3 and 3.10.7.4, "fourth, check the SYN bit", to "eighth, check the FIN bit".
void arrive(World& world, std::size_t who, const Sent& segment) {
  End& me = world.ends[who];
  const State before = me.state;
  if (segment.syn && segment.acknowledges == Has::nothing) {
    if (moves(me, Event::receive_syn)) {
      me.has = Has::syn;
      send(world, who, {.syn = true});
    }
    return;
  }
  if (segment.syn && moves(me, Event::receive_syn_ack)) {
    me.has = Has::syn;
    me.owes_ack = true;
  } else if (segment.acknowledges >= Has::syn && before != State::syn_sent) {
    moves(me, Event::receive_ack_of_syn);
  }
  if (segment.acknowledges == Has::fin) moves(me, Event::receive_ack_of_fin);
  if (segment.fin && moves(me, Event::receive_fin)) {
    me.has = Has::fin;
    me.owes_ack = true;
  }
}

/// All that can happen next.
class Next {
 public:
  Next(const World& world, Acks acks) : world_(world), acks_(acks) {
    for (const std::size_t who : {0u, 1u}) {
      let_arrive(who);
      let_acknowledge(who);
      let_close(who);
      let_wait(who);
    }
  }
  const std::vector<World>& worlds() const { return next_; }

 private:
  void let_arrive(std::size_t who) {
    if (world_.to[who].empty()) return;
    World next = world_;
    const Sent segment = next.to[who].front();
    next.to[who].erase(next.to[who].begin());
    arrive(next, who, segment);
    if (acks_ == Acks::prompt && next.ends[who].owes_ack) send(next, who, {});
    next_.push_back(next);
  }

  void let_acknowledge(std::size_t who) {
    if (!world_.ends[who].owes_ack) return;
    World next = world_;
    send(next, who, {});
    next_.push_back(next);
  }

  /// The program calls close(). A FIN is a row of the table. Who waits for a connection, or for the answer to its SYN,
  /// forgets it in silence (RFC 9293, 3.10.4): no packet shows that, so the sniffer's table has no row for it.
  void let_close(std::size_t who) {
    World next = world_;
    End& me = next.ends[who];
    if (me.state == State::listen || me.state == State::syn_sent)
      me = {State::closed};
    else if (moves(me, Event::send_fin))
      send(next, who, {.fin = true});
    else
      return;
    next_.push_back(next);
  }

  void let_wait(std::size_t who) {
    World next = world_;
    if (!next.ends[who].owes_ack && moves(next.ends[who], Event::time_wait_over)) next_.push_back(next);
  }

  const World& world_;
  Acks acks_;
  std::vector<World> next_;
};

World opened(Opening opening) {
  World world{{End{State::closed}, End{opening == Opening::by_one ? State::listen : State::closed}}, {}};
  for (std::size_t who = 0; who < (opening == Opening::by_one ? 1u : 2u); ++who) {
    moves(world.ends[who], Event::send_syn);
    send(world, who, {.syn = true});
  }
  return world;
}

}  // namespace

std::string to_string(const Pair& pair) {
  return std::string(to_string(pair.one)) + "/" + std::string(to_string(pair.other));
}

Pairs pairs_that_can_meet(Opening opening, Acks acks) {
  std::deque<World> open{opened(opening)};
  std::set<World> known(open.begin(), open.end());
  Pairs pairs;
  for (; !open.empty(); open.pop_front()) {
    pairs.insert({open.front().ends[0].state, open.front().ends[1].state});
    const Next next_ones(open.front(), acks);
    for (const World& next : next_ones.worlds())
      if (known.insert(next).second) open.push_back(next);
  }
  return pairs;
}

}  // namespace echolab::test
