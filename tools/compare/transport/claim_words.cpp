// The post's sentences in our words, and what the receipt says to them.
#include <fmt/format.h>

#include "tools/compare/transport/words.hpp"

namespace echolab::compare {
namespace {

/// The value of a row as the table shows it.
class Numbers {
 public:
  Numbers(const std::vector<Row>& rows, Language language) : rows_(rows), language_(language) {}
  std::string tcp(MeasureName measure) const { return of(measure, Client::tcp); }
  std::string udp(MeasureName measure) const { return of(measure, Client::udp); }
  std::string udp_retry(MeasureName measure) const { return of(measure, Client::udp_retry); }

 private:
  std::string of(MeasureName measure, Client client) const {
    const Row& row = row_of(rows_, measure);
    return shown(row.value[client], row.measure->unit, language_);
  }

  const std::vector<Row>& rows_;
  Language language_;
};

constexpr Text unmeasured{"It takes our own servers, and a wire that can be cut: --on lab measures it.",
                          "우리 서버와 끊을 수 있는 와이어가 있어야 합니다. --on lab이면 잴 수 있습니다."};

constexpr Text cut{
    "The wire was pulled out for a moment: TCP lost {0} messages, UDP {1}; TCP went on by itself. The server was "
    "killed: "
    "what the client saw of TCP was {2}, and that connection never comes back. Going on then is the work of a program "
    "that keeps the session elsewhere.",
    "와이어를 잠깐 뽑았더니 TCP는 메시지를 {0}개, UDP는 {1}개 잃었고 TCP는 스스로 이어 갔습니다. 서버를 죽였을 때 "
    "클라이언트가 본 TCP의 모습은 '{2}'이며 그 연결은 돌아오지 않습니다. 그때 이어 가는 것은 세션을 다른 곳에 저장한 "
    "프로그램의 몫입니다."};
constexpr Text loss{
    "The same message was dropped for all. TCP: {0} noticed after {1}. UDP: {2} noticed after {3}, because our client "
    "counts its messages and waits; UDP itself did nothing. A program over UDP may check for itself: when the wire was "
    "pulled out UDP lost {4} messages, with retry {5}; in the exchange {6} and {7}, for {8} packets (TCP: {9}). To send "
    "again it keeps what it has sent: that is state.",
    "모두 같은 메시지를 버렸습니다. 알아챈 것은 TCP에서 {0}({1} 뒤), UDP에서 {2}({3} 뒤)입니다. UDP 쪽은 우리 "
    "클라이언트가 메시지를 세며 기다렸기 때문이고, UDP 자신은 아무 일도 하지 않았습니다. UDP 위의 프로그램이 스스로 "
    "확인할 수도 있습니다. 와이어를 뽑았을 때 UDP는 메시지를 {4}개, 다시 보내는 프로그램은 {5}개 잃었고, 교환에서는 "
    "{6}개와 {7}개를 잃었으며 패킷 {8}개(TCP는 {9}개)가 들었습니다. 다시 보내려면 보낸 것을 간직해야 합니다. 그것이 곧 "
    "상태입니다."};
constexpr Text speed{
    "First answer: TCP {0}, UDP {1}. After that, with one client: TCP {2}, UDP {3}. What UDP saves is the opening; "
    "what it "
    "gives up is that somebody takes care of losses.",
    "첫 답까지 TCP {0}, UDP {1}. 그다음 클라이언트 하나로는 TCP {2}, UDP {3}입니다. UDP가 아끼는 것은 연결을 여는 "
    "시간이고, 포기하는 것은 손실 처리입니다."};
constexpr Text state{
    "Sockets in the server's kernel for each of 64 clients: TCP {0}, UDP {1}. Kept for each by the server's program: "
    "TCP {2}, UDP {3}. This is an echo: a service that must know its clients keeps that itself, over UDP too.",
    "클라이언트 64명 각각을 위해 서버 커널에 있던 소켓은 TCP {0}개, UDP {1}개이고, 서버 프로그램이 기억한 것은 TCP "
    "{2}, "
    "UDP {3}입니다. 이것은 에코입니다. 클라이언트를 알아야 하는 서비스라면 UDP 위에서도 스스로 기억해야 합니다."};
constexpr Text load{
    "For each client the kernel kept {0} over TCP and {1} over UDP; a request cost the server {2} and {3} of processor "
    "time. Memory is what statelessness surely saves; most of the work is to move the message, and both must do that.",
    "클라이언트마다 커널이 기억한 것은 TCP {0}, UDP {1}입니다. 요청 하나에 서버가 쓴 프로세서 시간은 TCP {2}, UDP "
    "{3}입니다. 상태가 없어서 확실히 아끼는 것은 메모리입니다. 일의 대부분은 메시지를 옮기는 것이고 그것은 둘 다 "
    "해야 합니다."};
constexpr Text dates{
    "UDP's document, RFC 768, is from August 1980; TCP's, RFC 793, from September 1981, after designs since 1974. They "
    "were made side by side, for different work: siblings rather than rivals.",
    "UDP의 문서 RFC 768은 1980년 8월, TCP의 RFC 793은 1981년 9월에 나왔고, TCP의 설계는 1974년부터 있었습니다. 둘은 "
    "서로 다른 일을 하려고 나란히 만들어졌으니 경쟁자라기보다 형제입니다."};

}  // namespace

Text words_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::borne_out: return {"borne out", "맞습니다"};
    case Verdict::partly: return {"only partly", "일부만 맞습니다"};
    case Verdict::not_borne_out: return {"not borne out", "맞지 않습니다"};
    case Verdict::not_measured: return {"not measured here", "여기서는 재지 못했습니다"};
  }
  return {};
}

