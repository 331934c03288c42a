// How a conversation went: what is said when it ends.
#include <fmt/format.h>

#include "capture/explain/explain.hpp"
#include "capture/explain/icmp.hpp"
#include "capture/explain/ports.hpp"

namespace echolab::capture {
namespace {

using Handshake = StreamSummary::Handshake;
using Closed = StreamSummary::Closed;

/// The first line; what follows is left out by -q.
struct First : Sentence {
  consteval First(std::string_view en, std::string_view ko) : Sentence(Level::headline, en, ko) {}
};

constexpr First tcp_stream{"TCP stream {number}, packets: {had}{copy}.", "TCP stream {number}, 패킷 {had}개{copy}."};
constexpr First tcp_client{"The client ({source}) sent {what} and is {name};",
                           "클라이언트({source}): {what} 보냄, 상태 {name}."};
constexpr First tcp_server{"the server ({destination}) sent {what} and is {name}.",
                           "서버({destination}): {what} 보냄, 상태 {name}."};
constexpr Fact captured_twice{" ({number} captured twice)", "(두 번 잡힌 것 {number}개)"};
constexpr Fact sent{"{bytes}", "{bytes}"};
constexpr Fact sent_and_missed{"{bytes} ({size} more not in the capture)", "{bytes}(캡처에 없는 {size} 별도)"};
constexpr Fact sent_and_fin_missed{"{bytes} ({number} numbers more not in the capture, one of which may be a FIN)",
                                   "{bytes}(캡처에 없는 번호 {number}개 별도, 그중 하나는 FIN일 수 있음)"};

constexpr Fact handshake{"Handshake: {what}{answer}.", "핸드셰이크: {what}{answer}."};
constexpr OneOf<> unseen{Level::fact, "not seen", "보지 못함"};
constexpr OneOf<> none{Level::fact, "none", "없음"};
constexpr OneOf<> half{Level::fact, "not finished", "끝나지 않음"};
constexpr OneOf<> complete{Level::fact, "complete", "완료"};
constexpr OneOf<> refused{Level::fact, "refused", "거절됨"};
constexpr OneOf<> half_both_asked{Level::fact, "not finished (simultaneous open)", "끝나지 않음(simultaneous open)"};
constexpr OneOf<> complete_both_asked{Level::fact, "complete (simultaneous open)", "완료(simultaneous open)"};
constexpr Fact took{" in {time}{place}", "({time}){place}"};
constexpr Fact took_again{" in {time}, round trip {what}{place}", "({time}, 왕복 시간 {what}){place}"};
constexpr Fact a_time{"{time}", "{time}"};
constexpr Fact without_syn{" (the SYN is not in the capture)", "(캡처에 SYN이 없음)"};
constexpr Fact without_syn_ack{" (the SYN,ACK is not in the capture)", "(캡처에 SYN,ACK가 없음)"};
constexpr Fact nobody_answers{"Nobody answers {number} SYNs: they are filtered on the way (a firewall), or the host is away.",
                              "SYN {number}개에 아무도 답하지 않습니다. 중간에서 걸러지거나(방화벽) 호스트가 꺼져 있습니다."};

constexpr Fact sent_again{"Retransmissions: {number}{copy}.", "재전송: {number}개{copy}."};
constexpr Fact shares{" (client {number}, server {had})", "(클라이언트 {number}, 서버 {had})"};
constexpr Fact never_arrived{"Lost or dropped: {number}.", "사라졌거나 버려진 패킷: {number}개."};
constexpr Fact arrived_in_part{"Arrived in part: {number}.", "일부만 도착한 패킷: {number}개."};

using Closing = OneOf<Blank::who, Blank::peer>;
constexpr Closing not_closed{Level::fact, "No FIN or RST in this capture closed it.",
                             "이 캡처에는 연결을 닫은 FIN이나 RST가 없습니다."};
constexpr Closing closed_by_fin{Level::fact, "The {who} closed first (FIN).", "먼저 닫은 쪽: {who}(FIN)."};
constexpr Closing first_fin_seen{Level::fact, "The first FIN seen is the {who}'s.", "처음 보인 FIN: {who}."};
constexpr Closing closed_at_once{Level::fact, "Both closed at once (FIN).", "양쪽이 동시에 닫음(FIN)."};
constexpr Closing then_reset{Level::fact, "The {who} closed first (FIN), then the {peer} cut it off (RST).",
                             "먼저 닫은 쪽: {who}(FIN). 그다음 끊은 쪽: {peer}(RST)."};
constexpr Closing closed_by_rst{Level::fact, "The {who} cut it off (RST).", "끊은 쪽: {who}(RST)."};
constexpr Closing only_resets{Level::fact, "The {who} sent an RST; whether there was a connection is not known.",
                              "RST를 보낸 쪽: {who}. 연결이 있었는지는 알 수 없습니다."};
constexpr Closing refused_by{Level::fact, "The {who} refused it (RST).", "거절한 쪽: {who}(RST)."};
constexpr Fact fin_missed{"The {who} most likely closed, too: its FIN seems to be what the capture lacks, and the states do not count on it.",
                          "{who}도 닫은 것으로 보입니다. 그 FIN이 캡처에 빠진 듯하며, 상태에는 넣지 않았습니다."};

using Datagrams = OneOf<Blank::number, Blank::had, Blank::source, Blank::destination, Blank::bytes, Blank::size>;
constexpr Datagrams udp_stream{
    Level::headline, "UDP stream {number}, datagrams: {had}. The client ({source}) sent {bytes}, the server ({destination}) sent {size}. No state was kept.",
    "UDP stream {number}, 데이터그램 {had}개. 클라이언트({source}): {bytes} 보냄. 서버({destination}): {size} 보냄. 남은 상태는 없습니다."};
constexpr Datagrams udp_to_group{
    Level::headline, "UDP stream {number}, datagrams: {had}. {source} sent {bytes} to the group {destination}. No state was kept.",
    "UDP stream {number}, 데이터그램 {had}개. {source}: 그룹 {destination}에 {bytes} 보냄. 남은 상태는 없습니다."};
constexpr Datagrams udp_to_everybody{
    Level::headline, "UDP stream {number}, datagrams: {had}. {source} sent {bytes} to everybody on the link ({destination}). No state was kept.",
    "UDP stream {number}, 데이터그램 {had}개. {source}: 링크 전체({destination})에 {bytes} 보냄. 남은 상태는 없습니다."};
constexpr Fact roles_doubted{"Port {number} looks like a server's: most likely the roles are the other way round.",
                             "{number}번 포트는 서버의 것으로 보이므로, 실제로는 역할이 반대일 것입니다."};

using Icmp = OneOf<Blank::protocol, Blank::what, Blank::frame, Blank::number>;
constexpr Icmp syn_answered{Level::fact, "The SYN was answered by {protocol} {what} (packet {frame}).",
                            "SYN에 대한 답: {protocol} {what} (패킷 {frame}번)."};
constexpr Icmp one_icmp_error{Level::fact, "One ICMP error is about it: {protocol} {what} (packet {frame}).",
                              "이 대화에 대한 ICMP 오류: {protocol} {what} (패킷 {frame}번)."};
constexpr Icmp many_icmp_errors{Level::fact, "ICMP errors about it: {number}, the first is {protocol} {what} (packet {frame}).",
                                "이 대화에 대한 ICMP 오류 {number}개, 첫 번째: {protocol} {what} (패킷 {frame}번)."};

Given<Blank::what> sent_bytes(Plan& plan, std::uint64_t count, std::uint64_t missed, bool perhaps_fin) {
  if (perhaps_fin) return plan.part<Blank::what, sent_and_fin_missed>(bytes(count), number(missed));
  if (missed > 0) return plan.part<Blank::what, sent_and_missed>(bytes(count), size(missed));
  return plan.part<Blank::what, sent>(bytes(count));
}

Given<Blank::name> marked(Plan& plan, State state, Certainty certainty) {
  std::string mark(to_string(state));
  if (certainty == Certainty::assumed) mark += '?';
  return plan.name(mark);
}

void tell_ends(Plan& plan, const StreamSummary& stream) {
  plan.say<tcp_stream>(number(stream.number), had(stream.packets),
                       stream.captured_twice > 0 ? plan.part<Blank::copy, captured_twice>(number(stream.captured_twice))
                                                 : Plan::nothing<Blank::copy>());
  plan.say<tcp_client>(plan.text<Blank::source>(to_string(stream.client)),
                       sent_bytes(plan, stream.bytes_client, stream.missed_client, stream.end_missed_client),
                       marked(plan, stream.client_state, stream.client_certainty));
  plan.say<tcp_server>(plan.text<Blank::destination>(to_string(stream.server)),
                       sent_bytes(plan, stream.bytes_server, stream.missed_server, stream.end_missed_server),
                       marked(plan, stream.server_state, stream.server_certainty));
}

const OneOf<>& word_for(const StreamSummary& stream) {
  switch (stream.handshake) {
    case Handshake::unseen: return unseen;
    case Handshake::none: return none;
    case Handshake::half: return stream.opened_at_once ? half_both_asked : half;
    case Handshake::complete: return stream.opened_at_once ? complete_both_asked : complete;
    case Handshake::refused: break;
  }
  return refused;
}

/// " in 15 ms (the SYN,ACK is not in the capture)".
Given<Blank::answer> how_long(Plan& plan, const StreamSummary& stream) {
  const bool whole = stream.handshake != Handshake::complete;
  const auto lacks = !whole && !stream.syn_seen       ? plan.part<Blank::place, without_syn>()
                     : !whole && !stream.syn_ack_seen ? plan.part<Blank::place, without_syn_ack>()
                                                      : Plan::nothing<Blank::place>();
  if (!stream.handshake_took) return {{Blank::answer, 0, 0, lacks.value.number}};
  const auto round_trip = stream.round_trip.initial();
  if (!round_trip || round_trip == stream.handshake_took)
    return plan.part<Blank::answer, took>(time(*stream.handshake_took), lacks);
  return plan.part<Blank::answer, took_again>(time(*stream.handshake_took),
                                              plan.part<Blank::what, a_time>(time(*round_trip)), lacks);
}

/// It asked more than once, and nothing came back. After one SYN the capture may just end too soon.
bool is_unanswered(const StreamSummary& stream) {
  return stream.handshake == Handshake::none && stream.syn_seen && stream.retransmissions_client > 0 &&
         stream.packets_server == 0 && stream.icmp_errors == 0 && stream.closed == Closed::not_yet;
}

const Closing& closing_of(const StreamSummary& stream) {
  switch (stream.closed) {
    case Closed::not_yet: break;
    case Closed::by_fin:
      if (stream.reset_by) return then_reset;
      if (stream.closed_at_once) return closed_at_once;
      return stream.handshake == Handshake::unseen ? first_fin_seen : closed_by_fin;
    case Closed::by_rst:
      if (stream.handshake == Handshake::refused) return refused_by;
      return stream.only_resets ? only_resets : closed_by_rst;
  }
  return not_closed;
}

void tell_icmp(Plan& plan, const StreamSummary& stream) {
  if (stream.icmp_errors == 0) return;
  const bool only_asked = stream.first_icmp.ends_journey() && stream.protocol == Protocol::tcp && stream.syn_seen &&
                          stream.handshake == Handshake::none;
  const Icmp& says = stream.icmp_errors > 1 ? many_icmp_errors : only_asked ? syn_answered
                                                                            : one_icmp_error;
  plan.say(says, plan.text<Blank::protocol>(stream.first_icmp.v6 ? "ICMPv6" : "ICMP"),
           plan.part<Blank::what>(icmp_error_name(stream.first_icmp)), frame(stream.first_icmp.frame),
           number(stream.icmp_errors));
}

void tell_course(Plan& plan, const StreamSummary& stream) {
  plan.say<handshake>(plan.part<Blank::what>(word_for(stream)), how_long(plan, stream));
  if (is_unanswered(stream)) plan.say<nobody_answers>(number(stream.packets));
  plan.say<sent_again>(
      number(stream.retransmissions()),
      stream.retransmissions() == 0
          ? Plan::nothing<Blank::copy>()
          : plan.part<Blank::copy, shares>(number(stream.retransmissions_client), had(stream.retransmissions_server)));
  if (stream.never_delivered > 0) plan.say<never_arrived>(number(stream.never_delivered));
  if (stream.delivered_in_part > 0) plan.say<arrived_in_part>(number(stream.delivered_in_part));
  // What was never open need not be closed.
  const bool opened = stream.handshake != Handshake::none && stream.handshake != Handshake::half;
  if (opened || stream.closed != Closed::not_yet)
    plan.say(closing_of(stream), who(stream.closed_by), peer(stream.reset_by.value_or(Side::client)));
  if (stream.fin_missed) plan.say<fin_missed>(who(*stream.fin_missed));
}

void tell_datagrams(Plan& plan, const StreamSummary& stream) {
  const Datagrams& says = stream.audience == Audience::one     ? udp_stream
                          : stream.audience == Audience::group ? udp_to_group
                                                               : udp_to_everybody;
  plan.say(says, number(stream.number), had(stream.packets), plan.text<Blank::source>(to_string(stream.client)),
           plan.text<Blank::destination>(to_string(stream.server)), bytes(stream.bytes_client),
           size(stream.bytes_server));
  if (stream.audience == Audience::one && looks_like_an_answer(stream.client.port, stream.server.port))
    plan.say<roles_doubted>(number(stream.client.port));
}

}  // namespace

void explain(const StreamSummary& stream, Plan& plan) {
  plan.clear();
  if (stream.protocol == Protocol::udp) {
    tell_datagrams(plan, stream);
  } else {
    tell_ends(plan, stream);
    tell_course(plan, stream);
  }
  tell_icmp(plan, stream);
}

}  // namespace echolab::capture
