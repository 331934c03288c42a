// What a packet of each kind does to what is known.
#include <utility>

#include "capture/decode/decode.hpp"
#include "capture/track/observer_table.hpp"

namespace echolab::capture {
namespace {

/// The side that calls, where no SYN says so: the higher port, for servers use low, well-known ones.
TcpConversation::Origin origin_of(const Segment& segment) {
  const TcpFlags flags = segment.flags;
  if (flags.syn() && !flags.ack()) return {segment.source, segment.destination, false, false};
  if (flags.syn()) return {segment.destination, segment.source, false, true};
  const bool source_calls = segment.source.port >= segment.destination.port;
  return {source_calls ? segment.source : segment.destination, source_calls ? segment.destination : segment.source,
          true, true};
}

void note_ip(const IpInfo& ip, NoteSet& notes) {
  if (ip.fragment) notes.add(Note::fragment);
  if (ip.offload_length) notes.add(Note::offload_length);
}

Audience audience_of(const Datagram& datagram, const Packet& packet) {
  const IpAddress& address = datagram.destination.address;
  if (is_multicast(address)) return Audience::group;
  return is_limited_broadcast(address) || is_link_broadcast(packet) ? Audience::everybody : Audience::one;
}

bool is_port_unreachable(const IcmpError& error) {
  return error.v6 ? error.type == 1 && error.code == 4 : error.type == 3 && error.code == 3;
}

Side sender_of(const Segment& segment, const TcpConversation& conversation) {
  return segment.source == conversation.origin().client ? Side::client : Side::server;
}

StreamView view_of(std::uint64_t number, const TcpConversation& conversation, Side from) {
  const auto& [client, server, client_assumed, joined_late] = conversation.origin();
  return {number, Protocol::tcp, from, client_assumed, client, server, conversation.tally().packets, Audience::one};
}

StreamView view_of(std::uint64_t number, const UdpExchange& conversation, Side from) {
  return {number,
          Protocol::udp,
          from,
          false,
          conversation.client,
          conversation.server,
          conversation.packets,
          conversation.audience};
}

}  // namespace

Observer::Table::Found Observer::Table::begin(const Segment& segment) {
  make_room();
  const auto place =
      conversations.add({Protocol::tcp, segment.source, segment.destination},
                        std::make_unique<TcpConversation>(origin_of(segment), options.vantage), next_tcp++);
  return {place, *conversations.at(place).whole()};
}

Observer::Table::Found Observer::Table::begin_or_go_on(const Segment& segment, Time now, NoteSet& notes) {
  const auto place = conversations.find({Protocol::tcp, segment.source, segment.destination});
  if (place == ConversationTable::none) return begin(segment);
  TcpConversation& old = conversations.tcp(place);
  if (!segment.flags.syn()) return {place, old};
  const Side from = sender_of(segment, old);
  if (old.is_retried_by(segment, from)) {
    old.begin_again(from);
    notes.add(Note::retransmission);  // the SYN of an attempt that failed
    return {place, old};
  }
  if (!old.is_replaced_by(segment, from, now)) return {place, old};
  notes.add(Note::port_reused);
  const Side caller = segment.flags.ack() ? other(from) : from;
  const auto waits = old.waiting(from, now);
  const auto earlier = old.earlier_for(caller);
  let_go({place});
  Found found = begin(segment);
  found.conversation.follows(earlier);
  if (waits) found.waited = *waits == caller ? Side::client : Side::server;
  return found;
}

void Observer::Table::observe(const Segment& segment, const Stamp& at, Observation& out) {
  const auto [place, conversation, waited] = begin_or_go_on(segment, at.time, out.notes);
  const Side from = sender_of(segment, conversation);
  if (out.tcp)
    out.tcp->clear();
  else
    out.tcp.emplace();
  conversation.leaves(segment, from, at, *out.tcp, out.notes);
  if (waited) out.tcp->findings.add(finding::Waited{*waited});
  if (options.vantage == Vantage::tap) conversation.arrives(segment, from, at, *out.tcp, out.notes);
  out.stream = view_of(conversations.at(place).number, conversation, from);
  follow(segment.ip, segment.source.address, segment.destination.address, at, out);
  conversations.pack_when_over(place);
  tell_end(place);
}

ConversationTable::Place Observer::Table::exchange_of(const Datagram& datagram, const Packet& packet) {
  const auto place = conversations.find({Protocol::udp, datagram.source, datagram.destination});
  if (place != ConversationTable::none) return place;
  make_room();
  auto conversation = std::make_unique<UdpExchange>();
  conversation->client = datagram.source, conversation->server = datagram.destination;
  conversation->audience = audience_of(datagram, packet);
  return conversations.add({Protocol::udp, datagram.source, datagram.destination}, std::move(conversation), next_udp++);
}

void Observer::Table::observe(const Datagram& datagram, const Stamp& at, Observation& out) {
  const Conversation& conversation = conversations.at(exchange_of(datagram, out.packet));
  const Side from = datagram.source == conversation.udp()->client ? Side::client : Side::server;
  conversation.udp()->count(from, datagram.payload_length, at.time);
  note_ip(datagram.ip, out.notes);
  follow(datagram.ip, datagram.source.address, datagram.destination.address, at, out);
  out.stream = view_of(conversation.number, *conversation.udp(), from);
}

/// The quote names the conversation that the error is about.
void Observer::Table::observe(const IcmpError& error, const Stamp& at, Observation& out) {
  constexpr int tcp_protocol = 6, udp_protocol = 17;
  note_ip(error.ip, out.notes);
  follow(error.ip, error.source, error.destination, at, out);
  if (is_port_unreachable(error)) out.notes.add(Note::port_unreachable);
  if (!error.quoted_source || !error.quoted_destination) return;
  if (error.quoted_protocol != tcp_protocol && error.quoted_protocol != udp_protocol) return;
  const Protocol protocol = error.quoted_protocol == tcp_protocol ? Protocol::tcp : Protocol::udp;
  const auto place = conversations.find({protocol, *error.quoted_source, *error.quoted_destination});
  if (place == ConversationTable::none) return;
  const IcmpNotice notice{at.frame, error.v6, error.type, error.code};
  const std::uint64_t number = conversations.at(place).number;
  if (UdpExchange* udp = conversations.at(place).udp()) {
    if (!error.ip.is_damaged()) udp->quoted(notice);
    out.stream = view_of(number, *udp, Side::client);
  } else {
    TcpConversation& tcp = conversations.tcp(place);
    const Side sender = *error.quoted_source == tcp.origin().client ? Side::client : Side::server;
    if (!error.ip.is_damaged()) out.connect_ended = tcp.quoted(notice, sender, error.quoted_sequence);
    out.stream = view_of(number, tcp, Side::client);
    if (out.connect_ended) tell_end(place);
  }
  out.stream->client_assumed = false;
  if (*error.quoted_destination != out.stream->client) out.stream->from = Side::server;
}

void Observer::Table::observe(const Other& other, const Stamp& at, Observation& out) {
  note_ip(other.ip, out.notes);
  if (other.source && other.destination) follow(other.ip, *other.source, *other.destination, at, out);
  if (other.kind == Other::Kind::tunnel) out.notes.add(Note::tunnel);
  if (other.kind == Other::Kind::cut) out.notes.add(Note::truncated);
}

/// It takes its place all the same: without it, its packet would be told to lack it.
void Observer::Table::observe(const Malformed& malformed, const Stamp& at, Observation& out) {
  if (malformed.ip.fragment) out.notes.add(Note::fragment);
  if (malformed.source && malformed.destination)
    follow(malformed.ip, *malformed.source, *malformed.destination, at, out);
}

}  // namespace echolab::capture
