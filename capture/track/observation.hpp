// What one packet did: the only value that crosses the middle of the house. Text, JSON, SVG draw the same one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "capture/decode/decoded.hpp"
#include "capture/source/packet.hpp"
#include "capture/track/finding.hpp"
#include "capture/track/fragment_view.hpp"
#include "capture/track/note.hpp"
#include "capture/track/state.hpp"
#include "capture/track/stream_summary.hpp"
#include "capture/track/transition.hpp"

namespace echolab::capture {

/// One endpoint's state around one packet.
struct SideChange {
  State before = State::unknown, after = State::unknown;
  Certainty certainty = Certainty::unknown;  // of `after`
  bool changed() const { return before != after; }
};

/// A rule that fired, for whom.
struct Firing {
  Side side;
  const Rule* rule;
};

/// An earlier belief that this packet disproves: `side` had not received frame `frame` (yet).
struct TakeBack {
  Side side;
  Event event;  // what that packet was believed to have brought
  State believed, truth;
  std::uint64_t frame;  // the packet that had not arrived
  bool lost;            // true: it never arrived (it was sent again). false: it had not arrived when this one was sent
};

/// The steps of the handshake, and the first data after it.
enum class Step : std::uint8_t { syn = 1, syn_ack = 2, ack = 3, data = 4 };

/// Where the packet belongs in its conversation.
struct StreamView {
  std::uint64_t number = 0;  // TCP and UDP apart, from 0, by first packet
  Protocol protocol = Protocol::tcp;
  Side from = Side::client;     // who sent this packet
  bool client_assumed = false;  // no SYN was seen: the higher port was taken for the client
  Endpoint client, server;
  std::uint64_t packet = 1;  // this packet's place in the stream, from 1
  Audience audience = Audience::one;
};

/// The TCP part. Relative numbers: SEQ - ISN of the sender, ACK - ISN of the receiver; where no SYN was seen,
/// the first number seen counts as 1.
struct TcpView {
  std::uint32_t seq = 0, ack = 0;  // relative; ack is 0 where there is no ACK
  SideChange client, server;
  std::array<Firing, 6> firing_slots{};
  std::uint8_t firing_count = 0;
  std::array<TakeBack, 2> take_back_slots{};
  std::uint8_t take_back_count = 0;
  std::uint8_t step_bits = 0;       // bit n set: step n
  std::uint32_t scaled_window = 0;  // bytes; the window field where the scale was not seen
  bool scale_known = true;          // or no scale is needed
  bool window_changed = false;      // the field is another one than in its sender's packet before, or it is the first
  std::uint32_t in_flight = 0;      // bytes that the sender of this has sent and that are not acknowledged
  std::uint32_t peer_next = 0;      // relative: one past the highest number that the peer was seen to send
  std::uint16_t duplicate = 0;      // 2: the second duplicate ACK in a row
  Findings findings;

  /// As new, for another packet. What the counts leave out needs no cleaning.
  void clear();
  std::span<const Firing> firings() const { return {firing_slots.data(), firing_count}; }
  std::span<const TakeBack> take_backs() const { return {take_back_slots.data(), take_back_count}; }
  /// Writes down a rule that fired; nullptr: none did.
  void fire(Side side, const Rule* rule) {
    if (rule && firing_count < firing_slots.size()) firing_slots[firing_count++] = {side, rule};
  }
  bool is_step(Step step) const { return step_bits >> static_cast<int>(step) & 1; }
};

// It names all of them, so that a new one is not forgotten.
inline void TcpView::clear() {
  auto& [seq_now, ack_now, client_end, server_end, firings_left, firings_counted, take_backs_left, take_backs_counted,
         steps, window, scaled, new_window, flying, peer, duplicates, found] = *this;
  seq_now = ack_now = 0;
  client_end = server_end = {};
  firings_counted = take_backs_counted = steps = 0;
  window = flying = peer = 0;
  scaled = true, new_window = false;
  duplicates = 0;
  found.clear();
}

/// An ICMP error has ended the connect() of `side`, if it has arrived.
struct ConnectEnded {
  Side side;
  SideChange change;
  bool hard;  // by RFC 9293, 3.9.2.2, too
};

struct Observation {
  Packet packet{};  // its bytes live as long as the source keeps them
  Decoded decoded{};
  std::optional<StreamView>
      stream{};                  // TCP and UDP packets; for an ICMP error the conversation that it quotes, if known
  std::optional<TcpView> tcp{};  // TCP packets only: UDP has no states
  NoteSet notes{};
  std::optional<FragmentView> fragment{};       // of a fragment
  std::optional<ConnectEnded> connect_ended{};  // of an ICMP error
};

}  // namespace echolab::capture
