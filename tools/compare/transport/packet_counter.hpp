// Counts what passes between one client and one server: from the capture library's observations alone, so that a wire,
// a sniffer and a file give the same numbers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "capture/track/observation.hpp"
#include "tools/compare/transport/coverage.hpp"
#include "tools/compare/transport/plan.hpp"

namespace echolab::compare {

struct Counts {
  std::uint64_t packets = 0, dropped = 0;  // sent by either side; of these lost by the wire
  std::uint64_t bytes = 0;                 // of whole frames, with the Ethernet header
  std::uint64_t payload = 0;               // of the programs' bytes, each counted once
  std::uint64_t handshake_packets = 0;     // before the first packet with a program's bytes
  std::uint64_t packets_before_answer = 0, round_trips_before_answer = 0;
  std::uint64_t retransmissions = 0;         // of a datagram: the client's program sent the same bytes again
  std::uint64_t too_early = 0;               // of these: the wire had dropped nothing since the bytes were sent last
  std::uint64_t answer_bytes_delivered = 0;  // each counted once
  std::optional<capture::Time> first_dropped = {};
  std::optional<capture::Time> noticed = {};  // the first retransmission after it
};

class PacketCounter {
 public:
  /// The packet has left its sender. What belongs to no conversation of this protocol is not counted; an ICMP error is
  /// where it quotes one.
  void sent(const capture::Observation& observation);
  /// The other end has the packet; or it never will. To be said once for each that was sent.
  void delivered(std::uint64_t frame);
  void dropped(std::uint64_t frame);

  const Counts& counts() const { return counts_; }

 private:
  struct Range {
    std::uint64_t begin, end;
  };
  struct Sent {
    std::uint64_t begin = 0;    // of its bytes among all that were sent
    std::uint64_t dropped = 0;  // by the wire, when it was sent last
  };
  void count_sent_again(bool too_early);
  void count_payload(const capture::Observation& observation, std::uint64_t begin);
  void count_first_answer(const capture::StreamView& stream, bool has_payload);

  Counts counts_;
  capture::Time now_{};
  std::map<std::uint64_t, Range> under_way_;  // by frame: the bytes of an answer
  Coverage requests_, answers_, arrived_;
  std::uint64_t datagram_bytes_ = 0;              // stands for the sequence number that UDP has not
  std::unordered_map<std::uint64_t, Sent> sent_;  // by what tells it from the others
  std::optional<capture::Side> last_from_;
  bool data_seen_ = false, answered_ = false;
};

}  // namespace echolab::compare
