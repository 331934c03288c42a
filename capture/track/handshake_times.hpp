// The round trip of the handshake as the tap sees it: SYN to SYN,ACK is the way to the server and back, SYN,ACK to ACK
// the way to the client and back; both together are the initial round trip (tshark's tcp.analysis.initial_rtt).
//
// A segment that was sent more than once gives none, for nobody knows which copy was answered (Karn: RFC 6298, 3),
// unless the answer's timestamp echo names the latest copy (RFC 7323, 4.1). A simultaneous open has no such order.
#pragma once

#include <optional>

#include "capture/track/current_segment.hpp"

namespace echolab::capture {

class HandshakeTimes {
 public:
  /// The segment has left its sender, and its view tells which step of the handshake it is.
  void follow(const CurrentSegment& now);

  std::optional<std::chrono::nanoseconds> to_server() const { return known(to_server_); }  // SYN to SYN,ACK
  std::optional<std::chrono::nanoseconds> to_client() const { return known(to_client_); }  // SYN,ACK to ACK

 private:
  friend struct Packing;
  /// The latest copy of a segment that waits for its answer.
  struct Question {
    Time at{};
    std::uint32_t timestamp = 0;
    enum class Asked : std::uint8_t { never, once, again, again_and_told_apart } asked = Asked::never;

    void ask(const Segment& segment, Time now);
    /// The time to its answer, or -1.
    std::int64_t answered_by(const Segment& segment, Time now) const;
  };
  static std::optional<std::chrono::nanoseconds> known(std::int64_t time) {
    return time < 0 ? std::nullopt : std::optional(std::chrono::nanoseconds(time));
  }

  Question syn_, syn_ack_;
  std::int64_t to_server_ = -1, to_client_ = -1;  // nanoseconds
  bool server_answered_ = false, client_answered_ = false;
};

}  // namespace echolab::capture
