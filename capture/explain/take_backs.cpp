// What had been believed, and this segment disproves: an earlier packet had not arrived.
#include "capture/explain/exclusive.hpp"
#include "capture/explain/segment.hpp"

namespace echolab::capture {
namespace {

using TakenBack = OneOf<Blank::who, Blank::peer, Blank::from, Blank::to, Blank::frame, Blank::time>;

constexpr TakenBack lost{
    Level::move, "Packet {frame} had no effect, lost on the way or dropped by the {who}: the {peer} sends it again, so the {who} was {to}, not {from}.",
    "패킷 {frame}: {peer}가 재전송하므로 효력이 없었습니다(오는 길에 사라졌거나 {who}가 버림). 그때까지 {who}는 {to} 상태였습니다(앞의 추정: {from})."};
constexpr TakenBack lost_at{
    Level::move, "Packet {frame} had no effect, lost on the way or dropped by the {who}: the {peer} sends it again {time} later, so the {who} was {to}, not {from}.",
    "패킷 {frame}: {time} 뒤에 {peer}가 재전송하므로 효력이 없었습니다(오는 길에 사라졌거나 {who}가 버림). 그때까지 {who}는 {to} 상태였습니다(앞의 추정: {from})."};
constexpr TakenBack answer_lost{
    Level::move, "Packet {frame}, the answer, had no effect, lost on the way or dropped by the {who}, which sends its own again: it was {to}, not {from}.",
    "{who}가 재전송하므로 그 답인 패킷 {frame}번은 효력이 없었습니다(오는 길에 사라졌거나 {who}가 버림). 그때까지 {who}는 {to} 상태였습니다(앞의 추정: {from})."};
constexpr TakenBack answer_late{
    Level::move, "Packet {frame}, the answer, had not arrived: the {who} sends its own again, so it was {to}, not {from}.",
    "{who}가 재전송하므로 그 답인 패킷 {frame}번은 그때까지 도착하지 않은 것입니다. {who}는 {to} 상태였습니다(앞의 추정: {from})."};
constexpr TakenBack crossed{
    Level::move, "The FIN of packet {frame} had not arrived when this was sent: the {who} was {to}, not {from}.",
    "이 패킷을 보낼 때 패킷 {frame}의 FIN은 아직 오지 않았습니다. 그때 {who}는 {to} 상태였습니다(앞의 추정: {from})."};
constexpr TakenBack both_fins{
    Level::move, "The FIN of packet {frame} had not arrived when this was sent: both ends closed at once, and the {who} was {to}, not {from}.",
    "이 패킷을 보낼 때 패킷 {frame}의 FIN은 아직 오지 않았습니다. 양쪽이 동시에 닫은 것이며, 그때 {who}는 {to} 상태였습니다(앞의 추정: {from})."};
constexpr TakenBack still_sends{
    Level::move, "Packet {frame} had not closed the connection when this was sent, for a CLOSED end sends nothing: the {who} was {to}, not {from}.",
    "패킷 {frame}번은 이 패킷을 보낼 때까지 연결을 닫지 못했습니다. CLOSED인 쪽은 아무것도 보내지 않기 때문입니다. 그때까지 {who}는 {to} 상태였습니다(앞의 추정: {from})."};

const TakenBack& sentence_for(const SegmentStory& story, const TakeBack& back) {
  if (back.side == story.from() && story.sent_again()) return back.lost ? answer_lost : answer_late;
  const auto* repeats = story.found<finding::Repeats>();
  if (back.lost) return repeats && repeats->age && repeats->frame == back.frame ? lost_at : lost;
  if (back.event != Event::receive_fin) return still_sends;
  return story.segment.flags.fin() ? both_fins : crossed;
}

}  // namespace

bool shows_both_fins(const SegmentStory& story, const TakeBack& back) {
  return &sentence_for(story, back) == &both_fins;
}

void tell_take_backs(const SegmentStory& story) {
  const auto* repeats = story.found<finding::Repeats>();
  const auto age = repeats ? repeats->age.value_or(Time::duration{}) : Time::duration{};
  for (const TakeBack& back : story.tcp.take_backs()) {
    if (back.believed == back.truth) continue;
    story.plan.say(sentence_for(story, back), who(back.side), peer(other(back.side)), from(back.believed),
                   to(back.truth), frame(back.frame), time(age));
  }
}

void list_take_backs(ExclusiveSentences& all) {
  all.between({&lost, &lost_at, &answer_lost}, {&sentence_of(Note::out_of_order)});
  all.between({&both_fins}, {&sentence_of(Note::simultaneous_close)});
}

}  // namespace echolab::capture
