#include "capture/track/observer.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <unordered_map>
#include <variant>
#include <vector>

#include "capture/decode/decode.hpp"
#include "capture/track/conversation.hpp"
#include "capture/track/flow_key.hpp"
#include "capture/track/fragments.hpp"

namespace echolab::capture {
namespace {

/// A closed conversation is kept this long: a straggler then still counts for it, not for a new one.
constexpr std::chrono::minutes kept_after_end{10};

/// A UDP conversation is two addresses that exchange datagrams: there is nothing else to know.
struct UdpExchange {
  StreamSummary counts;
};

/// The side that calls, where no SYN says so: the higher port, for servers use low, well-known ones.
TcpConversation::Origin origin_of(const Segment& segment) {
  const TcpFlags flags = segment.flags;
  if (flags.syn() && !flags.ack()) return {segment.source, segment.destination, false, false};
  if (flags.syn()) return {segment.destination, segment.source, false, true};
  const bool source_calls = segment.source.port >= segment.destination.port;
  return {source_calls ? segment.source : segment.destination, source_calls ? segment.destination : segment.source,
          true, true};
}

/// Whether all of the transport's bytes were captured: what a frame has behind them, padding, nobody misses.
bool is_whole(const Decoded& decoded) {
  if (const auto* segment = std::get_if<Segment>(&decoded))
    return segment->payload.size() == segment->payload_length && !segment->options.cut;
  const auto* datagram = std::get_if<Datagram>(&decoded);
  return datagram != nullptr && datagram->payload.size() == datagram->payload_length - datagram->absent;
}

void note_ip(const IpInfo& ip, NoteSet& notes) {
  if (ip.fragment) notes.add(Note::fragment);
  if (ip.offload_length) notes.add(Note::offload_length);
}

bool is_embryonic(const Tally& tally) {
  return tally.handshake < StreamSummary::Handshake::complete && tally.bytes_client == 0;
}

Audience audience_of(const Datagram& datagram, const Packet& packet) {
  const IpAddress& address = datagram.destination.address;
  if (is_multicast(address)) return Audience::group;
  return is_limited_broadcast(address) || is_link_broadcast(packet) ? Audience::everybody : Audience::one;
}

bool is_port_unreachable(const IcmpError& error) {
  return error.v6 ? error.type == 1 && error.code == 4 : error.type == 3 && error.code == 3;
}

/// Nobody can know it beforehand: it differs in every run.
std::uint64_t new_seed() { return std::random_device{}() | 1ull << 40; }

}  // namespace

struct Observer::Table {
  /// Small, for a look-up passes by others of its kind: what is known of the conversation lies elsewhere.
  struct Entry {
    std::variant<std::unique_ptr<TcpConversation>, std::unique_ptr<UdpExchange>> talk;
    std::uint64_t number = 0;

    TcpConversation* tcp() const {
      const auto* talks = std::get_if<std::unique_ptr<TcpConversation>>(&talk);
      return talks ? talks->get() : nullptr;
    }
    void quoted(const IcmpNotice& error) const {
      if (tcp()) return tcp()->quoted(error);
      if (udp().icmp_errors++ == 0) udp().first_icmp = error;
    }
    StreamSummary& udp() const { return std::get<std::unique_ptr<UdpExchange>>(talk)->counts; }
    StreamSummary summary() const {
      StreamSummary summary = tcp() ? tcp()->summary() : udp();
      summary.number = number;
      return summary;
    }
  };
  using Map = std::unordered_map<FlowKey, Entry, FlowHash>;

  Table(StreamEnded stream_ended, ObserverOptions chosen, PacketUnfinished unfinished)
      : ended(std::move(stream_ended)), options(chosen), fragments(new_seed(), std::move(unfinished)) {}

  StreamEnded ended;
  ObserverOptions options;
  FragmentedPackets fragments;
  Map talks{16, FlowHash(new_seed())};
  std::uint64_t next_tcp = 0, next_udp = 0;
  std::uint64_t let_go_early = 0;
  std::uint64_t until_sweep = 4096;
  Time swept{};

  Observation look_at(const Packet& packet, const Decoded& decoded);
  struct Place {
    Entry& entry;
    std::optional<Side> waited;  // see finding::Waited
  };
  Place begin_or_go_on(const Segment& segment, Time now, NoteSet& notes);
  TcpConversation* known(const Observation& seen);

  void observe(const Segment& segment, const Stamp& at, Observation& out);
  void observe(const Datagram& datagram, const Stamp& at, Observation& out);
  void observe(const IcmpError& error, const Stamp& at, Observation& out);
  void observe(const Other& other, const Stamp& at, Observation& out);
  void observe(const Malformed& malformed, const Stamp& at, Observation& out);
  /// `from` and `to`, where the IP header around a packet could be read.
  void follow(const IpInfo& ip, const IpAddress& from, const IpAddress& to, const Stamp& at, Observation& out) {
    if (ip.fragment) out.fragment = fragments.take(from, to, *ip.fragment, at);
  }

