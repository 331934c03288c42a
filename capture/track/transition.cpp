// Read RFC 9293, figure 5 (section 3.3.2) and section 3.10 before editing. Read the table aloud: each row is a
// sentence.
#include "capture/track/transition.hpp"

#include <array>

namespace echolab::capture {
namespace {

using enum State;
using enum Event;
using R = Reason;

// clang-format off
constexpr auto table = std::to_array<Rule>({
    // from         event               to            RFC 9293      why
    {closed,       send_syn,           syn_sent,     "3.10.1",   R::active_open},
    {closed,       send_syn_ack,       syn_received, "3.10.7.2", R::passive_open_answers},

    {listen,       receive_syn,        syn_received, "3.10.7.2", R::passive_open_answers},
    {listen,       send_syn_ack,       syn_received, "3.10.7.2", R::passive_open_answers},
    {listen,       send_syn,           syn_sent,     "3.10.2",   R::active_open},
    {listen,       send_rst,           closed,       "3.10.7.1", R::nobody_listens},

    {syn_sent,     receive_syn_ack,    established,  "3.10.7.3", R::syn_acknowledged},
    {syn_sent,     receive_syn,        syn_received, "3.10.7.3", R::simultaneous_syn},
    {syn_sent,     send_syn_ack,       syn_received, "3.10.7.3", R::simultaneous_syn},
    {syn_sent,     receive_refusal,    closed,       "3.10.7.3", R::refused},
    {syn_sent,     send_rst,           closed,       "3.10.5",   R::reset_sent},

    {syn_received, receive_ack_of_syn, established,  "3.10.7.4", R::handshake_complete},
    {syn_received, send_fin,           fin_wait_1,   "3.10.4",   R::first_close},
    {syn_received, receive_fin,        close_wait,   "3.10.7.4", R::peer_closed},
    {syn_received, receive_rst,        listen,       "3.10.7.4", R::back_to_listen},
    {syn_received, receive_refusal,    closed,       "3.10.7.4", R::refused},
    {syn_received, send_rst,           closed,       "3.10.5",   R::reset_sent},

    {established,  send_fin,           fin_wait_1,   "3.10.4",   R::first_close},
    {established,  receive_fin,        close_wait,   "3.10.7.4", R::peer_closed},
    {established,  receive_rst,        closed,       "3.10.7.4", R::reset_received},
    {established,  send_rst,           closed,       "3.10.5",   R::reset_sent},

    {fin_wait_1,   receive_ack_of_fin, fin_wait_2,   "3.10.7.4", R::fin_acknowledged},
    {fin_wait_1,   receive_fin,        closing,      "3.10.7.4", R::fins_crossed},
    {fin_wait_1,   receive_rst,        closed,       "3.10.7.4", R::reset_received},
    {fin_wait_1,   send_rst,           closed,       "3.10.5",   R::reset_sent},

    {fin_wait_2,   receive_fin,        time_wait,    "3.10.7.4", R::both_closed},
    {fin_wait_2,   receive_rst,        closed,       "3.10.7.4", R::reset_received},
    {fin_wait_2,   send_rst,           closed,       "3.10.5",   R::reset_sent},

    {close_wait,   send_fin,           last_ack,     "3.10.4",   R::second_close},
    {close_wait,   receive_rst,        closed,       "3.10.7.4", R::reset_received},
    {close_wait,   send_rst,           closed,       "3.10.5",   R::reset_sent},

    {closing,      receive_ack_of_fin, time_wait,    "3.10.7.4", R::crossed_fin_acknowledged},
    {closing,      receive_rst,        closed,       "3.10.7.4", R::reset_received},
    {closing,      send_rst,           closed,       "3.10.5",   R::reset_sent},

    {last_ack,     receive_ack_of_fin, closed,       "3.10.7.4", R::last_fin_acknowledged},
    {last_ack,     receive_rst,        closed,       "3.10.7.4", R::reset_received},
    {last_ack,     send_rst,           closed,       "3.10.5",   R::reset_sent},

    {time_wait,    receive_fin,        time_wait,    "3.10.7.4", R::fin_repeated},
    {time_wait,    receive_rst,        closed,       "3.10.7.4", R::reset_received},
    {time_wait,    send_rst,           closed,       "3.10.5",   R::reset_sent},
    {time_wait,    time_wait_over,     closed,       "3.10.8",   R::waited_long_enough},
});
// clang-format on

}  // namespace

std::span<const Rule> transition_table() { return table; }

const Rule* transition(State from, Event event) {
  static constexpr auto index = [] {
    std::array<std::array<const Rule*, event_count>, state_count> by_state{};
    for (const Rule& rule : table)
      by_state[static_cast<std::size_t>(rule.from)][static_cast<std::size_t>(rule.event)] = &rule;
    return by_state;
  }();
  return index[static_cast<std::size_t>(from)][static_cast<std::size_t>(event)];
}

std::string_view to_string(Event event) {
  switch (event) {
    case send_syn: return "send SYN";
    case send_syn_ack: return "send SYN,ACK";
    case send_fin: return "send FIN";
    case send_rst: return "send RST";
    case receive_syn: return "receive SYN";
    case receive_syn_ack: return "receive SYN,ACK";
    case receive_ack_of_syn: return "receive ACK of SYN";
    case receive_fin: return "receive FIN";
    case receive_ack_of_fin: return "receive ACK of FIN";
    case receive_rst:
    case receive_refusal: return "receive RST";
    case time_wait_over: return "TIME-WAIT timeout";
  }
  return "";
}

}  // namespace echolab::capture
