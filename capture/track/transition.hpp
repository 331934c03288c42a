// The TCP state machine as one table. Read RFC 9293, figure 5 and section 3.10, before editing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "capture/track/state.hpp"

namespace echolab::capture {

/// What happens to one endpoint. `send_*` is its own packet leaving it, `receive_*` the peer's packet reaching it.
enum class Event : std::uint8_t {
  send_syn,
  send_syn_ack,
  send_fin,
  send_rst,
  receive_syn,
  receive_syn_ack,     // one that acknowledges our SYN
  receive_ack_of_syn,  // any segment that acknowledges our SYN or SYN,ACK
  receive_fin,         // with everything before it received
  receive_ack_of_fin,
  receive_rst,      // an acceptable one: RFC 9293, 3.5.3 and 3.10.7
  receive_refusal,  // an acceptable RST in answer to a SYN of an active open
  time_wait_over,   // twice the maximum segment lifetime has passed
};
inline constexpr std::size_t event_count = 12;

/// Why a rule exists, as a key: the sentence is in explain's catalogs, in each language.
enum class Reason : std::uint8_t {
  active_open,           // the program called connect()
  passive_open_answers,  // a listener answers a SYN with SYN,ACK
  simultaneous_syn,      // a SYN meets a SYN
  syn_acknowledged,      // our SYN is acknowledged and the peer's SYN is here: open
  handshake_complete,    // the ACK of our SYN,ACK: open
  first_close,           // the program closes first
  second_close,          // the program closes after its peer
  peer_closed,           // the peer's FIN: it will send no more
  fin_acknowledged,      // the peer has our FIN; its own direction is still open
  fins_crossed,          // the peer's FIN comes before the ACK of ours
  crossed_fin_acknowledged,
  both_closed,            // the last FIN: wait in case our ACK is lost
  fin_repeated,           // the peer's FIN again: our ACK was lost, answer and wait anew
  last_fin_acknowledged,  // the ACK of the last FIN: nothing is kept
  refused,                // RST answers our SYN
  reset_received,
  reset_sent,
  back_to_listen,  // RST in SYN_RECEIVED of a passive open: the listener listens on
  nobody_listens,  // the RST of a host without a listener
  waited_long_enough,
};
inline constexpr int reason_count = 20;

struct Rule {
  State from;
  Event event;
  State to;
  std::string_view section;  // of RFC 9293
  Reason reason;
};

/// Every row, in the order of the states.
std::span<const Rule> transition_table();

/// The row for (from, event), or nullptr where the event leaves this state as it is.
const Rule* transition(State from, Event event);

/// "send SYN", "receive ACK of FIN".
std::string_view to_string(Event event);

}  // namespace echolab::capture
