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

bool is_sent_again(const capture::NoteSet& notes) {
  return notes.has(Note::retransmission) || notes.has(Note::fast_retransmission) ||
         notes.has(Note::spurious_retransmission);
}

/// Streams have their sequence numbers to themselves.
std::uint64_t place(std::uint64_t stream, std::uint64_t number) { return stream << 32 | number; }

}  // namespace

void PacketCounter::sent(const Observation& observation) {
  if (!observation.stream) return;
  now_ = observation.packet.time;
  ++counts_.packets;
  counts_.bytes += observation.packet.original_length;
  if (is_sent_again(observation.notes)) {
    ++counts_.retransmissions;
    if (counts_.first_dropped && !counts_.noticed) counts_.noticed = now_;
  }
  if (std::holds_alternative<capture::IcmpError>(observation.decoded)) return;
  const bool has_payload = payload_length(observation) > 0;
  if (!data_seen_ && !has_payload) ++counts_.handshake_packets;
  data_seen_ = data_seen_ || has_payload;
  if (!answered_) count_first_answer(*observation.stream, has_payload);
  if (has_payload) count_payload(observation);
}

void PacketCounter::count_first_answer(const capture::StreamView& stream, bool has_payload) {
  const bool turned = last_from_ == Side::client && stream.from == Side::server;
  last_from_ = stream.from;
  if (turned) ++counts_.round_trips_before_answer;
  answered_ = has_payload && stream.from == Side::server;
  if (!answered_) ++counts_.packets_before_answer;
}

void PacketCounter::count_payload(const Observation& observation) {
  const bool answer = observation.stream->from == Side::server;
  const std::uint64_t length = payload_length(observation);
  std::uint64_t begin = 0;
  if (observation.tcp)
    begin = place(observation.stream->number, observation.tcp->seq);
  else
    begin = std::exchange(datagram_bytes_, datagram_bytes_ + length);
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
