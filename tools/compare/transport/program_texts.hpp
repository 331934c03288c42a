// What the compare program says besides the receipt, in both languages.
#pragma once

#include "net/text.hpp"

namespace echolab::compare::texts {

inline constexpr Text description{
    "The receipt: TCP and UDP do the same work and meet the same faults; what each paid, and what each noticed.",
    "영수증: TCP와 UDP가 같은 일을 하고 같은 고장을 만납니다. 저마다 무엇을 치렀고 무엇을 알아챘는지 보여 줍니다."};
inline constexpr Text footer{
    "Examples:\n"
    "  compare                                    the receipt, in a lab without root\n"
    "  compare --loss 10% --seed 7 -w lossy.pcapng\n"
    "  compare --sweep loss=0,1,2,5,10% --svg loss.svg\n"
    "  compare --on lo --format md                to paste into homework\n"
    "Exit status: 0 done; 1 it failed; 2 usage; 3 this machine allows no lab (then:\n"
    "  compare --on lo), or no capturing for -w",
    "예:\n"
    "  compare                                    영수증. root 없이, 실험실에서\n"
    "  compare --loss 10% --seed 7 -w lossy.pcapng\n"
    "  compare --sweep loss=0,1,2,5,10% --svg loss.svg\n"
    "  compare --on lo --format md                과제에 붙여 넣기\n"
    "종료 상태: 0 끝남, 1 실패, 2 사용법 오류, 3 이 컴퓨터에서는 실험실을 만들 수\n"
    "  없음(그때는 compare --on lo), 또는 -w에 필요한 캡처 권한이 없음"};

inline constexpr Text what{"What to compare: transport, TCP and UDP", "비교할 것. transport는 TCP와 UDP"};
inline constexpr Text messages{"Messages of the exchange, one after the other", "하나씩 주고받을 메시지 수"};
inline constexpr Text size{"Bytes of a message", "메시지의 크기(바이트)"};
inline constexpr Text loss{"The wire loses this percentage of the packets: 10 or 10%; at most 90",
                           "와이어가 패킷을 이 비율(%)로 잃습니다: 10 또는 10%. 90까지"};
inline constexpr Text delay{"The wire's delay, one way: milliseconds, or 100ms, 2s (in the lab: 10ms)",
                            "와이어가 한쪽 방향에 걸리는 시간: 밀리초, 또는 100ms, 2s (실험실에서는 10ms)"};
inline constexpr Text seed{"Seed of all chance: the same number, the same losses",
                           "무작위를 정하는 시드. 같은 수면 같은 패킷을 잃습니다"};
inline constexpr Text on{"lab: two hosts and a wire of our own; lo: this machine's loopback",
                         "lab: 호스트 두 대와 우리 와이어, lo: 이 컴퓨터의 루프백"};
inline constexpr Text tcp{"A TCP echo server that is running; with --udp", "실행 중인 TCP 에코 서버. --udp와 함께"};
inline constexpr Text udp{"A UDP echo server that is running; with --tcp", "실행 중인 UDP 에코 서버. --tcp와 함께"};
inline constexpr Text sweep{
    "The exchange at several losses or delays, as a table and a chart: "
    "loss=0,1,2,5,10% or delay=0,10,50,100ms",
    "손실이나 지연을 바꿔 가며 교환해서 표와 그래프로: loss=0,1,2,5,10% 또는 "
    "delay=0,10,50,100ms"};
inline constexpr Text svg{"Write the chart of a sweep to this SVG file", "--sweep의 그래프를 이 SVG 파일에 씁니다"};
inline constexpr Text write{
    "Write the packets of the (first) exchange, those that the receipt counts, to this "
    "pcapng file; what the wire dropped is marked with a comment",
    "영수증이 센 (첫) 교환의 패킷을 이 pcapng 파일에 씁니다. 와이어가 버린 것에는 주석이 "
    "붙습니다"};
inline constexpr Text format{"text; json: one object a line; md: Markdown",
                             "text, json: 한 줄에 객체 하나, md: "
                             "Markdown"};

// Errors. {0} is what was written.
inline constexpr Text bad_loss{"--loss: \"{}\" is not allowed; 0 to 90 per cent: 10 or 10%",
                               "--loss: \"{}\" 값은 쓸 수 없습니다. 0에서 90 퍼센트까지: 10 또는 10%"};
inline constexpr Text bad_delay{"--delay: \"{}\" is not allowed; up to 2s: 100, 100ms, 1.5s",
                                "--delay: \"{}\" 값은 쓸 수 없습니다. 2s까지: 100, 100ms, 1.5s"};
inline constexpr Text bad_sweep{
    "--sweep: \"{}\" is not allowed; up to 12 values: loss=0,1,2,5,10% or delay=0,10,50,100ms",
    "--sweep: \"{}\" 값은 쓸 수 없습니다. 값은 12개까지: loss=0,1,2,5,10% 또는 delay=0,10,50,100ms"};
inline constexpr Text cannot_write{"cannot write {}: {}", "{}에 쓸 수 없습니다: {}"};
// In place of the system's words.
inline constexpr Text link_of_root{"it is a symbolic link, and root follows none. Name the file it leads to",
                                   "심볼릭 링크입니다. root로는 링크를 따라가지 않으니 원래 파일을 적으세요"};
inline constexpr Text bad_server{"{}: \"{}\" is not HOST:PORT, as in 127.0.0.1:9000 or [::1]:9000",
                                 "{}: \"{}\" 값은 127.0.0.1:9000이나 [::1]:9000 같은 HOST:PORT가 아닙니다"};
inline constexpr Text no_wire{"{} needs the lab's wire: there is none on loopback, nor to a server that is not ours",
                              "{}에는 실험실의 와이어가 있어야 합니다. 루프백이나 다른 서버 앞에는 없습니다"};
inline constexpr Text unavailable{"no lab can be made here: {}{}\nwithout a lab: compare --on lo",
                                  "여기서는 실험실을 만들 수 없습니다: {}{}\n실험실 없이: compare --on lo"};
inline constexpr Text no_echo{"{} {} does not echo ({}): is an echo server running there?",
                              "{} {}: 에코가 돌아오지 않습니다({}). 거기에 에코 서버가 실행 중입니까?"};
inline constexpr Text cannot_capture{
    "-w needs the right to capture here: {0}\nsudo {1} --on lo -w {2}\nor without any right: compare --on lab -w {2}",
    "-w에는 여기서 캡처할 권한이 있어야 합니다: {0}\nsudo {1} --on lo -w {2}\n권한 없이 하려면: compare --on lab -w "
    "{2}"};

}  // namespace echolab::compare::texts
