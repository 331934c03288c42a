// The rows of the receipt, each once: what it is called, what it says, and where its values come from. Text, Markdown,
// JSON and the judgements visit this table; a new row is an entry of it, and nothing else.
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

#include "tools/compare/transport/claim.hpp"
#include "tools/compare/transport/get.hpp"

namespace echolab::compare {

struct Row;
/// What the numbers of all rows say about one; empty: nothing.
using Remark = std::string (*)(const std::vector<Row>& rows, Language language);
/// What the program that tries again sent again, held against what the wire dropped of it.
std::string resent_words(const std::vector<Row>& rows, Language language);

struct Measure {
  std::string_view name;  // the JSON's word: the key
  Unit unit;
  Text label;    // at most 26 columns
  Text because;  // why they differ, or why it matters
  Get get;
  std::optional<Claim> claim = {};  // that it bears on
  Text heading = {};                // above it; empty: none
  Remark remark = nullptr;
};

inline constexpr std::array measures{
    Measure{.name = "packets",
            .unit = Unit::packets,
            .label = {"packets", "패킷"},
            .because = {"Both directions, lost ones too. TCP opens (3), acknowledges and closes; UDP sends the "
                        "messages and nothing else.",
                        "양쪽 방향, 잃은 것까지 셉니다. TCP는 연결을 열고(3개) 받았다고 알리고 닫습니다. UDP는 "
                        "메시지만 보냅니다."},
            .get = get::counted<&Counts::packets>,
            .claim = Claim::reliability_for_speed,
            .heading = {"What was sent", "보낸 것"}},
    Measure{.name = "packets_dropped",
            .unit = Unit::packets,
            .label = {"of these dropped", "그중 와이어가 버린 것"},
            .because = {"By the wire: its own count. All meet the same chance, frame by frame.",
                        "와이어가 직접 센 수입니다. 셋 다 프레임마다 같은 확률을 만납니다."},
            .get = get::counted_by_wire<&Counts::dropped>},
    Measure{.name = "bytes",
            .unit = Unit::bytes,
            .label = {"bytes on the wire", "와이어를 지난 바이트"},
            .because = {"Whole Ethernet frames. TCP's header has 20 bytes and usually 12 more of options, UDP's has 8.",
                        "이더넷 프레임 전체입니다. TCP 헤더는 20바이트에 대개 옵션 12바이트가 더 붙고, UDP 헤더는 "
                        "8바이트입니다."},
            .get = get::counted<&Counts::bytes>},
    Measure{.name = "overhead",
            .unit = Unit::share,
            .label = {"not payload", "데이터가 아닌 몫"},
            .because = {"The share of these bytes that is headers, empty packets, and data sent again.",
                        "그 바이트 가운데 헤더, 빈 패킷, 재전송한 데이터가 차지하는 몫입니다."},
            .get = get::overhead},
    Measure{.name = "handshake_packets",
            .unit = Unit::packets,
            .label = {"before the first data", "첫 데이터 전의 패킷"},
            .because = {"SYN, SYN,ACK, ACK: the handshake. UDP's first packet is the message itself.",
                        "SYN, SYN,ACK, ACK: 핸드셰이크입니다. UDP는 첫 패킷이 곧 메시지입니다."},
            .get = get::counted<&Counts::handshake_packets>,
            .claim = Claim::reliability_for_speed},
    Measure{.name = "first_answer_packets",
            .unit = Unit::packets,
            .label = {"before the first answer", "첫 답 전의 패킷"},
            .because = {"The request itself included.", "요청까지 셉니다."},
            .get = get::counted<&Counts::packets_before_answer>},
    Measure{.name = "first_answer_rtts",
            .unit = Unit::round_trips,
            .label = {"round trips to the answer", "첫 답까지의 왕복 횟수"},
            .because = {"TCP asks \"may I?\" first, and only then the question: one round trip more.",
                        "TCP는 먼저 연결해도 되느냐고 묻고 그다음에야 요청을 보내므로 왕복이 한 번 더 듭니다."},
            .get = get::counted<&Counts::round_trips_before_answer>,
            .claim = Claim::reliability_for_speed},
    Measure{.name = "retransmissions",
            .unit = Unit::packets,
            .label = {"retransmissions", "재전송"},
            .because = {"TCP's kernel sends again what was not acknowledged. UDP never does; over UDP a program can, "
                        "when its own time-out has passed without an answer.",
                        "TCP는 확인되지 않은 것을 커널이 재전송합니다. UDP는 그런 일이 없습니다. UDP에서는 프로그램이 "
                        "스스로 정한 시간 안에 답이 없을 때 다시 보낼 수 있습니다."},
            .get = get::counted<&Counts::retransmissions>,
            .claim = Claim::nobody_checks,
            .remark = resent_words},
    Measure{.name = "retransmissions_too_early",
            .unit = Unit::packets,
            .label = {"of these too early", "그중 너무 이른 것"},
            .because = {"The wire had dropped nothing since that was sent last: the timer was shorter than the way.",
                        "마지막으로 보낸 뒤 와이어가 버린 것이 없었습니다. 타이머가 오가는 시간보다 짧았던 것입니다."},
            .get = get::counted_by_wire<&Counts::too_early>},

    Measure{.name = "messages_sent",
            .unit = Unit::messages,
            .label = {"sent", "보낸 메시지"},
            .because = {"By the client's program.", "클라이언트 프로그램이 보낸 수입니다."},
            .get = get::told<&Talk::sent>,
            .heading = {"What became of the messages", "메시지는 어떻게 되었나"}},
    Measure{.name = "messages_answered",
            .unit = Unit::messages,
            .label = {"answered", "답을 받은 메시지"},
            .because = {"As the program saw it.", "프로그램이 본 수입니다."},
            .get = get::told<&Talk::answered>},
    Measure{.name = "messages_lost",
            .unit = Unit::messages,
            .label = {"lost", "잃은 메시지"},
            .because = {"TCP repeats until it arrives. UDP leaves it lost: the program finds out by waiting, and may "
                        "send it again.",
                        "TCP는 도착할 때까지 재전송합니다. UDP에서는 잃은 채로 남습니다. 프로그램은 기다려 보고서야 "
                        "알고, 그때 다시 보낼 수 있습니다."},
            .get = get::told<&Talk::lost>,
            .claim = Claim::nobody_checks},
    Measure{.name = "wire_lost",
            .unit = Unit::messages,
            .label = {"lost, says the wire", "와이어가 말하는 손실"},
            .because = {"From the packets that were delivered: it must be what the program saw.",
                        "전달된 패킷에서 셌습니다. 프로그램이 본 수와 같아야 합니다."},
            .get = get::lost_by_wire},
    Measure{.name = "messages_doubled",
            .unit = Unit::messages,
            .label = {"doubled", "두 번 받은 답"},
            .because = {"TCP recognizes a second copy by its number and drops it; over UDP the program has to.",
                        "TCP는 번호를 보고 두 번째 것을 버립니다. UDP에서는 프로그램이 할 일입니다."},
            .get = get::told<&Talk::doubled>},
    Measure{.name = "messages_out_of_order",
            .unit = Unit::messages,
            .label = {"out of order", "순서가 바뀐 답"},
            .because = {"TCP hands bytes over in order; UDP hands over what comes.",
                        "TCP는 순서대로 넘겨줍니다. UDP는 오는 대로 넘겨줍니다."},
            .get = get::told<&Talk::out_of_order>},

    Measure{.name = "first_answer",
            .unit = Unit::milliseconds,
            .label = {"first answer after", "첫 답까지 걸린 시간"},
            .because = {"From connect() or the first sendto() to the answer: two round trips for TCP, one for UDP.",
                        "connect()나 첫 sendto()부터 답까지. TCP는 왕복 두 번, UDP는 한 번입니다."},
            .get = get::first_answer,
            .claim = Claim::reliability_for_speed,
            .heading = {"How long it took", "걸린 시간"}},
    Measure{.name = "round_trip_min",
            .unit = Unit::milliseconds,
            .label = {"round trip, shortest", "왕복 시간, 최소"},
            .because = {"Once connected, all need one round trip a message.",
                        "연결된 뒤에는 셋 다 메시지마다 왕복 한 번이면 됩니다."},
            .get = get::round_trip<0>,
            .claim = Claim::reliability_for_speed},
    Measure{.name = "round_trip_median",
            .unit = Unit::milliseconds,
            .label = {"round trip, median", "왕복 시간, 중앙값"},
            .because = {"Half of the answers came sooner.", "답의 절반은 이보다 빨리 왔습니다."},
            .get = get::round_trip<50>},
    Measure{.name = "round_trip_p99",
            .unit = Unit::milliseconds,
            .label = {"round trip, p99", "왕복 시간, p99"},
            .because = {"99 of 100 answers came sooner. A message that is sent again waits for a timer first; one that "
                        "UDP lost has no round trip at all.",
                        "100개 중 99개는 이보다 빨리 왔습니다. 다시 보낸 메시지는 먼저 타이머를 기다리고, UDP가 잃은 "
                        "메시지에는 왕복이 아예 없습니다."},
            .get = get::round_trip<99>},
    Measure{.name = "exchange_time",
            .unit = Unit::milliseconds,
            .label = {"the whole exchange", "교환 전체"},
            .because = {"With opening and closing, and over UDP with the time-outs of what was lost.",
                        "열고 닫는 시간까지, UDP는 잃은 것을 기다린 시간까지입니다."},
            .get = get::total},

    Measure{.name = "rate_1",
            .unit = Unit::per_second,
            .label = {"messages/s, 1 client", "초당 메시지, 1명"},
            .because = {"In lock-step, after the opening: the wire's round trip sets the pace for all.",
                        "열고 난 뒤 하나씩 주고받을 때입니다. 셋 다 와이어의 왕복 시간이 속도를 정합니다."},
            .get = get::once<&Side::rate_one>,
            .claim = Claim::reliability_for_speed,
            .heading = {"How much goes through", "얼마나 지나가나"}},
    Measure{.name = "rate_64",
            .unit = Unit::per_second,
            .label = {"messages/s, 64 clients", "초당 메시지, 64명"},
            .because = {"All 64 at once, each in lock-step.", "64명이 한꺼번에, 저마다 하나씩 주고받습니다."},
            .get = get::once<&Side::rate_many>,
            .claim = Claim::reliability_for_speed},
    Measure{.name = "bulk_rate",
            .unit = Unit::bytes_per_second,
            .label = {"in bulk, came back", "한꺼번에 보내 돌아온 양"},
            .because = {"One client sends as fast as its kernel lets it. TCP begins slowly and watches what arrives; "
                        "nobody slows UDP down. Who waits for each answer has no bulk.",
                        "클라이언트 하나가 커널이 받아 주는 만큼 보냅니다. TCP는 천천히 시작해 도착하는 것을 보며 "
                        "늘리고, UDP는 아무도 늦추지 않습니다. 답을 하나씩 기다리는 프로그램은 한꺼번에 보내지 "
                        "않습니다."},
            .get = get::once<&Side::bulk_rate>,
            .claim = Claim::reliability_for_speed},
    Measure{.name = "bulk_delivered",
            .unit = Unit::share,
            .label = {"in bulk, share that came", "그중 돌아온 비율"},
            .because = {"What UDP sends faster than the path can carry is lost, and nobody says so.",
                        "UDP가 경로의 한계보다 빨리 보낸 몫은 사라지고, 아무도 알려 주지 않습니다."},
            .get = get::once<&Side::bulk_share>,
            .claim = Claim::nobody_checks},

    Measure{
        .name = "kernel_sockets",
        .unit = Unit::sockets,
        .label = {"kernel sockets", "커널 소켓"},
        .because = {"For each of 64 clients. TCP: one each, besides the listening one. UDP: one hears them all.",
                    "클라이언트 64명 각각에 드는 수입니다. TCP는 listen 소켓 말고도 저마다 하나, UDP는 하나로 모두를 "
                    "상대합니다."},
        .get = get::kernel_sockets,
        .claim = Claim::no_session_state,
        .heading = {"What a client costs the server", "클라이언트 하나의 부담"}},
    Measure{.name = "kernel_bytes",
            .unit = Unit::bytes,
            .label = {"kernel, socket object", "커널, 소켓 객체"},
            .because = {"Numbers, state, timers. How large such a socket is: /proc/net/protocols.",
                        "번호, 상태, 타이머가 들어 있습니다. 크기는 /proc/net/protocols에 나옵니다."},
            .get = get::kernel_bytes,
            .claim = Claim::less_load},
    Measure{.name = "kernel_queued",
            .unit = Unit::bytes,
            .label = {"kernel, queued", "커널, 큐에 든 것"},
            .because = {"While nobody says anything the queues are empty.",
                        "아무도 말하지 않는 동안에는 큐가 비어 있습니다."},
            .get = get::kernel_queued,
            .claim = Claim::less_load},
    Measure{.name = "program_bytes",
            .unit = Unit::bytes,
            .label = {"server program", "서버 프로그램"},
            .because = {"tcp_server keeps the address, counters and what is unsent; udp_server keeps nothing.",
                        "tcp_server는 주소와 개수와 못 보낸 것을 기억합니다. udp_server는 아무것도 기억하지 않습니다."},
            .get = get::once<&Side::kept_by_program>,
            .claim = Claim::no_session_state},
    Measure{.name = "server_work",
            .unit = Unit::microseconds,
            .label = {"server's work, a request", "요청 하나에 든 서버의 일"},
            .because = {"Processor time of the server, kernel's part included, with 64 clients.",
                        "클라이언트가 64명일 때 서버가 쓴 프로세서 시간이며, 커널이 쓴 몫도 들어 있습니다."},
            .get = get::work,
            .claim = Claim::less_load},

    Measure{.name = "loss_noticed_by",
            .unit = Unit::word,
            .label = {"a loss is noticed by", "손실을 알아채는 쪽"},
            .because = {"One request is dropped. TCP's kernel misses the ACK; over UDP only the program's own time-out "
                        "tells.",
                        "요청 하나를 버려 봅니다. TCP는 커널이 ACK가 없음을 알고, UDP는 프로그램 자신의 시간 제한만이 "
                        "알려 줍니다."},
            .get = get::who_noticed,
            .claim = Claim::nobody_checks,
            .heading = {"Who notices what", "누가 무엇을 알아채나"}},
    Measure{.name = "loss_noticed_after",
            .unit = Unit::milliseconds,
            .label = {"...after", "...걸린 시간"},
            .because = {"TCP: until the kernel sent it again. UDP: the time-out that our client set itself.",
                        "TCP는 커널이 재전송할 때까지, UDP는 우리 클라이언트가 스스로 정한 시간 제한입니다."},
            .get = get::noticed_after},
    Measure{.name = "closed_port",
            .unit = Unit::word,
            .label = {"a closed port looks like", "닫힌 포트의 모습"},
            .because = {"ECONNREFUSED by two ways: TCP's RST, and the ICMP error that a UDP client has to ask for.",
                        "똑같이 ECONNREFUSED이지만 길이 다릅니다. TCP는 RST로, UDP는 ICMP 오류로 알려지며 UDP "
                        "클라이언트는 그것을 알려 달라고 요청해 두어야 합니다."},
            .get = get::looks_like<&Side::closed_port>},
    Measure{.name = "closed_port_after",
            .unit = Unit::milliseconds,
            .label = {"...after", "...걸린 시간"},
            .because = {"One round trip.", "왕복 한 번입니다."},
            .get = get::after<&Side::closed_port>},
    Measure{.name = "dead_server",
            .unit = Unit::word,
            .label = {"a killed server looks like", "죽은 서버의 모습"},
            .because = {"The server is killed between two messages. Its kernel ends TCP's connection unasked (FIN); "
                        "over UDP the next message finds a closed port.",
                        "메시지와 메시지 사이에 서버를 죽입니다. TCP는 커널이 알아서 연결을 끝내고(FIN), UDP는 다음 "
                        "메시지가 닫힌 포트를 만납니다."},
            .get = get::looks_like<&Side::dead_server>,
            .claim = Claim::goes_on_after_a_cut},
    Measure{.name = "dead_server_after",
            .unit = Unit::milliseconds,
            .label = {"...after", "...걸린 시간"},
            .because = {"Since the next message was sent.", "다음 메시지를 보낸 때부터입니다."},
            .get = get::after<&Side::dead_server>},
    Measure{.name = "cut_wire",
            .unit = Unit::word,
            .label = {"a cut wire looks like", "끊긴 와이어의 모습"},
            .because = {"Pulled for 700 ms in the middle, and plugged in again. All see silence; then who tries again "
                        "sends what was missing.",
                        "도중에 700 ms 동안 뽑았다가 다시 꽂습니다. 셋 다 침묵만 보고, 그 뒤 재전송하는 쪽은 빠진 것을 "
                        "보냅니다."},
            .get = get::after_the_cut,
            .claim = Claim::goes_on_after_a_cut},
    Measure{
        .name = "cut_wire_after",
        .unit = Unit::milliseconds,
        .label = {"...longest silence", "...가장 긴 침묵"},
        .because = {"A timer that doubles each time may try again somewhat after the wire is back. Without one: the "
                    "program's time-out. Were the wire never plugged in, Linux would give TCP up after a quarter "
                    "of an hour; UDP, never.",
                    "매번 두 배가 되는 타이머는 와이어가 돌아온 뒤 조금 늦게 다시 보낼 수 있습니다. 다시 보내지 "
                    "않는 UDP는 프로그램의 시간 제한입니다. 와이어를 끝내 꽂지 않으면 Linux는 15분쯤 뒤 TCP를 "
                    "포기하고, UDP는 포기할 것도 없습니다."},
        .get = get::cut_silence},
    Measure{.name = "cut_wire_lost",
            .unit = Unit::messages,
            .label = {"...messages lost by it", "...그 사이 잃은 메시지"},
            .because = {"Of six.", "여섯 개 가운데서입니다."},
            .get = get::cut_lost,
            .claim = Claim::goes_on_after_a_cut},
};

constexpr bool in_both_languages(const Text& text) { return !text.en.empty() && !text.ko.empty(); }

/// Each measure once, and nothing of it missing.
constexpr bool complete() {
  for (std::size_t i = 0; i < measures.size(); ++i) {
    const Measure& one = measures[i];
    if (one.name.empty() || !in_both_languages(one.label) || !in_both_languages(one.because)) return false;
    if (one.heading.en.empty() != one.heading.ko.empty()) return false;
    for (std::size_t k = 0; k < i; ++k)
      if (measures[k].name == one.name) return false;
  }
  return true;
}
static_assert(complete(), "a measure stands twice, or a text of it is missing");
static_assert(!measures.front().heading.empty(), "the first row begins a part of the receipt");

/// A measure by its name. One that the table has not does not compile.
class MeasureName {
 public:
  consteval MeasureName(const char* name) : place_(place_of(name)) {}
  constexpr std::size_t place() const { return place_; }
  constexpr const Measure& operator*() const { return measures[place_]; }

 private:
  static consteval std::size_t place_of(std::string_view name) {
    for (std::size_t i = 0; i < measures.size(); ++i)
      if (measures[i].name == name) return i;
    throw std::invalid_argument("no row has this name");
  }
  std::size_t place_;
};

}  // namespace echolab::compare