  void tell_the_end(std::vector<Map::iterator>& leaving) const;
  void let_go(std::vector<Map::iterator>& leaving);
  void sweep(Time now);
  void make_room();
};

Observer::Observer(StreamEnded stream_ended, ObserverOptions options, PacketUnfinished packet_unfinished)
    : table_(std::make_unique<Table>(std::move(stream_ended), options, std::move(packet_unfinished))) {}
Observer::~Observer() = default;
Observer::Observer(Observer&&) noexcept = default;
Observer& Observer::operator=(Observer&&) noexcept = default;

Observation Observer::observe(const Packet& packet, const Decoded& decoded) { return table_->look_at(packet, decoded); }

void Observer::delivered(Observation& seen, const Segment& taken, Time now) {
  if (TcpConversation* talk = table_->known(seen))
    talk->arrives(taken, seen.stream->from, {seen.packet.frame, now}, *seen.tcp, seen.notes);
}

void Observer::lost(const Observation& seen) {
  if (TcpConversation* talk = table_->known(seen)) talk->lost(seen.stream->from, seen.packet.frame);
}

void Observer::look_again(Observation& seen) const {
  if (const TcpConversation* talk = table_->known(seen)) talk->look_again(*seen.tcp);
}

Observation Observer::Table::look_at(const Packet& packet, const Decoded& decoded) {
  Observation out{.packet = packet, .decoded = decoded, .stream = {}, .tcp = {}, .notes = {}};
  const Stamp at{packet.frame, packet.time};
  if (--until_sweep == 0) sweep(packet.time);
  if (packet.bytes.size() < packet.original_length && !is_whole(decoded)) out.notes.add(Note::truncated);
  std::visit([&](const auto& what) { observe(what, at, out); }, out.decoded);
  return out;
}

void Observer::finish() {
  std::vector<Table::Map::iterator> all;
  for (auto it = table_->talks.begin(); it != table_->talks.end(); ++it) all.push_back(it);
  table_->tell_the_end(all);
  table_->talks.clear();
  table_->fragments.finish();
}

std::uint64_t Observer::let_go_early() const { return table_->let_go_early; }

/// The conversation of a packet that `observe` has told of; nullptr where another has taken its place, or it was let
/// go.
TcpConversation* Observer::Table::known(const Observation& seen) {
  if (!seen.tcp) return nullptr;
  const auto found = talks.find(FlowKey(Protocol::tcp, seen.stream->client, seen.stream->server));
  const bool same = found != talks.end() && found->second.number == seen.stream->number;
  return same ? found->second.tcp() : nullptr;
}

Observer::Table::Place Observer::Table::begin_or_go_on(const Segment& segment, Time now, NoteSet& notes) {
  std::optional<Side> waited;
  const FlowKey key(Protocol::tcp, segment.source, segment.destination);
  auto found = talks.find(key);
  if (found != talks.end() && segment.flags.syn() && !segment.flags.ack()) {
    TcpConversation& old = *found->second.tcp();
    const Side from = segment.source == old.origin().client ? Side::client : Side::server;
    if (old.is_retried_by(segment, from)) {
      old.begin_again(from);
      notes.add(Note::retransmission);  // the SYN of an attempt that failed
    } else if (old.is_replaced_by(segment, from)) {
      notes.add(Note::port_reused);
      if (const auto side = old.waiting(from, now)) waited = *side == from ? Side::client : Side::server;
      std::vector leaving{found};
      let_go(leaving);
      found = talks.end();
    }
  }
  if (found == talks.end()) {
    make_room();
    found =
        talks.emplace(key, Entry{std::make_unique<TcpConversation>(origin_of(segment), options.vantage), next_tcp++})
            .first;
  }
  return {found->second, waited};
}

void Observer::Table::observe(const Segment& segment, const Stamp& at, Observation& out) {
  const auto [entry, waited] = begin_or_go_on(segment, at.time, out.notes);
  TcpConversation& talk = *entry.tcp();
  const Side from = segment.source == talk.origin().client ? Side::client : Side::server;
  out.tcp = talk.leaves(segment, from, at, out.notes);
  if (waited) out.tcp->findings.add(finding::Waited{*waited});
  if (options.vantage == Vantage::tap) talk.arrives(segment, from, at, *out.tcp, out.notes);
  out.stream = {
      entry.number,         Protocol::tcp,        from,         talk.origin().client_assumed, talk.origin().client,
      talk.origin().server, talk.tally().packets, Audience::one};
  follow(segment.ip, segment.source.address, segment.destination.address, at, out);
}

void Observer::Table::observe(const Datagram& datagram, const Stamp& at, Observation& out) {
  const FlowKey key(Protocol::udp, datagram.source, datagram.destination);
  auto found = talks.find(key);
  if (found == talks.end()) {
    make_room();
    StreamSummary counts;
    counts.protocol = Protocol::udp;
    counts.client = datagram.source;
    counts.server = datagram.destination;
    counts.audience = audience_of(datagram, out.packet);
    counts.first = at.time;
    found = talks.emplace(key, Entry{std::make_unique<UdpExchange>(UdpExchange{counts}), next_udp++}).first;
  }
  StreamSummary& counts = found->second.udp();
  const Side from = datagram.source == counts.client ? Side::client : Side::server;
  ++counts.packets;
  counts.last = at.time;
  ++(from == Side::client ? counts.packets_client : counts.packets_server);
  (from == Side::client ? counts.bytes_client : counts.bytes_server) += datagram.payload_length;
  note_ip(datagram.ip, out.notes);
  follow(datagram.ip, datagram.source.address, datagram.destination.address, at, out);
  out.stream = {found->second.number, Protocol::udp, from,           false,
                counts.client,        counts.server, counts.packets, counts.audience};
}

/// The quote names the conversation that the error is about. It moves no state: anybody can send an ICMP packet.
void Observer::Table::observe(const IcmpError& error, const Stamp& at, Observation& out) {
  constexpr int tcp_protocol = 6, udp_protocol = 17;
  note_ip(error.ip, out.notes);
  follow(error.ip, error.source, error.destination, at, out);
  if (is_port_unreachable(error)) out.notes.add(Note::port_unreachable);
  if (!error.quoted_source || !error.quoted_destination) return;
  if (error.quoted_protocol != tcp_protocol && error.quoted_protocol != udp_protocol) return;
  const Protocol protocol = error.quoted_protocol == tcp_protocol ? Protocol::tcp : Protocol::udp;
  const auto found = talks.find(FlowKey(protocol, *error.quoted_source, *error.quoted_destination));
  if (found == talks.end()) return;
  found->second.quoted({at.frame, error.v6, error.type, error.code});
  const StreamSummary about = found->second.summary();
  const Side from = *error.quoted_destination == about.client ? Side::client : Side::server;
  out.stream = {about.number, protocol, from, false, about.client, about.server, about.packets, about.audience};
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

/// TCP, then UDP, each in the order of their numbers.
void Observer::Table::tell_the_end(std::vector<Map::iterator>& leaving) const {
  if (!ended) return;
  std::sort(leaving.begin(), leaving.end(), [](const auto& a, const auto& b) {
    return std::pair(a->second.talk.index(), a->second.number) < std::pair(b->second.talk.index(), b->second.number);
  });
  for (const auto& it : leaving) ended(it->second.summary());
}

void Observer::Table::let_go(std::vector<Map::iterator>& leaving) {
  tell_the_end(leaving);
  for (const auto& it : leaving) talks.erase(it);
}

/// Lets go what has long ended. Its cost is spread over four packets a conversation, and it is spared where too little
/// time has passed for anything to be let go.
void Observer::Table::sweep(Time now) {
  until_sweep = std::max<std::uint64_t>(4096, 4 * talks.size());
  if (now >= swept && now - swept < kept_after_end / 10) return;
  swept = now;
  std::vector<Map::iterator> leaving;
  for (auto it = talks.begin(); it != talks.end(); ++it) {
    const TcpConversation* tcp = it->second.tcp();
    if (tcp && tcp->over() && now - tcp->tally().last > kept_after_end) leaving.push_back(it);
  }
  let_go(leaving);
}

/// A full table loses a sixteenth: what is over, then what never got beyond a SYN, then what has been silent longest.
void Observer::Table::make_room() {
  if (talks.size() < options.conversations) return;
  std::vector<std::pair<std::pair<int, Time>, Map::iterator>> worth;
  for (auto it = talks.begin(); it != talks.end(); ++it) {
    const TcpConversation* tcp = it->second.tcp();
    const Time last = tcp ? tcp->tally().last : it->second.udp().last;
    worth.push_back({{!tcp ? 2 : tcp->over() ? 0 : is_embryonic(tcp->tally()) ? 1 : 2, last}, it});
  }
  const auto count = static_cast<std::ptrdiff_t>(talks.size() / 16 + 1);
  std::nth_element(worth.begin(), worth.begin() + (count - 1), worth.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Map::iterator> leaving;
  for (auto it = worth.begin(); it != worth.begin() + count; ++it) {
    leaving.push_back(it->second);
    let_go_early += it->first.first != 0;
  }
  let_go(leaving);
}

}  // namespace echolab::capture
