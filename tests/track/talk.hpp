// A conversation to test with: each packet is one line, and a failure prints every line so far.
#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "capture/track/observer.hpp"

namespace echolab::test {

// The states as the RFC writes them.
inline constexpr auto UNKNOWN = capture::State::unknown, CLOSED = capture::State::closed,
                      LISTEN = capture::State::listen, SYN_SENT = capture::State::syn_sent,
                      SYN_RECEIVED = capture::State::syn_received, ESTABLISHED = capture::State::established,
                      FIN_WAIT_1 = capture::State::fin_wait_1, FIN_WAIT_2 = capture::State::fin_wait_2,
                      CLOSE_WAIT = capture::State::close_wait, CLOSING = capture::State::closing,
                      LAST_ACK = capture::State::last_ack, TIME_WAIT = capture::State::time_wait;

class Talk {
 public:
  /// Initial sequence numbers, so that wrapping can be tested too.
  explicit Talk(std::uint32_t client_isn = 1000, std::uint32_t server_isn = 5'000'000);

  /// The client's, the server's next packet as a tap sees it. Time goes on by a millisecond before each.
  const capture::Observation& client(std::string_view packet) { return say(capture::Side::client, packet); }
  const capture::Observation& server(std::string_view packet) { return say(capture::Side::server, packet); }
  /// Lets time pass.
  Talk& wait(std::chrono::nanoseconds time);
  /// Another connection attempt of the same four-tuple starts at these numbers.
  void renumber(std::uint32_t client_isn, std::uint32_t server_isn);

  const capture::Observation& last() const { return last_; }
  /// What was found of the last packet, if it was; the frame that it names; and of several the frames of all.
  template <class Kind>
  std::optional<Kind> found() const {
    const Kind* it = last_.tcp->findings.find<Kind>();
    return it ? std::optional(*it) : std::nullopt;
  }
  template <class Kind>
  std::optional<std::uint64_t> frame() const {
    return found<Kind>() ? std::optional(found<Kind>()->frame) : std::nullopt;
  }
  template <class Kind>
  std::vector<std::uint64_t> frames() const {
    return frames_of<Kind>(last_.tcp->findings);
  }
  capture::State client_state() const { return last_.tcp->client.after; }
  capture::State server_state() const { return last_.tcp->server.after; }
  /// Ends the capture and returns the conversations' summaries, in the order they came.
  const std::vector<capture::StreamSummary>& finish();
  std::string story() const;

 private:
  const capture::Observation& say(capture::Side from, std::string_view packet);

  std::uint32_t isn_[2];
  capture::Time now_{std::chrono::seconds(1'700'000'000)};
  std::uint64_t frame_ = 0;
  std::vector<std::string> lines_;
  std::unique_ptr<std::vector<capture::StreamSummary>> ended_;  // stays where it is when the talk moves
  capture::Observer observer_;
  capture::Observation last_;
};

/// After the three-way handshake: frames 1 to 3.
Talk established();

void PrintTo(const Talk& talk, std::ostream* out);

MATCHER_P2(in, client, server, "in " + std::string(to_string(client)) + ", " + std::string(to_string(server))) {
  return arg.client_state() == client && arg.server_state() == server;
}
MATCHER_P2(certain, client, server,
           "certain: " + std::string(to_string(client)) + ", " + std::string(to_string(server))) {
  return arg.last().tcp->client.certainty == client && arg.last().tcp->server.certainty == server;
}
MATCHER_P(noted, note, "noted " + std::string(to_string(note))) { return arg.last().notes.has(note); }

}  // namespace echolab::test
