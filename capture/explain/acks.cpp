// What a segment does where nothing moves: it brings data, or acknowledges some (RFC 9293, 3.8).
#include "capture/explain/exclusive.hpp"
#include "capture/explain/segment.hpp"

namespace echolab::capture {
namespace {

constexpr Fact sends_data{"[The {who} sends ]{bytes}[; no state changes].",
                          "[{who}가 ]{bytes}[를 보냅니다. 상태는 그대로입니다]."};
constexpr Fact carries_data{"It carries {bytes} of data.", "데이터 {bytes}가 함께 실려 있습니다."};
constexpr Fact confirms{"[The {who} has ]everything before number {ack}{answer}[; no state changes].",
                        "[{who}가 ]{ack}번 바로 앞까지 모두[ 받았습니다]{answer}.[ 상태는 그대로입니다.]"};
constexpr Fact sends_nothing{"The {who} sends neither data nor an acknowledgement[; no state changes].",
                             "{who}가 보낸 이 세그먼트에는 데이터도 ACK도 없습니다.[ 상태는 그대로입니다.]"};
constexpr Fact closes_unknown{"The {who}'s program closes; its state before this is not known.",
                              "{who} 프로그램이 연결을 닫습니다. 그 전의 상태는 알 수 없습니다."};
constexpr Fact reset_again{"Another RST for a connection that the {who} has already dropped[; no state changes].",
                           "{who}가 이미 버린 연결에 RST를 한 번 더 보냅니다.[ 상태는 그대로입니다.]"};
constexpr Fact reset_answers{"This RST, without an ACK, answers a packet from the {peer} for a connection that the {who} has already dropped[; no state changes].",
                             "ACK가 없는 이 RST는, {who}가 이미 버린 연결로 온 {peer}의 패킷에 대한 답입니다.[ 상태는 그대로입니다.]"};
constexpr Fact answers{" (packet {frame})", " (패킷 {frame})"};
constexpr Fact answers_either{" (packet {number}, or its retransmission, packet {frame})",
                              " (패킷 {number} 또는 그 재전송인 패킷 {frame})"};
constexpr Fact answers_after{" (packet {frame}, {time}[ before])", " (패킷 {frame}, {time}[ 전])"};

/// Which packet it acknowledges.
Given<Blank::answer> answered(const SegmentStory& story) {
  const auto* found = story.found<finding::Acknowledges>();
  if (!found) return Plan::nothing<Blank::answer>();
  if (found->after && found->after->count() > 0)  // by the clock of the capture
    return story.plan.part<Blank::answer, answers_after>(frame(found->frame), time(*found->after));
  if (found->or_frame > 0)
    return story.plan.part<Blank::answer, answers_either>(frame(found->frame), number(found->or_frame));
  return story.plan.part<Blank::answer, answers>(frame(found->frame));
}

void tell_confirmation(const SegmentStory& story) {
  Plan& plan = story.plan;
  const TcpFlags flags = story.segment.flags;
  if (flags.rst() && story.change(story.from()).after == State::closed) {
    if (flags.ack())
      plan.say<reset_again>(who(story.from()));
    else
      plan.say<reset_answers>(who(story.from()), peer(story.to()));
  } else if (flags.fin()) {
    plan.say<closes_unknown>(who(story.from()));
  } else if (flags.ack()) {
    plan.say<confirms>(who(story.from()), ack(story.tcp.ack), answered(story));
  } else {
    plan.say<sends_nothing>(who(story.from()));
  }
}

}  // namespace

bool tell_deed(const SegmentStory& story, bool moved) {
  if (story.segment.payload_length > 0 && !story.has(Note::keep_alive)) {
    if (moved)
      story.plan.say<carries_data>(bytes(story.segment.payload_length));
    else
      story.plan.say<sends_data>(who(story.from()), bytes(story.segment.payload_length));
    return true;
  }
  const NoteSet telling = story.seen.notes.without(
      {Note::urgent, Note::zero_window, Note::fragment, Note::truncated, Note::offload_length});
  if (moved || !telling.empty() || story.segment.flags.syn() || story.found<finding::ResetAnswers>()) return false;
  tell_confirmation(story);
  return true;
}

void list_acks(ExclusiveSentences& all) {
  all.among({&sends_data, &carries_data, &confirms, &sends_nothing, &closes_unknown, &reset_again, &reset_answers});
  all.with_any_move({&sends_data, &confirms, &sends_nothing, &closes_unknown, &reset_again, &reset_answers});
}

}  // namespace echolab::capture
