// The story of one TCP segment, in this order: what was believed wrongly, which states move, what it carries, what else
// is remarkable, what its options say. Each subject is a file.
#include "capture/explain/segment.hpp"

#include "capture/explain/exclusive.hpp"
#include "capture/explain/explain.hpp"
#include "capture/explain/ip.hpp"
#include "capture/explain/notes.hpp"
#include "capture/explain/post.hpp"

namespace echolab::capture {
namespace {

constexpr Detail states_stay{"No state changes.", "상태는 그대로입니다."};
constexpr Fact options_malformed{"The TCP options contradict themselves: one has an impossible length, and those after it are not read.",
                                 "TCP 옵션의 길이가 맞지 않습니다. 그 뒤의 옵션은 읽지 않습니다."};
constexpr Fact captured_twice{"The capture holds this packet twice{copy}; it was sent once.",
                              "캡처에 이 패킷이 두 번 들어 있습니다{copy}. 보낸 것은 한 번입니다."};

}  // namespace

bool SegmentStory::lacks_only_ack() const {
  const TcpFlags flags = segment.flags;
  return flags.fin() && !flags.syn() && !flags.ack() && !flags.rst() && !flags.urg();
}

bool SegmentStory::acknowledges_fin_unseen() const {
  const State sender = change(from()).before;
  const bool closed = sender == State::fin_wait_1 || sender == State::fin_wait_2 || sender == State::closing;
  return has(Note::acked_unseen) && closed && tcp.ack == tcp.peer_next + 1;
}

bool SegmentStory::answers_old_syn() const {
  if (segment.options.sack_blocks == 0 || !segment.flags.ack()) return false;
  const SackBlock& first = segment.options.sack().front();
  const std::uint32_t isn = segment.ack - tcp.ack;
  return first.left == isn && first.right == isn + 1;
}

void explain_segment(const Observation& seen, Plan& plan) {
  const SegmentStory story{.seen = seen, .plan = plan};
  tell_headline(story);
  if (story.has(Note::duplicate_frame)) {
    plan.say<captured_twice>(story.copy());
    return advise(plan, seen.notes);
  }
  tell_take_backs(story);
  const bool moved = tell_moves(story);
  const bool deed = tell_deed(story, moved);
  tell_handshake(story);
  tell_segment_notes(story);
  tell_findings(story);
  tell_options(story);
  tell_ip(plan, seen, story.segment);
  if (story.segment.options.malformed) plan.say<options_malformed>();
  if (!moved && !deed) plan.say<states_stay>();
  if (seen.stream->packet == 1) tell_beginning(story);
  tell_post(plan, seen);
  advise(plan, seen.notes, unsuited(story));
  plan.severity = story.segment.flags.rst() ? Severity::warning : severity_of(seen.notes);
}

void list_segment(ExclusiveSentences& all) {
  all.with_any_move({&states_stay, &captured_twice});
  all.between({&captured_twice}, {&sentence_of(Note::retransmission), &sentence_of(Note::out_of_order),
                                  &sentence_of(Note::duplicate_ack), &states_stay});
}

}  // namespace echolab::capture
