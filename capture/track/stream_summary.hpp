// How a conversation went, over all its packets.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "capture/decode/decoded.hpp"
#include "capture/source/packet.hpp"
#include "capture/track/elapsed.hpp"
#include "capture/track/finding.hpp"
#include "capture/track/state.hpp"
#include "capture/track/state_history.hpp"

namespace echolab::capture {

enum class Protocol : std::uint8_t { tcp, udp };

/// Who is at the server's end of a UDP conversation.
enum class Audience : std::uint8_t { one, group, everybody };

/// The handshake's two halves, by the tap's clock. Nothing where it cannot be told: see handshake_times.hpp.
struct RoundTrip {
  std::optional<std::chrono::nanoseconds> to_server;  // SYN to SYN,ACK
  std::optional<std::chrono::nanoseconds> to_client;  // SYN,ACK to ACK
  /// SYN to ACK: from end to end and back, wherever between them the tap is.
  std::optional<std::chrono::nanoseconds> initial() const {
    return to_server && to_client ? std::optional(*to_server + *to_client) : std::nullopt;
  }
};

/// An ICMP error about a conversation.
struct IcmpNotice {
  std::uint64_t frame = 0;
  bool v6 = false;
  std::uint8_t type = 0, code = 0;

  /// Whether the packet that it is about went no further: unreachable, time exceeded, parameter problem (RFC 792; RFC
  /// 4443, 3). A redirect or a source quench lets it pass.
  constexpr bool ends_journey() const {
    if (v6) return type == 1 || type == 3 || type == 4;
    return type == 3 || type == 11 || type == 12;
  }
  /// Whether it ends a connect() that waits for its SYN,ACK: on Linux whatever ends the journey does, but for "too
  /// big".
  constexpr bool ends_connect() const { return ends_journey() && (v6 || type != 3 || code != 4); }
  /// Whether RFC 9293, 3.9.2.2, has it end a connection. The others are soft: a TCP tries on.
  constexpr bool is_hard() const {
    return v6 ? type == 1 && (code == 1 || code == 4) : type == 3 && code >= 2 && code <= 4;
  }
};

/// How a conversation went. Given out once, when it ends, is let go, or the capture ends.
struct StreamSummary {
  enum class Handshake : std::uint8_t { unseen, none, half, complete, refused };
  enum class Closed : std::uint8_t { not_yet, by_fin, by_rst };  // whichever came first
  std::uint64_t number = 0;
  Protocol protocol = Protocol::tcp;
  Endpoint client, server;
  Audience audience = Audience::one;
  std::uint64_t packets = 0;
  std::uint64_t packets_client = 0, packets_server = 0;  // sent by each
  // Payload sent by each: TCP's each byte once, of first fragments their share; UDP's as its headers say.
  std::uint64_t bytes_client = 0, bytes_server = 0;
  std::uint64_t retransmissions_client = 0, retransmissions_server = 0;  // sent by each
  std::uint64_t never_delivered = 0, delivered_in_part = 0;
  std::uint64_t captured_twice = 0;                    // of the packets
  std::uint64_t missed_client = 0, missed_server = 0;  // bytes that each sent, and that the capture does not hold
  std::uint64_t icmp_errors = 0;                       // that quote one of its packets
  IcmpNotice first_icmp{};                             // means nothing while there is none
  State client_state = State::unknown, server_state = State::unknown;  // TCP only
  Certainty client_certainty = Certainty::unknown, server_certainty = Certainty::unknown;
  Handshake handshake = Handshake::unseen;  // TCP only, and so are those below
  RoundTrip round_trip{};
  std::optional<std::chrono::nanoseconds> handshake_took{};  // from the first SYN to the packet that completed it
  Closed closed = Closed::not_yet;
  bool opened_at_once = false;  // simultaneous open
  bool syn_seen = false, syn_ack_seen = false;
  bool only_resets = false;                                   // no other packet was seen
  bool closed_at_once = false;                                // the other end sent its FIN before it knew of the first
  bool end_missed_client = false, end_missed_server = false;  // a FIN may be among what was missed of each
  std::optional<Side> reset_by;                               // who broke it off after a FIN
  std::optional<Side> fin_missed;  // whose FIN the capture most likely missed: the other end, which has closed, has it
  Side closed_by = Side::client;   // means nothing while `closed` is not_yet
  StateTimes client_times{}, server_times{};
  Time first{}, last{};

  /// From its first packet to its last; nothing where one of them has no time, or the clock was set back.
  std::optional<std::chrono::nanoseconds> duration() const { return measured(first, last); }
  std::uint64_t retransmissions() const { return retransmissions_client + retransmissions_server; }
};

std::string_view to_string(StreamSummary::Handshake handshake);
/// "none", "fin", "rst".
std::string_view to_string(StreamSummary::Closed closed);

}  // namespace echolab::capture
