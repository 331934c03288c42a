// What a TCP segment shows of others: why it comes again, what it answers, what is missing; and what is wrong with it.
#include "capture/explain/duration.hpp"
#include "capture/explain/segment_facts.hpp"
#include "capture/explain/sentences.hpp"

namespace echolab::capture {
namespace {

/// Why it was sent again, and what that means.
void say_of_copy(std::string& text, const Observation& seen, const Blanks& about, const Catalog& words) {
  const TcpView& tcp = *seen.tcp;
  if (tcp.findings.has<finding::TooSoon>())
    say(text, words[tcp.peer_next > 0 ? Phrase::too_soon : Phrase::too_soon_alone], about);
  if (tcp.findings.has<finding::AskedBySack>()) say(text, words[Phrase::reported_missing], about);
  if (still_full(seen)) say(text, words[Phrase::still_full], about);
}

void say_reset_answers(std::string& text, const finding::ResetAnswers& answer, const Blanks& about,
                       const Catalog& words) {
  Blanks blanks = about;
  blanks.frame = answer.frame, blanks.from = to_string(answer.believed), blanks.to = to_string(answer.truth);
  say(text, words[Phrase::reset_answers_packet], blanks);
  if (answer.believed != answer.truth) say(text, words[Phrase::broke_off_before], blanks);
}

/// What it shows of other packets.
void say_others(std::string& text, const Observation& seen, const Blanks& about, const Catalog& words) {
  const Findings& found = seen.tcp->findings;
  if (const auto* waited = found.find<finding::Waited>())
    say(text, words[waited->side == seen.stream->from ? Phrase::still_waited : Phrase::still_waited_there],
        {.who = name_of(waited->side, words)});
  if (const auto* answer = found.find<finding::ResetAnswers>()) say_reset_answers(text, *answer, about, words);
  if (lacks_peer(seen)) say(text, words[Phrase::gap_without_peer], about);
  if (found.has<finding::OneDirection>()) say(text, words[Phrase::one_direction], about);
  if (acknowledges_fin_unseen(seen))
    say(text, words[Phrase::perhaps_fin], about);
  else if (found.has<finding::FinPerhapsMissed>() && states_known(seen))
    say(text, words[segment_of(seen).flags.rst() ? Phrase::reset_perhaps_fits : Phrase::fin_perhaps_missed], about);
  if (const auto arrived = frames_of<finding::ArrivedAfterAll>(found); !arrived.empty())
    say(text, words[Phrase::arrived_after_all], {.frames = packets(arrived, words)});
  if (const auto* it = found.find<finding::AnsweredBefore>())
    say(text, words[Phrase::answered_before], {.frame = it->frame});
  if (const auto* it = found.find<finding::SentBefore>()) say(text, words[Phrase::sent_before], {.frame = it->frame});
  if (found.has<finding::Overtaken>()) say(text, words[Phrase::overtaken], {});
  if (const auto* it = found.find<finding::HoleStays>())
    say(text, words[Phrase::never_filled], {.who = about.who, .time = duration(it->since)});
  if (found.has<finding::WindowWasZero>()) say(text, words[Phrase::window_opens], about);
  if (found.has<finding::NumberWraps>()) say(text, words[Phrase::number_wraps], {});
  if (const auto* it = found.find<finding::ArrivedInPart>())
    say(text, words[Phrase::arrived_in_part], {.frame = it->frame, .number = it->number});
}

void say_flaws(std::string& text, const Observation& seen, const Blanks& about, const Catalog& words) {
  const TcpView& tcp = *seen.tcp;
  if (const auto* it = tcp.findings.find<finding::FinWithoutAck>())
    say(text, words[Phrase::fin_came_before], {.who = about.who, .frame = it->frame});
  if (lacks_only_ack(seen)) say(text, words[Phrase::fin_without_ack], {});
  if (segment_of(seen).flags.urg() && segment_of(seen).urgent_pointer > segment_of(seen).payload_length)
    say(text, words[Phrase::urgent_beyond], {.bytes = about.bytes, .number = segment_of(seen).urgent_pointer});
  if (!tcp.findings.has<finding::MisplacedFin>()) return;
  const std::uint32_t number = tcp.seq + segment_of(seen).payload_length;  // the SYN has number 0
  say(text, words[number == 0 ? Phrase::fin_in_syn_place : Phrase::misplaced_fin],
      {.peer = about.peer, .number = number});
}

}  // namespace

void say_relations(std::string& text, const Observation& seen, const Blanks& about, const Catalog& words) {
  say_of_copy(text, seen, about, words);
  say_others(text, seen, about, words);
  say_flaws(text, seen, about, words);
}

}  // namespace echolab::capture
