// What an Observer keeps. Private to observer*.cpp.
#pragma once

#include <optional>
#include <vector>

#include "capture/track/conversation_table.hpp"
#include "capture/track/fragments.hpp"
#include "capture/track/observer.hpp"

namespace echolab::capture {

struct Observer::Table {
  Table(StreamEnded stream_ended, ObserverOptions chosen, PacketUnfinished unfinished);

  StreamEnded ended;
  ObserverOptions options;
  FragmentedPackets fragments;
  ConversationTable conversations;
  std::uint64_t next_tcp = 0, next_udp = 0;
  std::uint64_t let_go_early = 0;
  std::uint64_t after_end = 0;
  std::uint64_t until_sweep = 4096;
  Time swept{};

  // observer.cpp
  void look_at(Observation& out);
  /// The conversation of a packet that `observe` has told of; nullptr where another has taken its place, or it was let
  /// go.
  TcpConversation* known(const Observation& seen);

  // observer_packets.cpp
  void observe(const Segment& segment, const Stamp& at, Observation& out);
  void observe(const Datagram& datagram, const Stamp& at, Observation& out);
  void observe(const IcmpError& error, const Stamp& at, Observation& out);
  void observe(const Other& other, const Stamp& at, Observation& out);
  void observe(const Malformed& malformed, const Stamp& at, Observation& out);
  struct Found {
    ConversationTable::Place place;
    TcpConversation& conversation;
    std::optional<Side> waited{};  // see finding::Waited
  };
  Found begin_or_go_on(const Segment& segment, Time now, NoteSet& notes);
  Found begin(const Segment& segment);
  ConversationTable::Place exchange_of(const Datagram& datagram, const Packet& packet);
  /// `from` and `to`, where the IP header around a packet could be read.
  void follow(const IpInfo& ip, const IpAddress& from, const IpAddress& to, const Stamp& at, Observation& out) {
    if (ip.fragment) out.fragment = fragments.take(from, to, *ip.fragment, at);
  }

  // observer_eviction.cpp
  void tell_end(ConversationTable::Place place);
  void let_go(std::vector<ConversationTable::Place> leaving);
  void sweep(Time now);
  void make_room();
};

}  // namespace echolab::capture
