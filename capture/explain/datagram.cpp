// The story of one UDP datagram: RFC 768 has no states, so it tells what is missing, and who the two ends may be.
#include "capture/explain/explain.hpp"
#include "capture/explain/ip.hpp"
#include "capture/explain/notes.hpp"
#include "capture/explain/ports.hpp"

namespace echolab::capture {
namespace {

constexpr OneOf<> datagram_headline{Level::headline, "datagram", "데이터그램"};
constexpr OneOf<> empty_headline{Level::headline, "empty datagram", "빈 데이터그램"};
constexpr Fact sends_datagram{"[The {who} sends ]{bytes}.", "[{who}가 ]{bytes}[를 보냅니다]."};
constexpr Fact sends_to_many{"It carries {bytes}.", "{bytes}가 실려 있습니다."};
constexpr Fact first_datagram{"UDP has no handshake and no state[: nothing was agreed before, and UDP will not confirm this. Only an answer from the other program, or an ICMP error, shows whether it arrived].",
                              "UDP에는 핸드셰이크도 상태도 없습니다.[ 미리 약속한 것이 없고, UDP는 받았다고 확인해 주지 않습니다. 도착했는지는 상대 프로그램의 답이나 ICMP 오류가 와야 알 수 있습니다.]"};
constexpr Fact first_answer{"Only the programs know if this is an answer[: to UDP it is one more datagram].",
                            "이것이 답인지는 프로그램만 압니다.[ UDP에는 또 하나의 데이터그램일 뿐입니다.]"};
constexpr Detail later_datagram{"No state, no number, no acknowledgement: UDP does not know whether it arrived.",
                                "상태도 번호도 ACK도 없어 도착했는지 UDP는 모릅니다."};
constexpr Fact same_ports{"Both ports are the same, so the side seen first counts as the client.",
                          "두 포트 번호가 같아 먼저 보인 쪽을 클라이언트로 봅니다."};
constexpr Fact looks_like_answer{"The side seen first counts as the client; but port {number} looks like a server's, so this may answer a datagram that is not in the capture.",
                                 "먼저 보인 쪽을 클라이언트로 보지만, 포트 {number}번은 서버의 포트로 보입니다. 캡처에 없는 데이터그램에 대한 답일 수 있습니다."};
constexpr Fact to_group{"It goes to the group {destination} (multicast): every host that joined the group gets it, and none has to answer.",
                        "한 호스트가 아니라 그룹 {destination}에 보냅니다(멀티캐스트). 그 그룹에 가입한 호스트는 모두 받으며, 답하지 않아도 됩니다."};
constexpr Fact to_everybody{"It goes to everybody on the link, {destination} (broadcast): every program with that port open gets it, and none has to answer.",
                            "한 호스트가 아니라 링크 전체({destination})에 보냅니다(브로드캐스트). 그 포트를 연 프로그램은 모두 받으며, 답하지 않아도 됩니다."};
constexpr Fact nothing_in_it{"An empty datagram is legal; unlike a FIN, it ends nothing.",
                             "빈 데이터그램도 정상이며, FIN과 달리 끝을 뜻하지 않습니다."};
constexpr Fact carries_tunnel{"It carries another packet ({name}): the tunnel is named but not followed.",
                              "안에 다른 패킷이 들어 있습니다({name}). 터널은 이름만 알려 주고 안은 추적하지 않습니다."};

Audience audience_of(const Observation& seen) { return seen.stream ? seen.stream->audience : Audience::one; }

void tell_length(Plan& plan, const Observation& seen, const Datagram& datagram) {
  if (audience_of(seen) == Audience::one)
    plan.say<sends_datagram>(who(seen.stream ? seen.stream->from : Side::client), bytes(datagram.payload_length));
  else
    plan.say<sends_to_many>(bytes(datagram.payload_length));
}

/// Of the first datagram: whether `client` and `server` are the right words for the two ends.
void tell_roles(Plan& plan, const Observation& seen, const Datagram& datagram) {
  const auto destination = [&] { return plan.text<Blank::destination>(to_string(datagram.destination.address)); };
  switch (audience_of(seen)) {
    case Audience::group: plan.say<to_group>(destination()); break;
    case Audience::everybody: plan.say<to_everybody>(destination()); break;
    case Audience::one:
      if (datagram.source.port == datagram.destination.port)
        plan.say<same_ports>();
      else if (looks_like_an_answer(datagram.source.port, datagram.destination.port))
        plan.say<looks_like_answer>(number(datagram.source.port));
  }
}

void tell_place(Plan& plan, const Observation& seen, const Datagram& datagram) {
  const std::uint64_t place = seen.stream ? seen.stream->packet : 1;
  if (place == 1) {
    plan.say<first_datagram>();
    tell_roles(plan, seen, datagram);
  } else if (place == 2 && seen.stream->from == Side::server) {
    plan.say<first_answer>();
  } else {
    plan.say<later_datagram>();
  }
}

}  // namespace

void explain_datagram(const Observation& seen, const Datagram& datagram, Plan& plan) {
  const bool empty = datagram.payload_length == 0;
  const auto& headline = empty ? empty_headline : datagram_headline;
  if (is_first_fragment(datagram.ip))
    tell_first_fragment(plan, plan.part<Blank::what>(headline));
  else
    plan.say(headline);
  tell_length(plan, seen, datagram);
  tell_place(plan, seen, datagram);
  if (empty) plan.say<nothing_in_it>();
  if (!datagram.tunnel.empty()) plan.say<carries_tunnel>(plan.name(datagram.tunnel));
  tell_ip(plan, seen, datagram);
  tell_notes(plan, seen.notes, told_by_ip(seen, datagram.ip).add(Note::tunnel));
  advise(plan, seen.notes, unsuited(datagram.ip));
  plan.protocol = "RFC 768";
  plan.severity = severity_of(seen.notes);
}

}  // namespace echolab::capture
