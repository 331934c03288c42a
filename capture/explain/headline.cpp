// The segment's role in a few words.
#include <algorithm>

#include "capture/explain/segment.hpp"

namespace echolab::capture {
namespace {

using Headline = OneOf<Blank::ack>;

constexpr Headline syn{Level::headline, "SYN: may I open a connection?", "SYN: 연결해도 됩니까?"};
constexpr Headline syn_ack{Level::headline, "SYN,ACK: yes, and may I too?",
                           "SYN,ACK: 좋습니다. 이쪽도 연결해도 됩니까?"};
constexpr Headline crossed_syn{Level::headline, "SYN: I was asking you!", "SYN: 이쪽에서도 요청하던 참입니다"};
constexpr Headline crossed_syn_ack{Level::headline, "SYN,ACK: yes; I have asked, too",
                                   "SYN,ACK: 좋습니다. 이쪽도 이미 요청했습니다"};
constexpr Headline handshake_ack{Level::headline, "ACK: yes, we are connected", "ACK: 네, 연결되었습니다"};
constexpr Headline data{Level::headline, "data", "데이터"};
constexpr Headline received{Level::headline, "ACK: received", "ACK: 잘 받았습니다"};
constexpr Headline fin{Level::headline, "FIN: I have nothing more to send", "FIN: 더 보낼 것이 없습니다"};
constexpr Headline second_fin{Level::headline, "FIN: neither have I", "FIN: 이쪽도 더 보낼 것이 없습니다"};
constexpr Headline ack_of_fin{Level::headline, "ACK: I have your FIN", "ACK: FIN을 받았습니다"};
constexpr Headline refusal{Level::headline, "RST: nobody listens here", "RST: 여기서 기다리는 프로그램이 없습니다"};
constexpr Headline reset{Level::headline, "RST: this connection is over", "RST: 이 연결은 끝났습니다"};
constexpr Headline ignored_reset{Level::headline, "RST: it does not fit, so it is ignored",
                                 "RST: 맞지 않아 무시됩니다"};
constexpr Headline no_flags{Level::headline, "a segment without a meaning", "뜻이 없는 세그먼트"};
constexpr Headline zero_window_probe{Level::headline, "probe: is there room again?", "probe: 다시 자리가 났습니까?"};
constexpr Headline keep_alive{Level::headline, "keep-alive: are you still there?", "keep-alive: 아직 살아 있습니까?"};
constexpr Headline window_update{Level::headline, "ACK: my window changed", "ACK: window가 바뀌었습니다"};
constexpr Headline duplicate_ack{Level::headline, "ACK: still waiting for number {ack}",
                                 "ACK: 아직 {ack}번을 기다립니다"};
constexpr Sentence again{Level::headline, "again, {what}", "재전송, {what}"};
constexpr Sentence captured_again{Level::headline, "captured twice, {what}", "두 번 잡힘, {what}"};

bool fired(const SegmentStory& story, Reason reason) {
  return std::ranges::any_of(story.tcp.firings(), [=](const Firing& firing) { return firing.rule->reason == reason; });
}

bool acknowledges_fin(const SegmentStory& story) {
  const auto* original = story.found<finding::Original>();
  return fired(story, Reason::fin_acknowledged) || fired(story, Reason::last_fin_acknowledged) ||
         fired(story, Reason::crossed_fin_acknowledged) || (original && original->acknowledges_fin);
}

bool is_third_step(const SegmentStory& story) {
  const auto* original = story.found<finding::Original>();
  const unsigned steps = story.tcp.step_bits | (original ? original->step_bits : 0u);
  return steps >> static_cast<int>(Step::ack) & 1;
}

/// Its own packet shows that the peer's FIN has arrived.
bool learns_of_fin(const SegmentStory& story) {
  return std::ranges::any_of(story.tcp.firings(), [&](const Firing& firing) {
    return firing.side == story.from() && firing.rule->event == Event::receive_fin;
  });
}

const Headline& of_fin(const SegmentStory& story) {
  if (learns_of_fin(story)) return second_fin;
  if (!story.tcp.take_backs().empty()) return fin;  // it knew of no FIN of the peer
  const State before = story.change(story.from()).before;
  return before == State::close_wait || before == State::last_ack ? second_fin : fin;
}

/// Captured twice, it is what it was.
NoteSet notes_of(const SegmentStory& story) {
  const auto* original = story.found<finding::Original>();
  return original ? original->notes : story.seen.notes;
}

const Headline& headline_of(const SegmentStory& story) {
  const TcpFlags flags = story.segment.flags;
  const NoteSet notes = notes_of(story);
  if (notes.has(Note::illegal_flags) && !story.resets()) return no_flags;
  if (notes.has(Note::reset_ignored)) return ignored_reset;
  if (flags.rst()) return notes.has(Note::refused) ? refusal : reset;
  if (flags.syn() && flags.ack()) return story.found<finding::AskedItself>() ? crossed_syn_ack : syn_ack;
  if (flags.syn()) return story.from() == Side::client ? syn : crossed_syn;
  if (flags.fin()) return of_fin(story);
  if (notes.has(Note::zero_window_probe)) return zero_window_probe;
  if (notes.has(Note::keep_alive)) return keep_alive;
  if (is_third_step(story)) return handshake_ack;
  if (story.segment.payload_length > 0) return data;
  if (acknowledges_fin(story)) return ack_of_fin;
  if (notes.has(Note::duplicate_ack)) return duplicate_ack;
  if (notes.has(Note::window_update) && !story.answers_old_syn()) return window_update;
  return flags.ack() ? received : no_flags;
}

}  // namespace

void tell_headline(const SegmentStory& story) {
  const Headline& role = headline_of(story);
  const auto awaited = ack(story.tcp.ack);
  Plan& plan = story.plan;
  if (story.has(Note::duplicate_frame))
    plan.say<captured_again>(plan.part<Blank::what>(role, awaited));
  else if (story.sent_again())
    plan.say<again>(plan.part<Blank::what>(role, awaited));
  else
    plan.say(role, awaited);
}

}  // namespace echolab::capture
