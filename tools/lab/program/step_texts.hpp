// What lab step says to the student, in both languages.
#pragma once

#include "net/text.hpp"

namespace echolab::lab::texts {

// The keys of the fates (wire/fate.hpp) stand between the first of these and the second.
inline constexpr Text enter_delivers{"Enter deliver", "Enter 전달"};
inline constexpr Text other_keys{" · l later · s sockets · ? help · q quit",
                                 " · l 나중에 · s 소켓 · ? 도움말 · q 끝내기"};
// {0} what Enter does, as a rule is written
inline constexpr Text enter_follows_rule{"Enter {0} (the rule)", "Enter {0}(규칙)"};
inline constexpr Text enter_follows_chance{"Enter {0} (by chance)", "Enter {0}(우연)"};
// {0} the other packets
inline constexpr Text also_held{"also held: {0}", "함께 붙들린 패킷: {0}"};
// The lines of the fates' keys stand between the two.
inline constexpr Text step_help{
    "The wire holds every packet until you decide about it.\n"
    "  Enter  what a rule says of it; where none does, deliver it\n",
    "와이어는 어떻게 할지 정할 때까지 모든 패킷을 붙들고 있습니다.\n"
    "  Enter  규칙이 정한 대로, 해당하는 규칙이 없으면 전달\n"};
inline constexpr Text step_help_end{
    "  l      let it go later: the next held packet comes first\n"
    "  s      show the sockets of both hosts, as their kernels list them\n"
    "  a      this one and all that follow go as the rules say, without asking again\n"
    "  c      drop the copies: the kernels send again what you hold\n"
    "  q      end the lab\n"
    "The kernels' clocks run on while you think: what is not acknowledged is sent\n"
    "again. Such copies are counted, and asked about once their original has gone.",
    "  l      나중에: 붙들린 다른 패킷부터 정합니다\n"
    "  s      두 호스트의 소켓을 커널이 말하는 대로 보여 줍니다\n"
    "  a      이 패킷부터는 묻지 않고 모두 규칙대로\n"
    "  c      사본 버리기: 붙들고 있는 동안 커널이 재전송한 것들\n"
    "  q      실험실 끝내기\n"
    "생각하는 동안에도 커널의 시계는 갑니다. 확인 응답이 없으면 재전송합니다.\n"
    "이런 사본은 세어 두었다가 원본이 지나간 다음에 묻습니다."};
// {0} SYN, DATA, ...
inline constexpr Text clients{"{0} from the client", "클라이언트가 보낸 {0}"},
    servers{"{0} from the server", "서버가 보낸 {0}"};
// by-hand alone
inline constexpr Text hand_prompt{
    "What do you send? S SYN · A ACK · W wrong ACK · D data · F FIN · R RST · or wait · s sockets · ? help · q quit",
    "무엇을 보낼까요? S SYN · A ACK · W 틀린 ACK · D 데이터 · F FIN · R RST · 그냥 기다리기 · s 소켓 · ? 도움말 · "
    "q 끝내기"};
inline constexpr Text or_send{" · or send: S A W D F R", " · 보내기: S A W D F R"};
inline constexpr Text hand_help{
    "The client is your hand: no kernel answers for it. It sends what you press:\n"
    "  S      SYN: asks for a connection\n"
    "  A      ACK: acknowledges everything that has come\n"
    "  W      ACK with a wrong number: 1000 more than has come\n"
    "  D      data: 'hello'; without an ACK before the SYN,ACK has come\n"
    "  F      FIN: has nothing more to send\n"
    "  R      RST: aborts the connection\n"
    "  no key: silence. The server's kernel sends its SYN,ACK again\n"
    "Capital letters send; the packet is then held like any other.",
    "클라이언트는 여러분의 손입니다. 대신 답하는 커널이 없고, 누른 것만 나갑니다.\n"
    "  S      SYN: 연결을 요청\n"
    "  A      ACK: 지금까지 받은 것을 모두 확인 응답\n"
    "  W      번호가 틀린 ACK: 받은 것보다 1000 많게\n"
    "  D      데이터 'hello'. SYN,ACK를 받기 전이면 ACK 없이 나갑니다\n"
    "  F      FIN: 더 보낼 것이 없음\n"
    "  R      RST: 연결을 끊어 버림\n"
    "  아무것도 누르지 않으면 침묵입니다. 서버의 커널은 SYN,ACK를 재전송합니다\n"
    "대문자는 보내기입니다. 보낸 패킷도 다른 패킷처럼 와이어에 붙들립니다."};
// {0} how often
inline constexpr Text copies{"the kernel has sent this {0} times while you were looking",
                             "보고 있는 동안 커널이 이 패킷을 {0}번 보냈습니다"};
// {0} the packet that has gone, {1} how many
inline constexpr Text copies_left{
    "copies of packet {0} that still wait here: {1}. Enter delivers one, c drops them all",
    "아직 여기 있는 {0}번 패킷의 사본: {1}개. Enter는 하나를 전달, c는 모두 버림"};
inline constexpr Text copies_dropped{"copies dropped: {0}", "버린 사본: {0}개"};
inline constexpr Text no_such_key{"no such key: {0}. ? helps", "그런 키는 없습니다: {0}. ?를 누르면 도움말이 나옵니다"};
inline constexpr Text nothing_held{"(no packet is held; waiting for one)", "(붙들린 패킷이 없습니다. 기다리는 중)"};
inline constexpr Text sockets_of_client{"client's kernel:", "클라이언트의 커널:"};
inline constexpr Text sockets_of_server{"server's kernel:", "서버의 커널:"};
inline constexpr Text no_sockets{"no TCP socket", "TCP 소켓 없음"};
// {0} state, {1} local, {2} remote, {3} bytes not yet acknowledged, {4} bytes not yet read
inline constexpr Text socket_row{"{0:<12} {1} > {2}  unacknowledged {3}, unread {4}",
                                 "{0:<12} {1} > {2}  확인받지 못한 바이트 {3}, 읽지 않은 바이트 {4}"};
inline constexpr Text listener_row{"{0:<12} {1}  waiting for accept {2}", "{0:<12} {1}  accept를 기다리는 연결 {2}"};

}  // namespace echolab::lab::texts
