#include "capture/program/top_streams.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace echolab::capture {
namespace {

std::int64_t size_of(const StreamSummary& stream, Measure measure) {
  switch (measure) {
    case Measure::bytes: return static_cast<std::int64_t>(stream.bytes_client + stream.bytes_server);
    case Measure::packets: return static_cast<std::int64_t>(stream.packets);
    case Measure::duration: return stream.duration().value_or(std::chrono::nanoseconds(-1)).count();
    case Measure::again: break;
  }
  return static_cast<std::int64_t>(stream.retransmissions());
}

/// Whether the one comes before the other.
auto before(Measure measure) {
  return [measure](const StreamSummary& a, const StreamSummary& b) {
    const auto a_size = size_of(a, measure), b_size = size_of(b, measure);
    return std::tuple(b_size, a.protocol, a.number) < std::tuple(a_size, b.protocol, b.number);
  };
}

}  // namespace

void TopStreams::add(const StreamSummary& stream) {
  ++added_;
  kept_.push_back(stream);
  std::ranges::push_heap(kept_, before(measure_));
  if (kept_.size() <= most_) return;
  std::ranges::pop_heap(kept_, before(measure_));
  kept_.pop_back();
}

std::vector<StreamSummary> TopStreams::take() {
  std::ranges::sort_heap(kept_, before(measure_));
  return std::exchange(kept_, {});
}

}  // namespace echolab::capture
