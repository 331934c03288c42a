// Which states a segment moves, and why: a sentence for each reason of the transition table (track/transition.hpp). The
// columns show the states; they are put into words with -v, and where one end moves twice at once.
#include <algorithm>
#include <array>

#include "capture/explain/exclusive.hpp"
#include "capture/explain/segment.hpp"

namespace echolab::capture {
namespace {

struct ReasonText {
  Reason reason;
  OneOf<Blank::who, Blank::peer, Blank::to, Blank::move, Blank::assumed> says;
};

constexpr std::array<ReasonText, reason_count> reasons{{
    {Reason::active_open, {Level::move, "The {who}'s program called connect()[: {move}{assumed}].", "{who} 프로그램이 connect()를 호출했습니다[: {move}{assumed}]."}},
    {Reason::passive_open_answers, {Level::move, "The {who} was listening; it accepts and sends its own SYN[: {move}{assumed}].", "연결을 기다리던 {who}가 받아들이고 자기 SYN도 보냅니다[: {move}{assumed}]."}},
    {Reason::simultaneous_syn, {Level::move, "The {who} had asked for a connection itself when the {peer}'s SYN came[: {move}{assumed}].", "{who}도 연결을 요청해 둔 참에 {peer}의 SYN이 왔습니다[: {move}{assumed}]."}},
    {Reason::syn_acknowledged, {Level::detail, "The {who} has its answer and the {peer}'s SYN[: {move}{assumed}].", "{who}는 자기 SYN에 대한 답과 {peer}의 SYN을 받았습니다[: {move}{assumed}]."}},
    {Reason::handshake_complete, {Level::detail, "The {who}'s SYN is acknowledged, too[: {move}{assumed}].", "{who}의 SYN도 확인되었습니다[: {move}{assumed}]."}},
    {Reason::first_close, {Level::move, "The {who}'s program closes[: {move}{assumed}].", "{who} 프로그램이 연결을 닫습니다[: {move}{assumed}]."}},
    {Reason::second_close, {Level::move, "The {who}'s program closes too[: {move}{assumed}].", "{who} 프로그램도 연결을 닫습니다[: {move}{assumed}]."}},
    {Reason::peer_closed, {Level::detail, "The {who} learns that no more data will come[: {move}{assumed}].", "{who}는 더 올 데이터가 없음을 알게 됩니다[: {move}{assumed}]."}},
    {Reason::fin_acknowledged, {Level::detail, "The {who}'s FIN has arrived[: {move}{assumed}].", "{who}의 FIN이 도착했습니다[: {move}{assumed}]."}},
    {Reason::fins_crossed, {Level::move, "The {peer}'s FIN reaches the {who} before the ACK of its own[: {move}{assumed}].", "{who}는 자기 FIN에 대한 ACK보다 {peer}의 FIN을 먼저 받았습니다[: {move}{assumed}]."}},
    {Reason::crossed_fin_acknowledged, {Level::move, "The FINs crossed; now the {who}'s own is acknowledged[: {move}{assumed}].", "FIN이 서로 엇갈린 뒤 {who}의 FIN이 확인되었습니다[: {move}{assumed}]."}},
    {Reason::both_closed, {Level::move, "Both have closed; the {who} waits in case its last ACK gets lost[: {move}{assumed}].", "양쪽이 모두 닫았습니다. {who}는 마지막 ACK가 사라질 경우에 대비해 기다립니다[: {move}{assumed}]."}},
    {Reason::fin_repeated, {Level::move, "The {peer}'s FIN again, so the {who}'s ACK was lost; it answers and starts its wait over[: {move}{assumed}].", "{peer}의 FIN이 다시 왔으니 {who}의 ACK가 사라진 것입니다. {who}는 다시 답하고 처음부터 다시 기다립니다[: {move}{assumed}]."}},
    {Reason::last_fin_acknowledged, {Level::move, "The {who}'s FIN has arrived, and nothing is left to remember[: {move}{assumed}].", "{who}의 FIN이 도착했고, 더 기억할 것이 없습니다[: {move}{assumed}]."}},
    {Reason::refused, {Level::move, "An RST answers the {who}'s SYN, so its connect() fails[: {move}{assumed}].", "{who}의 SYN에 RST가 돌아와 connect()가 실패합니다[: {move}{assumed}]."}},
    {Reason::reset_received, {Level::move, "The RST makes the {who} drop the connection at once[: {move}{assumed}].", "RST를 받은 {who}는 연결을 곧바로 버립니다[: {move}{assumed}]."}},
    {Reason::reset_sent, {Level::move, "The {who} aborts the connection with an RST and forgets it[: {move}{assumed}].", "{who}가 RST로 연결을 끊고 잊어버립니다[: {move}{assumed}]."}},
    {Reason::back_to_listen, {Level::move, "The RST ends this attempt; the {who} keeps listening for others[: {move}{assumed}].", "RST로 이번 시도가 끝나고 {who}는 계속 다른 연결을 기다립니다[: {move}{assumed}]."}},
    {Reason::nobody_listens, {Level::move, "No program listens on the {who}'s port, so its host answers with an RST. The {who} was {to} all along.", "{who}의 포트에서 연결을 기다리는 프로그램이 없어 호스트가 RST로 답합니다. {who}의 상태는 처음부터 {to}입니다."}},
    {Reason::waited_long_enough, {Level::move, "The {who} has waited long enough (60 s on Linux)[: {move}{assumed}].", "{who}가 충분히 기다렸습니다(Linux에서는 60초)[: {move}{assumed}]."}},
}};

consteval bool in_order() {
  for (std::size_t i = 0; i < reasons.size(); ++i)
    if (reasons[i].reason != static_cast<Reason>(i)) return false;
  return true;
}
static_assert(in_order());

constexpr OneOf<Blank::who, Blank::peer, Blank::to, Blank::move, Blank::assumed> asks{
    Level::move, "The {who} asks for a connection[: {move}{assumed}].",
    "{who}가 연결을 요청합니다[: {move}{assumed}]."};
constexpr Detail now_known{"From this packet on the {who} counts as {to} (before: {from}){assumed}.",
                           "이 패킷부터 {who}를 {to} 상태로 봅니다(그 전: {from}){assumed}."};
constexpr Fact may_still_send{"The {peer} may still send.", "{peer}는 아직 보낼 수 있습니다."};
constexpr Fact reset_why{"An RST in place of a FIN usually means that the program closed with data still unread, or asked for it (SO_LINGER 0).",
                         "FIN 대신 RST라면 대개 읽지 않은 데이터를 남기고 닫았거나 프로그램이 일부러 그렇게 한 것입니다(SO_LINGER 0)."};
constexpr Fact reset_perhaps_answers{"Its number is what packet {frame} acknowledges, so most likely it answers that packet: the {who} no longer had the connection (RFC 9293 3.10.7.1). With one it would have sent an ACK.",
                                     "이 RST의 번호는 패킷 {frame}번이 확인한 번호입니다. 그 패킷에 대한 답으로 보이며, {who}에는 이미 연결이 없었을 것입니다(RFC 9293 3.10.7.1). 연결이 남아 있었다면 ACK로 답했을 것입니다."};
constexpr Fact reset_when_idle{"After {time} of silence an idle time-out may be the reason: the {who}'s own, or that of a NAT or firewall on the way. Else the program closed with data still unread, or asked for an RST (SO_LINGER 0).",
                               "{time} 동안 아무것도 오가지 않았으므로, {who}나 중간에 있는 NAT, 방화벽의 idle timeout 때문일 수 있습니다. 아니라면 읽지 않은 데이터를 남기고 닫았거나 프로그램이 일부러 그렇게 한 것입니다(SO_LINGER 0)."};
constexpr Fact idle_before{"Before that nobody had sent anything for {time}: an idle time-out may have ended it (the {who}'s own, or that of a NAT or firewall on the way).",
                           "그 전에 {time} 동안 아무것도 오가지 않았습니다. {who}나 중간에 있는 NAT, 방화벽의 idle timeout으로 연결이 이미 끊겼을 수 있습니다."};

/// The SYN that a program's connect() makes: it offers something, and no data without a Fast Open cookie.
bool shows_connect(const SegmentStory& story) {
  const TcpOptions& options = story.segment.options;
  const bool offers = options.maximum_segment_size || options.window_scale || options.sack_permitted ||
                      options.timestamp_value || options.fast_open_cookie || options.cut > 0;
  const bool fast_open = story.segment.payload_length == 0 || options.fast_open_cookie || options.cut > 0;
  return offers && fast_open && !story.made_by_a_tool();
}

/// A receiver's step hangs on the packet's arrival, which a tap cannot see.
Assumption assumption_of(const SegmentStory& story, Side side) {
  const bool hangs = side != story.from() && story.change(side).certainty == Certainty::assumed;
  return hangs ? Assumption::if_arrived : Assumption::none;
}

/// The same, where no rule fired: also the sender's step hangs on something, that it does not repeat itself.
Assumption assumption_without_rule(const SegmentStory& story, Side side) {
  const SideChange& change = story.change(side);
  const bool joins = change.before == State::unknown && change.certainty == Certainty::assumed;
  return joins && side == story.from() ? Assumption::if_no_copy : assumption_of(story, side);
}

bool moves_at_once(const SegmentStory& story, Side side) {
  return std::ranges::count(story.tcp.firings(), side, &Firing::side) > 1;
}

/// The connection stood: a FIN would have ended it in order.
bool breaks_off(State state) { return state == State::established || state == State::close_wait; }

void tell_why_reset(const SegmentStory& story, State from) {
  const auto* asked = story.found<finding::PerhapsAnswers>();
  const auto* silence = breaks_off(from) ? story.found<finding::AfterSilence>() : nullptr;
  if (asked) story.plan.say<reset_perhaps_answers>(frame(asked->frame), who(story.from()));
  if (asked && silence) story.plan.say<idle_before>(time(silence->lasted), who(story.from()));
  if (!asked && silence) story.plan.say<reset_when_idle>(time(silence->lasted), who(story.from()));
  if (!asked && !silence && breaks_off(from)) story.plan.say<reset_why>();
}

void tell_rule(const SegmentStory& story, Side side, const Rule& rule) {
  const bool program_unknown = rule.reason == Reason::active_open && !shows_connect(story);
  const auto& says = program_unknown ? asks : reasons[static_cast<std::size_t>(rule.reason)].says;
  story.plan
      .say(says, who(side), peer(other(side)), to(rule.to), move(rule.from, rule.to),
           assumed(assumption_of(story, side)))
      .whole = moves_at_once(story, side);
  if (rule.reason == Reason::reset_sent) tell_why_reset(story, rule.from);
  const bool peer_is_open = story.change(side).after == rule.to && !story.segment.flags.fin();
  if (rule.reason == Reason::fin_acknowledged && peer_is_open) story.plan.say<may_still_send>(peer(other(side)));
}

/// A state that changed though no rule fired: what was not known, or believed wrongly, is known now.
bool shown_without_rule(const SegmentStory& story, Side side) {
  return story.change(side).changed() && std::ranges::count(story.tcp.firings(), side, &Firing::side) == 0 &&
         std::ranges::count(story.tcp.take_backs(), side, &TakeBack::side) == 0;
}

}  // namespace

bool tell_moves(const SegmentStory& story) {
  bool told = false;
  for (const Firing& firing : story.tcp.firings()) {
    tell_rule(story, firing.side, *firing.rule);
    told = true;
  }
  for (const Side side : {Side::client, Side::server}) {
    if (!shown_without_rule(story, side)) continue;
    story.plan
        .say<now_known>(who(side), from(story.change(side).before), to(story.change(side).after),
                        assumed(assumption_without_rule(story, side)))
        .whole = story.change(side).before == State::unknown;
    told = true;
  }
  if (!story.tcp.firings().empty())
    story.plan.protocol = "RFC 9293", story.plan.section = story.tcp.firings().front().rule->section;
  return told ||
         std::ranges::any_of(story.tcp.take_backs(), [](const TakeBack& it) { return it.believed != it.truth; });
}

const Sentence& sentence_of(Reason reason) { return reasons[static_cast<std::size_t>(reason)].says; }

void list_moves(ExclusiveSentences& all) {
  using enum Reason;
  all.among({&sentence_of(nobody_listens), &sentence_of(passive_open_answers), &sentence_of(reset_sent)});
  all.among({&sentence_of(refused), &sentence_of(syn_acknowledged), &sentence_of(simultaneous_syn)});
  all.among({&sentence_of(active_open), &asks});
  all.among({&reset_why, &reset_perhaps_answers});
  all.between({&may_still_send}, {&sentence_of(both_closed), &sentence_of(crossed_fin_acknowledged)});
}

}  // namespace echolab::capture
