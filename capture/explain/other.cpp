// What is neither TCP nor UDP nor an ICMP error: named, and not followed.
#include <array>

#include "capture/explain/explain.hpp"
#include "capture/explain/icmp.hpp"
#include "capture/explain/ip.hpp"
#include "capture/explain/names.hpp"
#include "capture/explain/notes.hpp"

namespace echolab::capture {
namespace {

using Kind = Other::Kind;

struct KindText {
  Kind kind;
  OneOf<Blank::name, Blank::number> headline, says;
};
constexpr std::array<KindText, Other::kind_count> kinds{{
    {Kind::not_ip, {Level::headline, "not IP: {name}", "IP가 아님: {name}"}, {Level::fact, "Its header announces something other than IP: the frame is counted but not looked into.", "헤더에 적힌 내용이 IP가 아니므로 프레임을 세기만 하고 들여다보지 않습니다."}},
    {Kind::ip_protocol, {Level::headline, "another transport: {name}", "다른 전송 프로토콜: {name}"}, {Level::fact, "Neither TCP nor UDP: it is counted but not followed.", "TCP도 UDP도 아닙니다. 세기만 하고 추적하지 않습니다."}},
    {Kind::icmp, {Level::headline, "{name}", "{name}"}, {Level::detail, "It belongs to no TCP or UDP conversation.", "TCP나 UDP 대화에는 속하지 않습니다."}},
    {Kind::fragment, {Level::headline, "later fragment", "뒤쪽 fragment"}, {Level::fact, "Not all of the {name} header is in it, so it is read no further.", "{name} 헤더가 다 들어 있지 않아 더 읽지 않습니다."}},
    {Kind::tunnel, {Level::headline, "tunnel: {name}", "터널: {name}"}, {Level::fact, "A packet inside another packet: the tunnel is named but not followed.", "패킷 안에 든 패킷입니다. 터널은 이름만 알려 주고 안은 추적하지 않습니다."}},
    {Kind::cut, {Level::headline, "cut by the capture", "캡처에서 잘림"}, {Level::fact, "The capture kept too little of this packet to see its ports.", "캡처가 패킷을 너무 짧게 남겨 포트를 볼 수 없습니다."}},
    {Kind::link_type, {Level::headline, "unread link layer {number}", "읽지 않는 링크 계층 {number}"}, {Level::fact, "Frames of this kind of link are not decoded.", "이런 링크의 프레임은 읽지 않습니다."}},
    {Kind::chain_too_long, {Level::headline, "too many headers", "헤더가 너무 많음"}, {Level::fact, "More headers stand in a row than are followed here, so the TCP, UDP or ICMP behind them was not looked for.", "헤더가 너무 많이 이어져 그 뒤의 TCP, UDP, ICMP는 찾지 않았습니다."}},
    {Kind::wrapped, {Level::headline, "wrapped in {name}", "다른 것으로 감쌈: {name}"}, {Level::fact, "Something else travels inside, often IP: the frame is counted but not looked into.", "안에 다른 것이 실려 있고, IP일 때가 많습니다. 프레임을 세기만 하고 안을 들여다보지 않습니다."}},
}};

consteval bool in_order() {
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i].kind != static_cast<Kind>(i)) return false;
  return true;
}
static_assert(in_order());

constexpr Sentence named{Level::headline, "{name}", "{name}"};

}  // namespace

void explain_other(const Observation& seen, const Other& other, Plan& plan) {
  const auto& [kind, headline, says] = kinds[static_cast<std::size_t>(other.kind)];
  const auto name = plan.name(name_of(other));
  const bool is_fragment = other.kind == Kind::fragment && other.ip.fragment;
  const bool later = is_fragment && !other.ip.fragment->first();
  if (is_first_fragment(other.ip))
    tell_first_fragment(plan, is_fragment ? plan.part<Blank::what, named>(name)
                                          : plan.part<Blank::what>(headline, name, number(other.number)));
  else
    plan.say(headline, name, number(other.number));
  if (!later) plan.say(says, name, number(other.number));
  tell_ip(plan, seen, other.ip);
  tell_notes(plan, seen.notes, told_by_ip(seen, other.ip).add(Note::tunnel).add(Note::truncated));
  advise(plan, seen.notes, unsuited(other.ip));
}

}  // namespace echolab::capture
