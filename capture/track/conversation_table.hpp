// Every conversation that is known, found by its ends. Those with packets now lie there whole; the others are packed:
// what is over soon after its end, what is open when too many are whole.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <variant>
#include <vector>

#include "capture/track/flow_index.hpp"
#include "capture/track/flow_key.hpp"
#include "capture/track/packed_conversation.hpp"
#include "capture/track/udp_exchange.hpp"

namespace echolab::capture {

/// One of them.
struct Conversation {
  std::variant<std::monostate, std::unique_ptr<TcpConversation>, PackedConversation, std::unique_ptr<UdpExchange>>
      known;
  std::uint64_t number = 0;
  std::uint32_t hash = 0;     // of its ends
  bool used = false;          // since the clock hand passed it
  bool to_be_packed = false;  // it is over, and its turn comes
  bool listed = false;        // among those that ended
  bool told = false;          // how it went, at its end

  bool empty() const { return known.index() == 0; }
  TcpConversation* whole() const {
    const auto* it = std::get_if<std::unique_ptr<TcpConversation>>(&known);
    return it ? it->get() : nullptr;
  }
  UdpExchange* udp() const {
    const auto* it = std::get_if<std::unique_ptr<UdpExchange>>(&known);
    return it ? it->get() : nullptr;
  }
  const PackedConversation* packed() const { return std::get_if<PackedConversation>(&known); }

  bool is_of(const FlowKey& key) const;
  Time last() const;
  /// Of a TCP conversation.
  bool over() const { return packed() ? packed()->over() : whole() && whole()->over(); }
  bool embryonic() const { return packed() ? packed()->embryonic() : whole() && whole()->embryonic(); }
  StreamSummary summary() const;
};

class ConversationTable {
 public:
  using Place = FlowIndex::Place;
  static constexpr Place none = FlowIndex::none;
  static constexpr std::size_t most_ended = 98'304;  // kept so that what comes late finds them; some 35 MiB

  /// `seed` keeps strangers from choosing ends that collide (FAULTS C28). At most `whole` are not packed.
  ConversationTable(std::uint64_t seed, std::size_t whole) : seed_(seed), most_whole_(whole) {}

  Place find(const FlowKey& key) const;
  Place add(const FlowKey& key, std::unique_ptr<TcpConversation> conversation, std::uint64_t number);
  Place add(const FlowKey& key, std::unique_ptr<UdpExchange> conversation, std::uint64_t number);
  /// The TCP conversation there, whole. The reference is good until the next call that is not const.
  TcpConversation& tcp(Place place);
  /// To be called when a packet of it has been told.
  void pack_when_over(Place place);
  void erase(Place place);

  Conversation& at(Place place) { return conversations_[place]; }
  const Conversation& at(Place place) const { return conversations_[place]; }
  std::size_t size() const { return index_.size(); }
  template <class Do>
  void each(Do&& what) {
    for (Place place = 0; place < conversations_.size(); ++place)
      if (!conversations_[place].empty()) what(place, conversations_[place]);
  }
  /// A sixteenth of those that ended first, once they are too many; else none.
  std::vector<Place> ended_too_many();

 private:
  Place put(const FlowKey& key, decltype(Conversation::known) known, std::uint64_t number);
  void keep_whole(Place place);
  void pack(Place place);

  std::uint64_t seed_;
  std::size_t most_whole_;
  FlowIndex index_;
  std::deque<Conversation> conversations_;
  std::vector<Place> free_;
  // Each one that is whole is on the clock; a place there may also be of one that is no longer.
  std::vector<Place> clock_;
  std::size_t hand_ = 0;
  std::array<Place, 64> just_over_{};  // not packed yet: most of what comes late comes to them
  std::size_t over_count_ = 0;
  struct Ended {
    Place place;
    std::uint64_t number;
  };
  std::deque<Ended> ended_;  // and packed, in that order
};

}  // namespace echolab::capture
