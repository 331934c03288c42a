// Whom the observer lets go, and when.
#include <algorithm>
#include <chrono>
#include <utility>

#include "capture/track/elapsed.hpp"
#include "capture/track/observer_table.hpp"

namespace echolab::capture {
namespace {

/// A closed conversation is kept this long: a straggler then still counts for it, not for a new one.
constexpr std::chrono::minutes kept_after_end{10};

}  // namespace

/// Told once: what comes after the end counts for the connection, and changes nothing that was said.
void Observer::Table::tell_end(ConversationTable::Place place) {
  Conversation& conversation = conversations.at(place);
  if (!options.tells_at_end || !ended) return;
  after_end += conversation.told;
  if (conversation.told || !conversation.over()) return;
  conversation.told = true;
  ended(conversation.summary());
}

/// Tells how they went: TCP, then UDP, each in the order of their numbers.
void Observer::Table::let_go(std::vector<ConversationTable::Place> leaving) {
  if (ended) {
    std::ranges::sort(leaving, {}, [&](ConversationTable::Place place) {
      const Conversation& conversation = conversations.at(place);
      return std::pair(conversation.udp() != nullptr, conversation.number);
    });
    for (const ConversationTable::Place place : leaving)
      if (const Conversation& it = conversations.at(place); !it.told || !it.over()) ended(it.summary());
  }
  for (const ConversationTable::Place place : leaving) conversations.erase(place);
}

/// Lets go what has long ended. Its cost is spread over four packets a conversation, and it is spared where too little
/// time has passed for anything to be let go.
void Observer::Table::sweep(Time now) {
  until_sweep = std::max<std::uint64_t>(4096, 4 * conversations.size());
  if (now == no_time || (now >= swept && now - swept < kept_after_end / 10)) return;
  swept = now;
  std::vector<ConversationTable::Place> leaving;
  conversations.each([&](ConversationTable::Place place, const Conversation& conversation) {
    if (conversation.over() && longer_than(kept_after_end, conversation.last(), now)) leaving.push_back(place);
  });
  let_go(std::move(leaving));
}

/// Of those that have ended the first to do so leave once they are too many. A full table loses a sixteenth: what is
/// over, then what never got beyond a SYN, then what has been silent longest.
void Observer::Table::make_room() {
  if (auto leaving = conversations.ended_too_many(); !leaving.empty()) let_go(std::move(leaving));
  if (conversations.size() < options.conversations) return;
  struct Worth {
    int kind;
    Time last;
    ConversationTable::Place place;
  };
  std::vector<Worth> worth;
  worth.reserve(conversations.size());
  conversations.each([&](ConversationTable::Place place, const Conversation& conversation) {
    worth.push_back({conversation.over() ? 0 : conversation.embryonic() ? 1 : 2, conversation.last(), place});
  });
  const auto last = worth.begin() + static_cast<std::ptrdiff_t>(conversations.size() / 16);
  std::nth_element(worth.begin(), last, worth.end(), [](const Worth& a, const Worth& b) {
    return std::pair(a.kind, a.last) < std::pair(b.kind, b.last);
  });
  std::vector<ConversationTable::Place> leaving;
  for (auto it = worth.begin(); it <= last; ++it) {
    leaving.push_back(it->place);
    let_go_early += it->kind != 0;
  }
  let_go(std::move(leaving));
}

}  // namespace echolab::capture
