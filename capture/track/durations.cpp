#include "capture/track/durations.hpp"

#include <algorithm>
#include <bit>

namespace echolab::capture {
namespace {

// Bins of nanoseconds: 0 to 127 have one each; from there on every power of two has 64.
constexpr std::size_t steps_bits = 6;
constexpr std::uint64_t steps = 1u << steps_bits;

std::size_t bin_of(std::uint64_t nanoseconds) {
  if (nanoseconds < 2 * steps) return nanoseconds;
  const std::size_t shift = std::bit_width(nanoseconds) - (steps_bits + 1);
  return shift * steps + (nanoseconds >> shift);
}

std::uint64_t middle_of(std::size_t bin) {
  if (bin < 2 * steps) return bin;
  const std::size_t shift = bin / steps - 1;
  const std::uint64_t low = (bin - shift * steps) << shift;
  return low + ((std::uint64_t{1} << shift) >> 1);
}

}  // namespace

void Durations::add(std::chrono::nanoseconds lasted) {
  least_ = count_ == 0 ? lasted : std::min(least_, lasted);
  most_ = std::max(most_, lasted);
  ++count_;
  const std::size_t bin = bin_of(static_cast<std::uint64_t>(lasted.count()));
  if (bin >= bins_.size()) bins_.resize(bin + 1);
  ++bins_[bin];
}

std::chrono::nanoseconds Durations::median() const {
  std::uint64_t before = (count_ + 1) / 2;  // counts down to the one in the middle
  for (std::size_t bin = 0; bin < bins_.size(); ++bin) {
    if (bins_[bin] >= before) return std::clamp(std::chrono::nanoseconds(middle_of(bin)), least_, most_);
    before -= bins_[bin];
  }
  return {};
}

void StayStatistics::add(const StreamSummary& stream) {
  for (const Side side : {Side::client, Side::server}) {
    const StateTimes& times = side == Side::client ? stream.client_times : stream.server_times;
    for (std::size_t state = 0; state < times.left.size(); ++state)
      if (times.left.test(state)) by_side_[static_cast<std::size_t>(side)][state].add(times.lasted[state]);
  }
}

}  // namespace echolab::capture
