// The words of each measure. In the order of the measures.
#include <array>

#include "tools/compare/transport/words.hpp"

namespace echolab::compare {
namespace {

constexpr std::array<MeasureWords, measure_count> catalog{{
    {{"packets", "패킷"},
     {"Both directions, lost ones too. TCP opens (3), acknowledges and closes; UDP sends the messages and nothing "
      "else.",
      "양쪽 방향, 잃은 것까지 셉니다. TCP는 연결을 열고(3개) 받았다고 알리고 닫습니다. UDP는 메시지만 보냅니다."},
     Claim::reliability_for_speed},
    {{"of these dropped", "그중 와이어가 버린 것"},
     {"By the wire: its own count. Both protocols meet the same chance, frame by frame.",
      "와이어가 직접 센 수입니다. 두 프로토콜은 프레임마다 같은 확률을 만납니다."}},
    {{"bytes on the wire", "와이어를 지난 바이트"},
     {"Whole Ethernet frames. TCP's header has 20 bytes and usually 12 more of options, UDP's has 8.",
      "이더넷 프레임 전체입니다. TCP 헤더는 20바이트에 대개 옵션 12바이트가 더 붙고, UDP 헤더는 8바이트입니다."}},
    {{"not payload", "데이터가 아닌 몫"},
     {"The share of these bytes that is headers, empty packets, and data sent again.",
      "그 바이트 가운데 헤더, 빈 패킷, 재전송한 데이터가 차지하는 몫입니다."}},
    {{"before the first data", "첫 데이터 전의 패킷"},
     {"SYN, SYN,ACK, ACK: the handshake. UDP's first packet is the message itself.",
      "SYN, SYN,ACK, ACK: 핸드셰이크입니다. UDP는 첫 패킷이 곧 메시지입니다."},
     Claim::reliability_for_speed},
    {{"before the first answer", "첫 답 전의 패킷"}, {"The request itself included.", "요청까지 셉니다."}},
    {{"round trips to the answer", "첫 답까지의 왕복 횟수"},
     {"TCP asks \"may I?\" first, and only then the question: one round trip more.",
      "TCP는 먼저 연결해도 되느냐고 묻고 그다음에야 요청을 보내므로 왕복이 한 번 더 듭니다."},
     Claim::reliability_for_speed},
    {{"retransmissions", "재전송"},
     {"TCP's kernel sends again what was not acknowledged. UDP never does.",
      "TCP는 확인되지 않은 것을 커널이 재전송합니다. UDP는 그런 일이 없습니다."},
     Claim::nobody_checks},

    {{"sent", "보낸 메시지"}, {"By the client's program.", "클라이언트 프로그램이 보낸 수입니다."}},
    {{"answered", "답을 받은 메시지"}, {"As the program saw it.", "프로그램이 본 수입니다."}},
    {{"lost", "잃은 메시지"},
     {"TCP repeats until it arrives; UDP leaves it lost, and the program finds out by waiting.",
      "TCP는 도착할 때까지 재전송합니다. UDP에서는 잃은 채로 남고, 프로그램은 기다려 보고서야 압니다."},
     Claim::nobody_checks},
    {{"lost, says the wire", "와이어가 말하는 손실"},
     {"From the packets that were delivered: it must be what the program saw.",
      "전달된 패킷에서 셌습니다. 프로그램이 본 수와 같아야 합니다."}},
    {{"doubled", "두 번 받은 답"},
     {"TCP recognizes a second copy by its number and drops it; over UDP the program would have to.",
      "TCP는 번호를 보고 두 번째 것을 버립니다. UDP에서는 프로그램이 할 일입니다."}},
    {{"out of order", "순서가 바뀐 답"},
     {"TCP hands bytes over in order; UDP hands over what comes.",
      "TCP는 순서대로 넘겨줍니다. UDP는 오는 대로 넘겨줍니다."}},

    {{"first answer after", "첫 답까지 걸린 시간"},
     {"From connect() or the first sendto() to the answer: two round trips for TCP, one for UDP.",
      "connect()나 첫 sendto()부터 답까지. TCP는 왕복 두 번, UDP는 한 번입니다."},
     Claim::reliability_for_speed},
    {{"round trip, shortest", "왕복 시간, 최소"},
     {"Once connected, both need one round trip a message.", "연결된 뒤에는 둘 다 메시지마다 왕복 한 번이면 됩니다."},
     Claim::reliability_for_speed},
    {{"round trip, median", "왕복 시간, 중앙값"},
     {"Half of the answers came sooner.", "답의 절반은 이보다 빨리 왔습니다."}},
    {{"round trip, p99", "왕복 시간, p99"},
     {"99 of 100 answers came sooner. A message that TCP had to repeat waits for a timer; one that UDP lost has no "
      "round "
      "trip at all.",
      "100개 중 99개는 이보다 빨리 왔습니다. TCP가 재전송한 메시지는 타이머를 기다리고, UDP가 잃은 메시지에는 왕복이 "
      "아예 없습니다."}},
    {{"the whole exchange", "교환 전체"},
     {"With opening and closing, and over UDP with the time-outs of what was lost.",
      "열고 닫는 시간까지, UDP는 잃은 것을 기다린 시간까지입니다."}},

    {{"messages/s, 1 client", "초당 메시지, 1명"},
     {"In lock-step, after the opening: the wire's round trip sets the pace for both.",
      "열고 난 뒤 하나씩 주고받을 때입니다. 둘 다 와이어의 왕복 시간이 속도를 정합니다."},
     Claim::reliability_for_speed},
    {{"messages/s, 64 clients", "초당 메시지, 64명"},
     {"All 64 at once, each in lock-step.", "64명이 한꺼번에, 저마다 하나씩 주고받습니다."},
     Claim::reliability_for_speed},
    {{"in bulk, came back", "한꺼번에 보내 돌아온 양"},
     {"One client sends as fast as its kernel lets it. TCP begins slowly and watches what arrives; nobody slows UDP "
      "down.",
      "클라이언트 하나가 커널이 받아 주는 만큼 보냅니다. TCP는 천천히 시작해 도착하는 것을 보며 늘리고, UDP는 아무도 "
      "늦추지 않습니다."},
     Claim::reliability_for_speed},
    {{"in bulk, share that came", "그중 돌아온 비율"},
     {"What UDP sends faster than the path can carry is lost, and nobody says so.",
      "UDP가 경로의 한계보다 빨리 보낸 몫은 사라지고, 아무도 알려 주지 않습니다."},
     Claim::nobody_checks},

    {{"kernel sockets", "커널 소켓"},
     {"For each of 64 clients. TCP: one each, besides the listening one. UDP: one hears them all.",
      "클라이언트 64명 각각에 드는 수입니다. TCP는 listen 소켓 말고도 저마다 하나, UDP는 하나로 모두를 상대합니다."},
     Claim::no_session_state},
    {{"kernel, socket object", "커널, 소켓 객체"},
     {"Numbers, state, timers. How large such a socket is: /proc/net/protocols.",
      "번호, 상태, 타이머가 들어 있습니다. 크기는 /proc/net/protocols에 나옵니다."},
     Claim::less_load},
    {{"kernel, queued", "커널, 큐에 든 것"},
     {"While nobody says anything the queues are empty.", "아무도 말하지 않는 동안에는 큐가 비어 있습니다."},
     Claim::less_load},
    {{"server program", "서버 프로그램"},
     {"tcp_server keeps the address, counters and what is unsent; udp_server keeps nothing.",
      "tcp_server는 주소와 개수와 못 보낸 것을 기억합니다. udp_server는 아무것도 기억하지 않습니다."},
     Claim::no_session_state},
    {{"server's work, a request", "요청 하나에 든 서버의 일"},
     {"Processor time of the server, kernel's part included, with 64 clients.",
      "클라이언트가 64명일 때 서버가 쓴 프로세서 시간이며, 커널이 쓴 몫도 들어 있습니다."},
     Claim::less_load},

    {{"a loss is noticed by", "손실을 알아채는 쪽"},
     {"One request is dropped. TCP's kernel misses the ACK; over UDP only the program's own time-out tells.",
      "요청 하나를 버려 봅니다. TCP는 커널이 ACK가 없음을 알고, UDP는 프로그램 자신의 시간 제한만이 알려 줍니다."},
     Claim::nobody_checks},
    {{"...after", "...걸린 시간"},
     {"TCP: until the kernel sent it again. UDP: the time-out that our client set itself.",
      "TCP는 커널이 재전송할 때까지, UDP는 우리 클라이언트가 스스로 정한 시간 제한입니다."}},
    {{"a closed port looks like", "닫힌 포트의 모습"},
     {"ECONNREFUSED twice, by two ways: TCP's RST, and the ICMP error that a UDP client has to ask for.",
      "둘 다 ECONNREFUSED이지만 길이 다릅니다. TCP는 RST로, UDP는 ICMP 오류로 알려지며 UDP 클라이언트는 그것을 알려 "
      "달라고 요청해 두어야 합니다."}},
    {{"...after", "...걸린 시간"}, {"One round trip.", "왕복 한 번입니다."}},
    {{"a killed server looks like", "죽은 서버의 모습"},
     {"The server is killed between two messages. Its kernel ends TCP's connection unasked (FIN); over UDP the next "
      "message finds a closed port.",
      "메시지와 메시지 사이에 서버를 죽입니다. TCP는 커널이 알아서 연결을 끝내고(FIN), UDP는 다음 메시지가 닫힌 포트를 "
      "만납니다."},
     Claim::goes_on_after_a_cut},
    {{"...after", "...걸린 시간"}, {"Since the next message was sent.", "다음 메시지를 보낸 때부터입니다."}},
    {{"a cut wire looks like", "끊긴 와이어의 모습"},
     {"Pulled for 700 ms in the middle, and plugged in again. Both see silence; then TCP sends what was missing.",
      "도중에 700 ms 동안 뽑았다가 다시 꽂습니다. 둘 다 침묵만 보고, 그 뒤 TCP는 빠진 것을 보냅니다."},
     Claim::goes_on_after_a_cut},
    {{"...longest silence", "...가장 긴 침묵"},
     {"TCP's timer doubles each time, so it may try again somewhat after the wire is back. Over UDP: the program's "
      "time-out. Were the wire never plugged in, Linux would give TCP up after a quarter of an hour; UDP, never.",
      "TCP의 타이머는 매번 두 배가 되므로 와이어가 돌아온 뒤 조금 늦게 다시 보낼 수 있습니다. UDP는 프로그램의 시간 "
      "제한입니다. 와이어를 끝내 꽂지 않으면 Linux는 15분쯤 뒤 TCP를 포기하고, UDP는 포기할 것도 없습니다."}},
    {{"...messages lost by it", "...그 사이 잃은 메시지"},
     {"Of six.", "여섯 개 가운데서입니다."},
     Claim::goes_on_after_a_cut},
}};

struct Heading {
  Measure before;
  Text text;
};
constexpr std::array headings{
    Heading{Measure::packets, {"What was sent", "보낸 것"}},
    Heading{Measure::messages_sent, {"What became of the messages", "메시지는 어떻게 되었나"}},
    Heading{Measure::first_answer, {"How long it took", "걸린 시간"}},
    Heading{Measure::rate_1, {"How much goes through", "얼마나 지나가나"}},
    Heading{Measure::kernel_sockets, {"What a client costs the server", "클라이언트 하나의 부담"}},
    Heading{Measure::loss_noticed_by, {"Who notices what", "누가 무엇을 알아채나"}},
};

}  // namespace

const MeasureWords& words_of(Measure measure) { return catalog[static_cast<std::size_t>(measure)]; }

Text heading_before(Measure measure) {
  for (const Heading& heading : headings)
    if (heading.before == measure) return heading.text;
  return {};
}

Text words_of(Word word) {
  static constexpr std::array<Text, word_count> words{{{"silence", "침묵"},
                                                       {"refused", "거절"},
                                                       {"FIN", "FIN"},
                                                       {"RST", "RST"},
                                                       {"an error", "오류"},
                                                       {"the kernel", "커널"},
                                                       {"the program", "프로그램"},
                                                       {"nobody", "아무도"},
                                                       {"goes on", "이어짐"},
                                                       {"gap, goes on", "비고 이어짐"}}};
  return words[static_cast<std::size_t>(word)];
}

Text words_of(Verdict verdict) {
  static constexpr std::array<Text, verdict_count> words{{{"borne out", "맞습니다"},
                                                          {"only partly", "일부만 맞습니다"},
                                                          {"not borne out", "맞지 않습니다"},
                                                          {"not measured here", "여기서는 재지 못했습니다"}}};
  return words[static_cast<std::size_t>(verdict)];
}

}  // namespace echolab::compare
