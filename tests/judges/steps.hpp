// How each state of an end follows from the one before.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "capture/track/observation.hpp"

namespace echolab::test {

inline constexpr std::array both_sides{capture::Side::client, capture::Side::server};

inline const capture::SideChange& change(const capture::TcpView& tcp, capture::Side side) {
  return side == capture::Side::client ? tcp.client : tcp.server;
}
inline const capture::Segment& segment_of(const capture::Observation& seen) {
  return std::get<capture::Segment>(seen.decoded);
}
/// Of a self-connect both ends are one.
inline bool is_self_connected(const capture::Observation& seen) { return seen.stream->client == seen.stream->server; }

/// A capture's conversations, packet by packet.
class Steps {
 public:
  /// Where an end does not begin in the state in which its last packet left it: time ended its TIME_WAIT, another
  /// attempt began, or what had crossed its packet has come since, and nothing else.
  std::string breaks(const capture::Observation& seen);
  /// Where neither a row of the table, nor a belief that is taken back, nor a proof that has a name leads on.
  std::string lacks_proof(const capture::Observation& seen);

  int packets = 0, waited = 0, tried_again = 0, came_late = 0;
  std::map<std::string_view, int> proofs;  // how often each was needed

 private:
  struct Left {
    capture::State state;
    capture::Time since;     // it has been so
    bool waits_for = false;  // a packet that had not come yet: it is believed to come later
  };
  bool is_named(const capture::Observation& seen, capture::State begins, const Left& left);

  std::map<std::pair<std::uint64_t, capture::Side>, Left> left_;
};

}  // namespace echolab::test
