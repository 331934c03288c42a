// The story of an ICMP or ICMPv6 error: who reports what, and about which packet. RFC 792, RFC 1122 3.2.2; RFC 4443.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "capture/explain/explain.hpp"
#include "capture/explain/icmp.hpp"
#include "capture/explain/ip.hpp"
#include "capture/explain/names.hpp"
#include "capture/explain/notes.hpp"

namespace echolab::capture {
namespace {

/// What it reports: its name, and a sentence.
struct Report {
  OneOf<> name;
  OneOf<Blank::source, Blank::place, Blank::bytes> says;
};
constexpr Report port_unreachable{{Level::headline, "port unreachable", "port unreachable"},
                                  {Level::fact, "{source} says that no program listens on {place}.",
                                   "{place}에서 기다리는 프로그램이 없습니다 (보낸 곳: {source})."}};
constexpr Report host_unreachable{{Level::headline, "host unreachable", "host unreachable"},
                                  {Level::fact, "{source} says that the host does not answer there.",
                                   "그 호스트가 응답하지 않습니다 (보낸 곳: {source})."}};
constexpr Report network_unreachable{{Level::headline, "network unreachable", "network unreachable"},
                                     {Level::fact, "{source} knows no route to that network.",
                                      "그 네트워크로 가는 경로가 없습니다 (보낸 곳: {source})."}};
constexpr Report protocol_unreachable{{Level::headline, "protocol unreachable", "protocol unreachable"},
                                      {Level::fact, "{source} says that the host does not speak that protocol.",
                                       "그 호스트는 이 프로토콜을 쓰지 않습니다 (보낸 곳: {source})."}};
constexpr Report packet_too_big{
    {Level::headline, "packet too big", "packet too big"},
    {Level::fact, "{source} says that the packet does not fit through the next link and must be smaller.",
     "패킷이 다음 구간을 지나기에 너무 큽니다. 더 작게 보내야 합니다 (보낸 곳: {source})."}};
constexpr Report larger_than_mtu{
    {Level::headline, "packet too big", "packet too big"},
    {Level::fact, "{source} says that the packet does not fit through the next link: it may have {bytes} at most.",
     "패킷이 다음 구간을 지나기에 너무 큽니다. {bytes}까지만 지나갈 수 있습니다 (보낸 곳: {source})."}};
constexpr Report prohibited{{Level::headline, "forbidden", "prohibited"},
                            {Level::fact, "{source} says that a rule forbids this packet.",
                             "규칙이 이 패킷을 막았습니다 (보낸 곳: {source})."}};
constexpr Report unreachable{{Level::headline, "destination unreachable", "destination unreachable"},
                             {Level::fact, "{source} says that the destination cannot be reached.",
                              "목적지에 닿을 수 없습니다 (보낸 곳: {source})."}};
constexpr Report hops_exceeded{{Level::headline, "too many hops", "time exceeded (hop limit)"},
                               {Level::fact, "{source} discarded the packet: its TTL (hop limit) ran out.",
                                "패킷의 TTL(hop limit)이 다 되어 버려졌습니다 (보낸 곳: {source})."}};
constexpr Report reassembly_time_exceeded{{Level::headline, "time exceeded (reassembly)",
                                           "time exceeded (reassembly)"},
                                          {Level::fact, "{source} did not get all fragments of the packet in time.",
                                           "{source}에서 패킷의 fragment를 제때 모두 받지 못했습니다."}};
constexpr Report parameter_problem{{Level::headline, "parameter problem", "parameter problem"},
                                   {Level::fact, "{source} refuses the packet because of its header.",
                                    "{source}에서 패킷을 거절했습니다. 헤더에 문제가 있습니다."}};
constexpr Report source_quench{
    {Level::headline, "source quench", "source quench"},
    {Level::fact, "{source} asks to send more slowly; nobody obeys this any more (RFC 6633).",
     "더 천천히 보내 달라는 요청이지만 이제는 아무도 따르지 않습니다 (RFC 6633, 보낸 곳: {source})."}};
constexpr Report redirect{
    {Level::headline, "redirect", "redirect"},
    {Level::fact, "{source} knows a shorter route.", "더 가까운 경로가 있습니다 (보낸 곳: {source})."}};
constexpr Report unknown{{Level::headline, "unnamed error", "이름 없는 오류"},
                         {Level::fact, "{source} reports an error that has no name here.",
                          "여기서 이름을 모르는 오류입니다 (보낸 곳: {source})."}};

constexpr Sentence headline{Level::headline, "{protocol}: {what}", "{protocol}: {what}"};
constexpr Fact that_port{"that port", "그 포트"};
constexpr Fact named_port{"{protocol} {destination}", "{protocol} {destination}"};
constexpr Fact quotes_little{"It quotes too little of the packet to tell which one it is about.",
                             "인용된 부분이 너무 짧아 어느 패킷인지 알 수 없습니다."};
constexpr Fact quotes_no_ports{"The quote does not hold the ports.", "인용된 부분에 포트는 없습니다."};
using Quote = OneOf<Blank::protocol, Blank::source, Blank::destination, Blank::number, Blank::identification>;
constexpr Quote quotes{Level::fact, "It quotes the packet {protocol} {source} > {destination}.",
                       "인용된 패킷: {protocol} {source} > {destination}."};
constexpr Quote quotes_stream{
    Level::fact, "It quotes the packet {protocol} {source} > {destination} (stream {number}). No state moves because of it.",
    "인용된 패킷: {protocol} {source} > {destination} (stream {number}). 이것 때문에 바뀌는 상태는 없습니다."};
constexpr Quote quotes_syn{
    Level::fact, "It quotes the packet {protocol} {source} > {destination} (stream {number}).",
    "인용된 패킷: {protocol} {source} > {destination} (stream {number})."};
constexpr Quote quotes_fragment{
    Level::fact, "It quotes a fragment of the packet {identification}, {protocol} {source} > {destination}.",
    "인용된 패킷: {protocol} {source} > {destination} (패킷 {identification}의 fragment)."};

using Ended = OneOf<Blank::who, Blank::move, Blank::assumed>;
constexpr Ended ends_connect{
    Level::move, "Its number is that of the SYN that waits for an answer, so the {who}'s connect() fails[: {move}{assumed}] (RFC 9293 3.9.2.2).",
    "답을 기다리는 SYN의 번호를 인용하므로 {who}의 connect()가 실패합니다[: {move}{assumed}](RFC 9293 3.9.2.2)."};
constexpr Ended ends_connect_on_linux{
    Level::move, "Its number is that of the SYN that waits for an answer, so on Linux the {who}'s connect() fails[: {move}{assumed}]; RFC 9293 3.9.2.2 calls this error soft, and would try on.",
    "답을 기다리는 SYN의 번호를 인용하므로 Linux에서는 {who}의 connect()가 실패합니다[: {move}{assumed}]. RFC 9293 3.9.2.2는 이 오류를 soft로 보고 다시 시도하게 합니다."};

/// RFC 792, type 3: the code says what cannot be reached.
const Report& unreachable_v4(std::uint8_t code, bool mtu) {
  switch (code) {
    case 0:
    case 6:
    case 11: return network_unreachable;
    case 1:
    case 7:
    case 12: return host_unreachable;
    case 2: return protocol_unreachable;
    case 3: return port_unreachable;
    case 4: return mtu ? larger_than_mtu : packet_too_big;
    case 9:
    case 10:
    case 13: return prohibited;
    default: return unreachable;
  }
}

/// RFC 4443, section 3.1.
const Report& unreachable_v6(std::uint8_t code) {
  switch (code) {
    case 0: return network_unreachable;
    case 1:
    case 5:
    case 6: return prohibited;
    case 3: return host_unreachable;
    case 4: return port_unreachable;
    default: return unreachable;
  }
}

const Report& time_exceeded(std::uint8_t code) { return code == 1 ? reassembly_time_exceeded : hops_exceeded; }

const Report& report_v4(std::uint8_t type, std::uint8_t code, bool mtu) {
  switch (type) {
    case 3: return unreachable_v4(code, mtu);
    case 4: return source_quench;
    case 5: return redirect;
    case 11: return time_exceeded(code);
    case 12: return parameter_problem;
    default: return unknown;
  }
}

const Report& report_v6(std::uint8_t type, std::uint8_t code, bool mtu) {
  switch (type) {
    case 1: return unreachable_v6(code);
    case 2: return mtu ? larger_than_mtu : packet_too_big;
    case 3: return time_exceeded(code);
    case 4: return parameter_problem;
    default: return unknown;
  }
}

const Report& report_of(const IcmpError& error) {
  return (error.v6 ? report_v6 : report_v4)(error.type, error.code, error.next_mtu.has_value());
}

bool has_ports(const IcmpError& error) {
  constexpr int tcp = 6, udp = 17;
  return error.quoted_protocol == tcp || error.quoted_protocol == udp;
}

/// At which port nobody listens.
Given<Blank::place> place_of(Plan& plan, const IcmpError& error) {
  if (&report_of(error) != &port_unreachable) return Plan::nothing<Blank::place>();
  if (!error.quoted_destination) return plan.part<Blank::place, that_port>();
  return plan.part<Blank::place, named_port>(plan.text<Blank::protocol>(ip_protocol_name(error.quoted_protocol)),
                                             plan.text<Blank::destination>(to_string(*error.quoted_destination)));
}

/// The packet that it quotes, as far as the quote tells.
void tell_quote(Plan& plan, const Observation& seen, const IcmpError& error) {
  const bool ports_quoted = error.quoted_source && error.quoted_destination;
  if (!ports_quoted && !(error.quoted_sender && error.quoted_receiver)) {
    plan.say<quotes_little>();
    return;
  }
  const Quote& quote = seen.connect_ended ? quotes_syn : seen.stream               ? quotes_stream
                                                     : error.quoted_identification ? quotes_fragment
                                                                                   : quotes;
  plan.say(quote, plan.text<Blank::protocol>(ip_protocol_name(error.quoted_protocol)),
           plan.text<Blank::source>(ports_quoted ? to_string(*error.quoted_source) : to_string(*error.quoted_sender)),
           plan.text<Blank::destination>(ports_quoted ? to_string(*error.quoted_destination)
                                                      : to_string(*error.quoted_receiver)),
           number(seen.stream ? seen.stream->number : 0),
           plan.text<Blank::identification>(identification_text(error.quoted_identification.value_or(0), error.v6)));
  if (has_ports(error) && !ports_quoted) plan.say<quotes_no_ports>();
  if (const auto& ended = seen.connect_ended)
    plan.say(ended->hard ? ends_connect : ends_connect_on_linux, who(ended->side),
             move(ended->change.before, ended->change.after), assumed(Assumption::if_arrived));
}

}  // namespace

const OneOf<>& icmp_error_name(const IcmpNotice& notice) {
  return (notice.v6 ? report_v6 : report_v4)(notice.type, notice.code, false).name;
}

void explain_icmp_error(const Observation& seen, const IcmpError& error, Plan& plan) {
  const Report& report = report_of(error);
  plan.say<headline>(plan.text<Blank::protocol>(error.v6 ? "ICMPv6" : "ICMP"), plan.part<Blank::what>(report.name));
  plan.say(report.says, plan.text<Blank::source>(to_string(error.source)), place_of(plan, error),
           bytes(error.next_mtu.value_or(0)));
  tell_quote(plan, seen, error);
  tell_ip(plan, seen, error.ip);
  tell_notes(plan, seen.notes, told_by_ip(seen, error.ip).add(Note::port_unreachable));
  advise(plan, seen.notes, unsuited(error.ip));
  plan.protocol = error.v6 ? "RFC 4443" : "RFC 792";
  plan.severity = Severity::warning;
}

}  // namespace echolab::capture
