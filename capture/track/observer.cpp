#include "capture/track/observer.hpp"

#include <random>
#include <variant>

#include "capture/track/observer_table.hpp"

namespace echolab::capture {
namespace {

/// Whether all of the transport's bytes were captured: what a frame has behind them, padding, nobody misses.
bool is_whole(const Decoded& decoded) {
  if (const auto* segment = std::get_if<Segment>(&decoded))
    return segment->payload.size() == segment->payload_length && !segment->options.cut;
  const auto* datagram = std::get_if<Datagram>(&decoded);
  return datagram != nullptr && datagram->payload.size() == datagram->payload_length - datagram->absent;
}

/// Nobody can know it beforehand: it differs in every run.
std::uint64_t new_seed() { return std::random_device{}() | 1ull << 40; }

}  // namespace

Observer::Table::Table(StreamEnded stream_ended, ObserverOptions chosen, PacketUnfinished unfinished)
    : ended(std::move(stream_ended)),
      options(chosen),
      fragments(new_seed(), std::move(unfinished)),
      conversations(new_seed(), chosen.unpacked) {}

Observer::Observer(StreamEnded stream_ended, ObserverOptions options, PacketUnfinished packet_unfinished)
    : table_(std::make_unique<Table>(std::move(stream_ended), options, std::move(packet_unfinished))) {}
Observer::~Observer() = default;
Observer::Observer(Observer&&) noexcept = default;
Observer& Observer::operator=(Observer&&) noexcept = default;

void Observer::observe(Observation& seen) { table_->look_at(seen); }

Observation Observer::observe(const Packet& packet, const Decoded& decoded) {
  Observation seen{.packet = packet, .decoded = decoded};
  observe(seen);
  return seen;
}

void Observer::delivered(Observation& seen, const Segment& taken, Time now) {
  if (TcpConversation* conversation = table_->known(seen))
    conversation->arrives(taken, seen.stream->from, {seen.packet.frame, now}, *seen.tcp, seen.notes);
}

void Observer::lost(const Observation& seen, bool damaged) {
  if (TcpConversation* conversation = table_->known(seen))
    conversation->lost(seen.stream->from, seen.packet.frame, damaged);
}

void Observer::look_again(Observation& seen) const {
  if (const TcpConversation* conversation = table_->known(seen)) conversation->look_again(*seen.tcp);
}

void Observer::finish() {
  std::vector<ConversationTable::Place> all;
  table_->conversations.each([&](ConversationTable::Place place, const Conversation&) { all.push_back(place); });
  table_->let_go(std::move(all));
  table_->fragments.finish();
}

std::uint64_t Observer::let_go_early() const { return table_->let_go_early; }
std::uint64_t Observer::after_end() const { return table_->after_end; }

void Observer::Table::look_at(Observation& out) {
  const Packet& packet = out.packet;
  out.stream.reset();
  out.notes = {};
  out.fragment.reset();
  out.connect_ended.reset();
  if (!std::holds_alternative<Segment>(out.decoded)) out.tcp.reset();
  if (--until_sweep == 0) sweep(packet.time);
  if (packet.bytes.size() < packet.original_length && !is_whole(out.decoded)) out.notes.add(Note::truncated);
  const auto ip = [](const auto& what) -> const IpInfo& { return what.ip; };
  if (std::visit(ip, out.decoded).has_bad_checksum()) out.notes.add(Note::bad_checksum);
  std::visit([&](const auto& what) { observe(what, {packet.frame, packet.time}, out); }, out.decoded);
}

TcpConversation* Observer::Table::known(const Observation& seen) {
  if (!seen.tcp) return nullptr;
  const auto place = conversations.find({Protocol::tcp, seen.stream->client, seen.stream->server});
  return place != ConversationTable::none && conversations.at(place).number == seen.stream->number
             ? &conversations.tcp(place)
             : nullptr;
}

}  // namespace echolab::capture
