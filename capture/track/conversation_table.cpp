#include "capture/track/conversation_table.hpp"

#include <algorithm>
#include <utility>

namespace echolab::capture {

bool Conversation::is_of(const FlowKey& key) const {
  if (key.protocol == Protocol::udp) return udp() && key.joins(udp()->client, udp()->server);
  if (const TcpConversation* conversation = whole())
    return key.joins(conversation->origin().client, conversation->origin().server);
  if (!packed()) return false;
  const auto origin = packed()->origin();
  return key.joins(origin.client, origin.server);
}

Time Conversation::last() const { return udp() ? udp()->last : packed() ? packed()->last() : whole()->tally().last; }

StreamSummary Conversation::summary() const {
  StreamSummary summary = udp() ? udp()->summary() : packed() ? packed()->unpack()->summary() : whole()->summary();
  summary.number = number;
  return summary;
}

ConversationTable::Place ConversationTable::find(const FlowKey& key) const {
  return index_.find(key.hash(seed_), [&](Place place) { return conversations_[place].is_of(key); });
}

ConversationTable::Place ConversationTable::add(const FlowKey& key, std::unique_ptr<TcpConversation> conversation,
                                                std::uint64_t number) {
  const Place place = put(key, std::move(conversation), number);
  keep_whole(place);
  return place;
}

ConversationTable::Place ConversationTable::add(const FlowKey& key, std::unique_ptr<UdpExchange> conversation,
                                                std::uint64_t number) {
  return put(key, std::move(conversation), number);
}

ConversationTable::Place ConversationTable::put(const FlowKey& key, decltype(Conversation::known) known,
                                                std::uint64_t number) {
  if (free_.empty()) {
    free_.push_back(static_cast<Place>(conversations_.size()));
    conversations_.emplace_back();
  }
  const Place place = free_.back();
  free_.pop_back();
  conversations_[place] = {std::move(known), number, key.hash(seed_)};
  index_.insert(conversations_[place].hash, place);
  return place;
}

TcpConversation& ConversationTable::tcp(Place place) {
  Conversation& conversation = conversations_[place];
  conversation.used = true;
  if (const PackedConversation* packed = conversation.packed()) {
    conversation.known = packed->unpack();
    keep_whole(place);
  }
  return *conversation.whole();
}

/// The clock algorithm, as page replacement knows it: the hand packs the first one that was not used since it passed.
void ConversationTable::keep_whole(Place place) {
  conversations_[place].used = true;
  if (clock_.size() < most_whole_) return clock_.push_back(place);
  for (;; hand_ = (hand_ + 1) % clock_.size()) {
    Conversation& other = conversations_[clock_[hand_]];
    if (!other.whole() || clock_[hand_] == place) break;
    if (!std::exchange(other.used, false)) {
      pack(clock_[hand_]);
      break;
    }
  }
  clock_[hand_] = place;
  hand_ = (hand_ + 1) % clock_.size();
}

void ConversationTable::pack(Place place) {
  Conversation& conversation = conversations_[place];
  const bool over = conversation.over();
  conversation.known = PackedConversation(*conversation.whole());
  if (over && !std::exchange(conversation.listed, true)) ended_.push_back({place, conversation.number});
}

void ConversationTable::pack_when_over(Place place) {
  Conversation& conversation = conversations_[place];
  if (conversation.to_be_packed || !conversation.over()) return;
  conversation.to_be_packed = true;
  const Place earlier = std::exchange(just_over_[over_count_ % just_over_.size()], place);
  if (over_count_++ < just_over_.size()) return;
  conversations_[earlier].to_be_packed = false;
  if (conversations_[earlier].whole() && conversations_[earlier].over()) pack(earlier);
}

void ConversationTable::erase(Place place) {
  index_.erase(conversations_[place].hash, place);
  conversations_[place].known = std::monostate{};
  free_.push_back(place);
}

std::vector<ConversationTable::Place> ConversationTable::ended_too_many() {
  std::vector<Place> leaving;
  if (ended_.size() <= most_ended) return leaving;
  for (std::size_t i = 0; i < most_ended / 16; ++i) {
    const auto [place, number] = ended_.front();
    ended_.pop_front();
    Conversation& conversation = conversations_[place];
    if (conversation.number != number || !std::exchange(conversation.listed, false)) continue;
    if (conversation.packed() && conversation.over()) leaving.push_back(place);
  }
  return leaving;
}

}  // namespace echolab::capture