Text said(Claim claim) {
  switch (claim) {
    case Claim::goes_on_after_a_cut:
      return {"because the server remembers, a transfer that was cut goes on where it stopped",
              "서버가 기억하고 있으므로 끊긴 전송도 멈춘 곳부터 이어진다"};
    case Claim::nobody_checks:
      return {"without state each request stands alone, and nobody checks that all data arrived",
              "상태가 없으면 요청마다 홀로 서고, 데이터가 다 왔는지 아무도 확인하지 않는다"};
    case Claim::reliability_for_speed:
      return {"UDP gave up reliability to be faster than TCP", "UDP는 TCP보다 빠르려고 신뢰성을 포기했다"};
    case Claim::no_session_state:
      return {"UDP answers requests without keeping a session's state", "UDP는 세션 상태를 두지 않고 요청에 답한다"};
    case Claim::less_load:
      return {"keeping no state lowers the server's load", "상태를 두지 않으면 서버의 부담이 줄어든다"};
    case Claim::younger_than_tcp: return {"UDP came to make up for a slow TCP", "UDP는 느린 TCP를 보완하려고 나왔다"};
  }
  return {};
}

std::string found(Claim claim, const std::vector<Row>& rows, Language language) {
  const Numbers n(rows, language);
  const auto filled = [&](const Text& text, const auto&... values) {
    return fmt::format(fmt::runtime(text.in(language)), values...);
  };
  if (judge(claim, rows) == Verdict::not_measured) return std::string(unmeasured.in(language));
  switch (claim) {
    case Claim::goes_on_after_a_cut:
      return filled(cut, n.tcp("cut_wire_lost"), n.udp("cut_wire_lost"), n.tcp("dead_server"));
    case Claim::nobody_checks:
      return filled(loss, n.tcp("loss_noticed_by"), n.tcp("loss_noticed_after"), n.udp("loss_noticed_by"),
                    n.udp("loss_noticed_after"), n.udp("cut_wire_lost"), n.udp_retry("cut_wire_lost"),
                    n.udp("messages_lost"), n.udp_retry("messages_lost"), n.udp_retry("packets"), n.tcp("packets"));
    case Claim::reliability_for_speed:
      return filled(speed, n.tcp("first_answer"), n.udp("first_answer"), n.tcp("rate_1"), n.udp("rate_1"));
    case Claim::no_session_state:
      return filled(state, n.tcp("kernel_sockets"), n.udp("kernel_sockets"), n.tcp("program_bytes"),
                    n.udp("program_bytes"));
    case Claim::less_load:
      return filled(load, n.tcp("kernel_bytes"), n.udp("kernel_bytes"), n.tcp("server_work"), n.udp("server_work"));
    case Claim::younger_than_tcp: return filled(dates);
  }
  return {};
}

}  // namespace echolab::compare
