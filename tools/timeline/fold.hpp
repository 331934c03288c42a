// A burst of like events is folded: its beginning is told, the rest is counted. A reader cannot read a million lines.
#pragma once

#include <cstdint>

#include "net/call_log.hpp"

namespace echolab::timeline {

class Fold {
 public:
  enum class Event : std::uint8_t { call, packet };
  struct Counts {
    std::uint64_t calls = 0, packets = 0;
    bool any() const { return calls != 0 || packets != 0; }
  };

  /// Whether a routine event at `time` is to be told. Routine: it moves no state and fails in nothing.
  bool tells(Event event, net::WallTime time);

  /// Whether the burst is over by `time`: nothing routine has happened for a while.
  bool over(net::WallTime time) const { return time - last_ > pause; }

  /// Ends the burst and gives out what was folded in it.
  Counts end();

  static constexpr int shown = 200;                       // events of a burst that are told
  static constexpr std::chrono::milliseconds pause{100};  // a burst ends with a pause this long

 private:
  int told_ = 0;
  Counts folded_;
  net::WallTime last_{};
};

}  // namespace echolab::timeline
