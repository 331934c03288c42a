// A fragment: its place in its packet, what it is beside the others, and what the capture lacks of a packet in the end.
#include "capture/explain/explain.hpp"
#include "capture/explain/ip.hpp"
#include "capture/explain/names.hpp"

namespace echolab::capture {
namespace {

using Overlap = FragmentView::Overlap;
using Disagreement = FragmentView::Disagreement;

using Place = OneOf<Blank::offset, Blank::end, Blank::name, Blank::identification>;
constexpr Place middle{Level::fact, "Bytes {offset} up to {end} of {name} packet {identification}; more follow.",
                       "{name} 패킷 {identification}의 오프셋 {offset}부터 {end} 바로 앞까지입니다. 뒤가 더 있습니다."};
constexpr Place first{
    Level::fact, "Bytes {offset} up to {end} of the {name} packet with the identification {identification}; more follow.",
    "identification이 {identification}인 {name} 패킷의 오프셋 {offset}부터 {end} 바로 앞까지입니다. 뒤가 더 있습니다."};
constexpr Place last{
    Level::fact, "Bytes {offset} up to {end} of {name} packet {identification}, the last ones.",
    "{name} 패킷 {identification}의 오프셋 {offset}부터 {end} 바로 앞까지이며, 마지막 fragment입니다."};
constexpr Fact uneven{"Its length is not a multiple of 8, so no other fragment can begin where it ends: the packet cannot be reassembled (RFC 791 3.2, RFC 8200 4.5).",
                      "길이가 8의 배수가 아니어서 이 뒤에 바로 이어지는 fragment가 있을 수 없고, 패킷을 재조립할 수 없습니다(RFC 791 3.2, RFC 8200 4.5)."};
constexpr Fact beyond_largest{"It ends beyond the {number} bytes that all fragments together can have, as in the ping of death: the packet cannot be reassembled (RFC 791 3.1, RFC 8200 4.5).",
                              "fragment를 모두 합쳐도 {number}바이트를 넘을 수 없는데 끝이 그보다 뒤에 있습니다. ping of death가 이런 모양이며, 재조립할 수 없습니다(RFC 791 3.1, RFC 8200 4.5)."};

using Same = OneOf<Blank::frame, Blank::offset, Blank::end>;
constexpr Same copy{Level::fact, "The same bytes came before (packet {frame}): a copy, which changes nothing.",
                    "같은 바이트가 패킷 {frame}번에서 이미 왔습니다. 복사본이므로 바뀌는 것이 없습니다."};
constexpr Same same_place{
    Level::fact, "Packet {frame} already brought bytes for this place; whether they are the same, this capture does not show.",
    "패킷 {frame}번이 같은 자리의 바이트를 이미 가져왔습니다. 내용까지 같은지는 이 캡처로 알 수 없습니다."};
constexpr Same other_content{Level::fact, "Bytes {offset} up to {end} came before (packet {frame}), with different content:",
                             "오프셋 {offset}부터 {end} 바로 앞까지는 패킷 {frame}번에서 이미 왔는데 내용이 다릅니다."};
constexpr Same overlap_unknown{
    Level::fact, "Bytes {offset} up to {end} came before (packet {frame}), in a fragment that begins or ends elsewhere:",
    "오프셋 {offset}부터 {end} 바로 앞까지는 범위가 다른 fragment로 이미 왔습니다(패킷 {frame}번)."};
constexpr Same overlap_same{
    Level::fact, "Bytes {offset} up to {end} came before (packet {frame}), in a fragment that begins or ends elsewhere, with the same content:",
    "오프셋 {offset}부터 {end} 바로 앞까지는 범위가 다른 fragment로 이미 왔고(패킷 {frame}번) 내용은 같습니다."};
constexpr Same overlap_other{
    Level::fact, "Bytes {offset} up to {end} came before (packet {frame}), in a fragment that begins or ends elsewhere, with different content:",
    "오프셋 {offset}부터 {end} 바로 앞까지는 범위가 다른 fragment로 이미 왔는데(패킷 {frame}번) 내용도 다릅니다."};
constexpr Fact overlap_v6{"by RFC 8200 4.5 a receiver must discard the whole packet and should send no error about it. Whether it did, the fragments alone do not show.",
                          "이렇게 겹치면 받는 쪽은 패킷을 통째로 버려야 하고, 오류도 알리지 않는 것이 좋습니다(RFC 8200 4.5). 실제로 버렸는지는 fragment만 보아서는 알 수 없습니다."};
constexpr Fact overlap_v4{"by RFC 791 3.2 the later bytes would count, but receivers differ, and many discard the whole packet.",
                          "RFC 791 3.2를 따르면 나중에 온 바이트를 쓰지만 받는 쪽마다 다르고, 패킷을 통째로 버리는 곳도 많습니다."};

using Ends = OneOf<Blank::identification, Blank::frame, Blank::had, Blank::end>;
constexpr Ends two_ends{
    Level::fact, "It ends packet {identification} at byte {end}, but the last fragment in packet {frame} ended it at byte {had}: it cannot be put together.",
    "패킷 {identification}의 끝이 여기서는 오프셋 {end}인데 패킷 {frame}번의 마지막 fragment에서는 {had}입니다. 재조립할 수 없습니다."};
constexpr Ends end_passed{
    Level::fact, "It ends packet {identification} at byte {end}, but packet {frame} brought bytes up to {had}: it cannot be reassembled.",
    "패킷 {identification}의 끝이 여기서는 오프셋 {end}인데 패킷 {frame}번에서 {had} 바로 앞까지 이미 왔습니다. 재조립할 수 없습니다."};
constexpr Ends beyond_end{
    Level::fact, "It goes up to byte {end}, but the last fragment in packet {frame} ended packet {identification} at byte {had}: it cannot be reassembled.",
    "오프셋 {end} 바로 앞까지 이어지는데, 패킷 {frame}번의 마지막 fragment에서 패킷 {identification}의 끝은 {had}입니다. 재조립할 수 없습니다."};
constexpr Fact completes{"With it packet {identification} is complete: {bytes}.",
                         "이것으로 패킷 {identification}의 {bytes}가 모두 모였습니다."};
constexpr Fact completes_late{"The others came before it; now packet {identification} is complete: {bytes}.",
                              "나머지는 먼저 왔으므로 이것으로 패킷 {identification}의 {bytes}가 모두 모였습니다."};
constexpr Fact hole_left{"Bytes {offset} up to {end} have not come yet.",
                         "오프셋 {offset}부터 {end} 바로 앞까지는 아직 오지 않았습니다."};

constexpr Fact unfinished{"{protocol} packet {identification}, {source} > {destination}, {fragments} from packet {frame} on:",
                          "{protocol} 패킷 {identification}({source} > {destination}, {fragments}, 패킷 {frame}번부터):"};
using Why = OneOf<Blank::number, Blank::offset, Blank::end>;
constexpr Why lacks_hole{Level::fact, "bytes {offset} up to {end} are not in this capture; without them it cannot be reassembled.",
                         "오프셋 {offset}부터 {end} 바로 앞까지가 이 캡처에 없어 재조립할 수 없습니다."};
constexpr Why lacks_end{
    Level::fact, "the last fragment, and all from byte {offset} on, is not in this capture; so the packet cannot be reassembled.",
    "마지막 fragment를 비롯해 오프셋 {offset}부터가 이 캡처에 없어 재조립할 수 없습니다."};
constexpr Why overlap_of_v6{
    Level::fact, "fragments overlap (packet {number}), so a receiver must discard the whole packet and should send no error about it (RFC 8200 4.5). Whether it did, the fragments alone do not show.",
    "fragment가 서로 겹쳐(패킷 {number}번) 받는 쪽은 패킷을 통째로 버려야 하고, 오류도 알리지 않는 것이 좋습니다(RFC 8200 4.5). 실제로 버렸는지는 fragment만 보아서는 알 수 없습니다."};
constexpr Why overlap_of_v4{Level::fact, "fragments overlap (packet {number}), and receivers differ in what they make of it.",
                            "fragment가 서로 겹칩니다(패킷 {number}번). 어떻게 재조립하는지는 받는 쪽마다 다릅니다."};
constexpr Why disagree{Level::fact, "fragments disagree on where it ends (packet {number}), so it cannot be reassembled.",
                       "fragment마다 끝나는 자리가 달라(패킷 {number}번) 재조립할 수 없습니다."};
constexpr Why unfit_uneven{
    Level::fact, "packet {number} is a fragment that no packet can have (a length that is not a multiple of 8 though more follow), so it cannot be reassembled.",
    "규칙에 어긋나는 fragment가 있어(패킷 {number}번, 마지막이 아닌데 길이가 8의 배수가 아님) 재조립할 수 없습니다."};
constexpr Why unfit_beyond{
    Level::fact, "packet {number} is a fragment that no packet can have (an end beyond the largest packet), so it cannot be reassembled.",
    "규칙에 어긋나는 fragment가 있어(패킷 {number}번, 패킷의 최대 크기를 넘어 끝남) 재조립할 수 없습니다."};

const Same& sentence_for(const Overlap& overlap) {
  using Content = Overlap::Content;
  if (overlap.is_copy()) return overlap.content == Content::same ? copy : same_place;
  if (overlap.whole) return other_content;
  switch (overlap.content) {
    case Content::same: return overlap_same;
    case Content::different: return overlap_other;
    case Content::unknown: break;
  }
  return overlap_unknown;
}

void tell_overlap(Plan& plan, const Overlap& overlap, bool v6) {
  plan.say(sentence_for(overlap), frame(overlap.frame), offset(overlap.stretch.offset), end_at(overlap.stretch.end));
  if (overlap.is_copy()) return;
  if (v6)
    plan.say<overlap_v6>();
  else
    plan.say<overlap_v4>();
}

const Ends& sentence_for(Disagreement::Kind kind) {
  switch (kind) {
    case Disagreement::Kind::two_ends: return two_ends;
    case Disagreement::Kind::end_passed: return end_passed;
    case Disagreement::Kind::beyond_end: break;
  }
  return beyond_end;
}

const Why& sentence_for(const UnfinishedPacket& packet) {
  switch (packet.why) {
    case UnfinishedPacket::Why::overlap: return packet.v6 ? overlap_of_v6 : overlap_of_v4;
    case UnfinishedPacket::Why::disagreement: return disagree;
    case UnfinishedPacket::Why::unfit: return packet.uneven ? unfit_uneven : unfit_beyond;
    case UnfinishedPacket::Why::incomplete: break;
  }
  return packet.hole.offset < packet.hole.end ? lacks_hole : lacks_end;
}

void tell_beside(Plan& plan, const FragmentView& view, const Fragment& piece) {
  const auto identification = plan.text<Blank::identification>(identification_text(piece.identification, piece.v6));
  if (view.overlap) tell_overlap(plan, *view.overlap, piece.v6);
  if (const auto& other = view.disagreement)
    plan.say(sentence_for(other->kind), identification, frame(other->frame), had(other->end), end_at(piece.end()));
  if (view.completes && piece.more) plan.say<completes_late>(identification, bytes(*view.completes));
  if (view.completes && !piece.more) plan.say<completes>(identification, bytes(*view.completes));
  if (view.hole) plan.say<hole_left>(offset(view.hole->offset), end_at(view.hole->end));
}

}  // namespace

void tell_fragment(Plan& plan, const Observation& seen, const Fragment& piece) {
  const auto& view = seen.fragment;
  plan.say(!piece.more     ? last
           : piece.first() ? first
                           : middle,
           offset(piece.offset), end_at(piece.end()),
           plan.name(ip_protocol_name(view ? view->protocol : piece.protocol)),
           plan.text<Blank::identification>(identification_text(piece.identification, piece.v6)));
  if (piece.uneven()) plan.say<uneven>();
  if (piece.beyond_largest()) plan.say<beyond_largest>(number(piece.largest));
  if (view) tell_beside(plan, *view, piece);
}

void explain(const UnfinishedPacket& packet, Plan& plan) {
  plan.clear();
  plan.say<unfinished>(plan.text<Blank::protocol>(ip_protocol_name(packet.protocol)),
                       plan.text<Blank::identification>(identification_text(packet.identification, packet.v6)),
                       plan.text<Blank::source>(to_string(packet.source)),
                       plan.text<Blank::destination>(to_string(packet.destination)), fragments(packet.fragments),
                       frame(packet.first_frame));
  plan.say(sentence_for(packet), number(packet.frame), offset(packet.hole.offset), end_at(packet.hole.end));
}

}  // namespace echolab::capture
