#include "tools/lab/witness.hpp"

namespace echolab::lab {
namespace {

/// A second delivery is told by itself: from the states that the first has left.
void begin_anew(capture::TcpView& view) {
  view.client.before = view.client.after;
  view.server.before = view.server.after;
  view.firing_count = 0;
}

}  // namespace

void Witness::sent(const Frame& frame) {
  auto& observation = seen_.insert_or_assign(frame.number, Seen{observer_.sent(frame.packet(), frame.decoded)})
                          .first->second.observation;
  // A tap must take a copy as a sign that its original got lost; the wire knows better.
  if (!observation.tcp) return;
  capture::Findings kept;
  observation.tcp->findings.each([&](const auto& found) {
    using Kind = std::remove_cvref_t<decltype(found)>;
    if constexpr (std::is_same_v<Kind, capture::finding::ArrivedAfterAll>) return;
    if constexpr (std::is_same_v<Kind, capture::finding::NeverDelivered>)
      if (!lost_.contains(found.frame)) return;
    kept.add(found);
  });
  observation.tcp->findings = kept;
  if (!kept.has<capture::finding::NeverDelivered>()) observation.notes.remove(capture::Note::never_delivered);
}

void Witness::delivered(const Frame& frame, capture::Time now) {
  const auto known = seen_.find(frame.number);
  const auto* segment = std::get_if<capture::Segment>(&frame.decoded);
  if (known == seen_.end() || segment == nullptr) return;
  auto& [observation, deliveries] = known->second;
  observer_.look_again(observation);
  if (deliveries++ > 0) begin_anew(*observation.tcp);
  lost_.erase(frame.number);  // the second copy of a corrupted frame goes whole
  InOrder& direction = arrived_[{observation.stream->number, frame.from}];
  const auto& receiver = observation.stream->from == Host::client ? observation.tcp->server : observation.tcp->client;
  // While the handshake is half done Linux takes any RST in the window: it keeps no more than the request.
  const bool half_open = receiver.after == capture::State::syn_received;
  if (segment->flags.rst() && !half_open && !direction.expects(*segment)) return;
  observer_.delivered(observation, direction.take(*segment), now);
}

const capture::Observation& Witness::seen(const Frame& frame) {
  capture::Observation& observation = seen_.at(frame.number).observation;
  observer_.look_again(observation);
  return observation;
}

}  // namespace echolab::lab
