#include "tools/lab/story/inference.hpp"

namespace echolab::lab {
namespace {

/// A second delivery is told by itself: from the states that the first has left.
void begin_anew(capture::TcpView& view) {
  view.client.before = view.client.after;
  view.server.before = view.server.after;
  view.firing_count = 0;
}

}  // namespace

void Inference::sent(const Frame& frame) {
  seen_.insert_or_assign(frame.number, Seen{observer_.observe(frame.packet(), frame.decoded)});
}

void Inference::lost(const Frame& frame, bool damaged) {
  if (const auto known = seen_.find(frame.number); known != seen_.end())
    observer_.lost(known->second.observation, damaged);
}

void Inference::delivered(const Frame& frame, capture::Time now) {
  const auto known = seen_.find(frame.number);
  const auto* segment = std::get_if<capture::Segment>(&frame.decoded);
  if (known == seen_.end() || segment == nullptr) return;
  auto& [observation, deliveries] = known->second;
  observer_.look_again(observation);
  if (deliveries++ > 0) begin_anew(*observation.tcp);
  InOrder& direction = arrived_[{observation.stream->number, frame.from}];
  const auto& receiver = observation.stream->from == Host::client ? observation.tcp->server : observation.tcp->client;
  // While the handshake is half done Linux takes any RST in the window: it keeps no more than the request.
  const bool half_open = receiver.after == capture::State::syn_received;
  if (segment->flags.rst() && !half_open && !direction.expects(*segment)) return;
  observer_.delivered(observation, direction.take(*segment), now);
}

const capture::Observation& Inference::seen(const Frame& frame) {
  capture::Observation& observation = seen_.at(frame.number).observation;
  observer_.look_again(observation);
  return observation;
}

}  // namespace echolab::lab
