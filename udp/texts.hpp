// What the UDP pair has to say.
#pragma once

#include "net/text.hpp"

namespace echolab::udp::texts {

// What the client has to say. {0}, {1} ... are filled in by fmt.
inline constexpr Text type_a_line{"type a line and press Enter; Ctrl-D ends",
                                  "한 줄을 입력하고 Enter를 누르세요. Ctrl-D를 누르면 끝납니다"};
inline constexpr Text unknown{
    "message {0}: unknown: no answer in {1} s. Request or answer lost: UDP cannot say which",
    "메시지 {0}: 알 수 없음. {1}초 동안 답이 없습니다. 요청을 잃었는지 답을 잃었는지 UDP는 알려 주지 않습니다"};
inline constexpr Text retried{"message {0}: no answer in {1} s: sent again ({2} of {3} times)",
                              "메시지 {0}: {1}초 동안 답이 없어 다시 보냅니다({3}번까지, 이번이 {2}번째)"};
inline constexpr Text tried_in_vain{
    "message {0}: unknown: no answer to any of {2} tries in {1} s; given up. Requests or answers lost: UDP cannot say "
    "which",
    "메시지 {0}: 알 수 없음. {1}초 동안 {2}번 보냈지만 답이 없어 포기합니다. 요청을 잃었는지 답을 잃었는지 UDP는 알려 주지 "
    "않습니다"};
inline constexpr Text given_up{
    "message {0}: unknown: ended before an answer came. UDP cannot say whether it arrived",
    "메시지 {0}: 알 수 없음. 답이 오기 전에 끝냈습니다. 도착했는지 UDP는 알려 주지 않습니다"};
inline constexpr Text unreachable{"message {0}: {1}", "메시지 {0}: {1}"};
inline constexpr Text one_is_unreachable{"message {0}, or a later one that the ICMP error cannot tell from it: {1}",
                                         "메시지 {0}(또는 ICMP 오류의 인용만으로는 구별할 수 없는 뒤의 메시지): {1}"};
inline constexpr Text resent{
    "message {0}: {2}, says {1}: the path takes packets of {3} bytes at most. Sent again: our kernel cuts it into "
    "fragments now",
    "메시지 {0}: {1}에서 알려 왔습니다({2}). 이 경로로는 {3}바이트가 넘는 패킷이 지나가지 못합니다. 다시 보냅니다. 이제부터는 "
    "커널이 조각(fragment)으로 나누어 보냅니다"};
inline constexpr Text resent_smaller{
    "message {0}: {2}, says {1}, and not how many bytes the path takes. Sent again: our kernel cuts it into small "
    "fragments now",
    "메시지 {0}: {1}에서 알려 왔습니다({2}). 몇 바이트까지 지나가는지는 말하지 않습니다. 다시 보냅니다. 이제부터는 커널이 작은 "
    "조각(fragment)으로 나누어 보냅니다"};
inline constexpr Text quotes_nothing{"{0} sent an ICMP error that quotes nothing of ours: ignored",
                                     "{0}에서 온 ICMP 오류가 우리가 보내지 않은 것을 인용합니다. 무시합니다"};
inline constexpr Text duplicate{"message {0}: its answer came again: a duplicate",
                                "메시지 {0}: 답이 또 왔습니다. 중복입니다"};
inline constexpr Text late{"message {0}: its answer came after all, too late",
                           "메시지 {0}: 답이 이제야 왔습니다. 너무 늦었습니다"};
inline constexpr Text stranger{"a datagram from {0}, whom we did not ask: ignored",
                               "물어본 적 없는 {0}에게서 데이터그램이 왔습니다. 무시합니다"};
inline constexpr Text unexpected{"message {0}: the server sent something other than what we sent: ignored",
                                 "메시지 {0}: 서버가 보낸 것과 다른 것을 돌려주었습니다. 무시합니다"};
inline constexpr Text only_counted{". More of these are counted, not told", ". 이런 것이 더 오면 세기만 합니다"};
inline constexpr Text receipt{
    "messages {0}, answered {1}, unknown {2}, unreachable {3}, duplicates {4}, late {5}, strangers {6}",
    "메시지 {0}개, 답 {1}, 알 수 없음 {2}, 도달 불가 {3}, 중복 {4}, 늦은 답 {5}, 모르는 상대 {6}"};
inline constexpr Text receipt_unexpected{", unexpected {0}", ", 보낸 것과 다른 답 {0}"};
inline constexpr Text receipt_resent{", sent again {0}", ", 다시 보냄 {0}"};
inline constexpr Text receipt_retried{", tried again {0}", ", 재시도 {0}"};

// What the server has to say.
inline constexpr Text listening{"udp_server: listening on {0}", "udp_server: {0}에서 기다립니다"};
inline constexpr Text reachable{
    "{0} can be reached from other machines; everybody may use this server. Only here: --bind 127.0.0.1",
    "다른 컴퓨터에서도 닿는 주소입니다: {0}. 누구나 이 서버를 쓸 수 있습니다. 이 컴퓨터에서만 쓰려면 --bind 127.0.0.1"};
inline constexpr Text over_limit{
    "more than {0} datagrams in a second: those above that are not answered, or an echo of an echo would go round for "
    "ever. "
    "Another limit: --rate N",
    "1초에 {0}개가 넘는 데이터그램이 왔습니다. 넘친 것에는 답하지 않습니다. 에코끼리 끝없이 주고받는 것을 막기 위한 "
    "한도입니다. 바꾸려면 --rate N"};
inline constexpr Text served{"datagrams {0}, answered {1}, bytes {2}", "데이터그램 {0}개, 답한 것 {1}, 바이트 {2}"};
inline constexpr Text refused{
    "not answered: from ports below 1024 {0}, from our own port number {1}, to or from a group {2}, cut {3}, "
    "over the rate limit {4}, not sendable {5}",
    "답하지 않은 것: 1024보다 작은 포트 {0}, 우리와 같은 포트 번호 {1}, 그룹 주소 {2}, 잘린 것 {3}, "
    "속도 제한 초과 {4}, 보낼 수 없던 것 {5}"};
inline constexpr Text overflowed{"lost before we read them, because the receive buffer was full: {0}",
                                 "수신 버퍼가 가득 차 읽기도 전에 버려진 것: {0}"};
inline constexpr Text kept{"What UDP made this server keep for each client: nothing. One socket heard them all",
                           "UDP 때문에 이 서버가 클라이언트마다 유지한 것: 없음. 소켓 하나로 모두를 상대했습니다"};

}  // namespace echolab::udp::texts
