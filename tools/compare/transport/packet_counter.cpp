#include "tools/compare/transport/packet_counter.hpp"

namespace echolab::compare {
namespace {

using capture::Note;
using capture::Observation;
using capture::Side;

std::uint64_t payload_length(const Observation& observation) {
  if (const auto* segment = std::get_if<capture::Segment>(&observation.decoded)) return segment->payload_length;
  if (const auto* datagram = std::get_if<capture::Datagram>(&observation.decoded)) return datagram->payload_length;
  return 0;
}

bool is_retransmission(const capture::NoteSet& notes) {
  return notes.has(Note::retransmission) || notes.has(Note::fast_retransmission) ||
         notes.has(Note::spurious_retransmission);
}

/// What tells a segment from the others of its connection, a datagram from the others of its sender: its number, its
/// bytes. Each direction has its own.
std::uint64_t key_of(const Observation& observation) {
  const std::uint64_t from = observation.stream->from == Side::server ? 1 : 0;
  if (observation.tcp) return (observation.stream->number << 1 | from) << 32 | observation.tcp->seq;
  const auto payload = std::get<capture::Datagram>(observation.decoded).payload;
  const std::string_view bytes(reinterpret_cast<const char*>(payload.data()), payload.size());
  return std::hash<std::string_view>()(bytes) << 1 | from;
}

}  // namespace

void PacketCounter::sent(const Observation& observation) {
  if (!observation.stream) return;
  now_ = observation.packet.time;
  ++counts_.packets;
  counts_.bytes += observation.packet.original_length;
  if (std::holds_alternative<capture::IcmpError>(observation.decoded)) return;
  const std::uint64_t length = payload_length(observation);
  const auto [entry, is_new] = sent_.try_emplace(key_of(observation));
  Sent& it = entry->second;
  if (is_new && observation.tcp) it.begin = observation.stream->number << 32 | observation.tcp->seq;
  if (is_new && !observation.tcp) it.begin = std::exchange(datagram_bytes_, datagram_bytes_ + length);
  const bool again =
      observation.tcp ? is_retransmission(observation.notes) : !is_new && observation.stream->from == Side::client;
  if (again) count_sent_again(!is_new && it.dropped == counts_.dropped);
  it.dropped = counts_.dropped;
  if (!data_seen_ && length == 0) ++counts_.handshake_packets;
  data_seen_ = data_seen_ || length > 0;
  if (!answered_) count_first_answer(*observation.stream, length > 0);
  if (length > 0) count_payload(observation, it.begin);
}

void PacketCounter::count_sent_again(bool too_early) {
  ++counts_.retransmissions;
  if (too_early) ++counts_.too_early;
  if (counts_.first_dropped && !counts_.noticed) counts_.noticed = now_;
}

void PacketCounter::count_first_answer(const capture::StreamView& stream, bool has_payload) {
  const bool turned = last_from_ == Side::client && stream.from == Side::server;
  last_from_ = stream.from;
  if (turned) ++counts_.round_trips_before_answer;
  answered_ = has_payload && stream.from == Side::server;
  if (!answered_) ++counts_.packets_before_answer;
}

void PacketCounter::count_payload(const Observation& observation, std::uint64_t begin) {
  const bool answer = observation.stream->from == Side::server;
  const std::uint64_t length = payload_length(observation);
  (answer ? answers_ : requests_).add(begin, begin + length);
  counts_.payload = requests_.size() + answers_.size();
  if (answer) under_way_[observation.packet.frame] = {begin, begin + length};
}

void PacketCounter::delivered(std::uint64_t frame) {
  const auto found = under_way_.extract(frame);
  if (!found) return;
  arrived_.add(found.mapped().begin, found.mapped().end);
  counts_.answer_bytes_delivered = arrived_.size();
}

void PacketCounter::dropped(std::uint64_t frame) {
  ++counts_.dropped;
  if (!counts_.first_dropped) counts_.first_dropped = now_;
  under_way_.erase(frame);
}

}  // namespace echolab::compare
