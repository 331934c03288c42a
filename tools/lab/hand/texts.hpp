// The words of by_hand, in both languages.
#pragma once

#include "net/text.hpp"

namespace echolab::lab::hand::texts {

inline constexpr Text description{
    "A TCP client without a kernel: it makes every segment itself and sends only what it is told to.",
    "커널이 없는 TCP 클라이언트. 세그먼트를 직접 만들고, 시키는 것만 보냅니다."};
inline constexpr Text host{"The server's IPv4 address", "서버의 IPv4 주소"};
inline constexpr Text port{"The server's port", "서버의 포트"};
inline constexpr Text orders{"What to do, in this order; without any, orders are read from standard input, a line each",
                             "차례로 할 일. 없으면 표준 입력에서 한 줄에 하나씩 읽습니다"};
inline constexpr Text from{"The address to speak from: one that this machine does not have",
                           "보내는 쪽 주소. 이 호스트에 없는 주소여야 합니다"};
inline constexpr Text from_port{"The port to speak from", "보내는 쪽 포트"};
inline constexpr Text interface { "The interface to send through", "내보낼 인터페이스" };
inline constexpr Text footer{
    "Orders:\n"
    "  SYN  ACK  RST  FIN       send this segment; the numbers follow from what was sent and came\n"
    "  ACK+1000  ACK-1          acknowledge more, or less, than has come\n"
    "  DATA hello               send these bytes, and acknowledge if there is something to\n"
    "  expect SYN,ACK           wait for it, at most 10 s\n"
    "  expect SYN,ACK 2         wait until two have come\n"
    "  expect FIN within 60s    wait longer\n"
    "It answers ARP and nothing else: what is not acknowledged by hand is sent again.\n"
    "In the lab: lab run by-hand, lab step by-hand.",
    "할 일:\n"
    "  SYN  ACK  RST  FIN       이 세그먼트를 보냄. 번호는 지금까지 오간 것에 맞춤\n"
    "  ACK+1000  ACK-1          받은 것보다 많거나 적게 확인 응답\n"
    "  DATA hello               이 바이트를 보냄. 확인할 것이 있으면 확인 응답도 함께\n"
    "  expect SYN,ACK           올 때까지 기다림. 길어도 10초\n"
    "  expect SYN,ACK 2         두 개째가 올 때까지 기다림\n"
    "  expect FIN within 60s    더 오래 기다림\n"
    "ARP에만 스스로 답합니다. 손으로 확인 응답하지 않은 것은 상대가 재전송합니다.\n"
    "실험실에서: lab run by-hand, lab step by-hand."};

// {0} what was written
inline constexpr Text no_order{
    "'{0}' is not an order. Orders are SYN, ACK, ACK+N, RST, FIN, DATA TEXT, expect KIND [N] [within Ns]",
    "'{0}': 모르는 지시입니다. 쓸 수 있는 것: SYN, ACK, ACK+N, RST, FIN, DATA 글, expect 종류 [N] [within Ns]"};
// {0} the order
inline constexpr Text not_come{"nothing came of '{0}'", "'{0}': 기다린 것이 오지 않았습니다"};
// {0} the address
inline constexpr Text not_found{"nobody answers ARP for {0}: is it on this link?",
                                "{0}의 ARP에 아무도 답하지 않습니다. 같은 링크에 있는 주소입니까?"};
inline constexpr Text no_ipv4{"{0} is not an IPv4 address", "{0}: IPv4 주소가 아닙니다"};
inline constexpr Text no_right{
    "{0}. It needs the right to open raw sockets, which everybody has inside the lab: lab "
    "run by-hand",
    "{0}. raw 소켓을 열 권한이 필요합니다. 실험실 안에서는 누구나 가집니다: lab run by-hand"};

}  // namespace echolab::lab::hand::texts
