#include <algorithm>

#include "capture/explain/sentences.hpp"

namespace echolab::capture {
namespace {

bool fired(const TcpView& tcp, Reason reason) {
  return std::ranges::any_of(tcp.firings(), [reason](const Firing& firing) { return firing.rule->reason == reason; });
}

const finding::Original* original_of(const TcpView& tcp) { return tcp.findings.find<finding::Original>(); }

bool acknowledges_fin(const TcpView& tcp) {
  return fired(tcp, Reason::fin_acknowledged) || fired(tcp, Reason::last_fin_acknowledged) ||
         fired(tcp, Reason::crossed_fin_acknowledged) || (original_of(tcp) && original_of(tcp)->acknowledges_fin);
}

bool is_step(const TcpView& tcp, Step step) {
  return tcp.is_step(step) || (original_of(tcp) && original_of(tcp)->step_bits >> static_cast<int>(step) & 1);
}

/// Its own packet shows that the peer's FIN has arrived.
bool learns_of_fin(const TcpView& tcp, Side side) {
  return std::ranges::any_of(tcp.firings(), [side](const Firing& firing) {
    return firing.side == side && firing.rule->event == Event::receive_fin;
  });
}

bool peer_closed_before(const SideChange& sender) {
  return sender.before == State::close_wait || sender.before == State::last_ack;
}

}  // namespace

Headline headline_of(const Observation& seen) {
  const auto& segment = std::get<Segment>(seen.decoded);
  const TcpView& tcp = *seen.tcp;
  const Side from = seen.stream->from;
  const NoteSet notes = original_of(tcp) ? original_of(tcp)->notes : seen.notes;  // captured twice, it is what it was
  const auto noted = [notes](Note note) { return notes.has(note); };

  if (noted(Note::illegal_flags)) return Headline::no_flags;
  if (noted(Note::reset_ignored)) return Headline::ignored_reset;
  if (segment.flags.rst()) return noted(Note::refused) ? Headline::refusal : Headline::reset;
  if (segment.flags.syn() && segment.flags.ack())
    return tcp.findings.has<finding::AskedItself>() ? Headline::crossed_syn_ack : Headline::syn_ack;
  if (segment.flags.syn()) return from == Side::client ? Headline::syn : Headline::crossed_syn;
  if (segment.flags.fin() && learns_of_fin(tcp, from)) return Headline::second_fin;
  if (segment.flags.fin() && !tcp.take_backs().empty()) return Headline::fin;  // it knew of no FIN of the peer
  if (segment.flags.fin())
    return peer_closed_before(from == Side::client ? tcp.client : tcp.server) ? Headline::second_fin : Headline::fin;
  if (noted(Note::zero_window_probe)) return Headline::zero_window_probe;
  if (noted(Note::keep_alive)) return Headline::keep_alive;
  if (is_step(tcp, Step::ack)) return Headline::handshake_ack;
  if (segment.payload_length > 0) return Headline::data;
  if (acknowledges_fin(tcp)) return Headline::ack_of_fin;
  if (noted(Note::duplicate_ack)) return Headline::duplicate_ack;
  if (noted(Note::window_update)) return Headline::window_update;
  return segment.flags.ack() ? Headline::ack : Headline::no_flags;
}

}  // namespace echolab::capture
