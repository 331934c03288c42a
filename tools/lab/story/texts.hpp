// The words of the lab's story, in both languages.
#pragma once

#include "capture/render/words.hpp"

namespace echolab::lab::texts {

inline constexpr Text client{"client", "클라이언트"}, server{"server", "서버"};

// {0} client's state, {1} server's state
inline constexpr Text kernel_agrees{"kernels: client {0}, server {1}, as inferred",
                                    "커널: 클라이언트 {0}, 서버 {1}. 추론과 같음"};
// The hosts had gone on when they were asked.
inline constexpr Text kernel_agrees_later{"kernels, a moment later: client {0}, server {1}, as inferred by then",
                                          "조금 뒤의 커널: 클라이언트 {0}, 서버 {1}. 그때의 추론과 같음"};
inline constexpr Text kernel_differs_later{"kernels, a moment later: client {0}, server {1}",
                                           "조금 뒤의 커널: 클라이언트 {0}, 서버 {1}"};
inline constexpr Text kernel_differs{"kernels: client {0}, server {1}", "커널: 클라이언트 {0}, 서버 {1}"};
// In place of a state.
inline constexpr Text no_kernel{"none (no kernel holds this end)", "없음(커널이 맡은 끝점이 아님)"};
inline constexpr Text no_listener{
    "Not as inferred: nobody listens there. A passing SYN does not show that; the answer will.",
    "추론과 다름: 그 포트에서 연결을 기다리는 프로그램이 없습니다. 지나가는 SYN만 보고는 알 수 없고, 답이 와야 알게 됩니다."};
inline constexpr Text gave_up{
    "Not as inferred: the socket is gone. Its program or its kernel stopped waiting, and no packet told anybody.",
    "추론과 다름: 소켓이 이미 없습니다. 프로그램이나 커널이 더 기다리지 않기로 했지만, 그것을 알리는 패킷은 없었습니다."};
inline constexpr Text timed_out{
    "Not as inferred: the socket is gone. Its kernel tried long enough and gave up; no packet told anybody.",
    "추론과 다름: 소켓이 이미 없습니다. 커널이 오랫동안 재전송하다 포기했지만, 그것을 알리는 패킷은 없었습니다."};
inline constexpr Text unnamed{
    "Not as inferred, and this should not be: please report it with the command that showed it.",
    "추론과 다르며, 이래서는 안 됩니다. 이 결과가 나온 명령과 함께 알려 주세요."};

// Behind what became of a packet (wire/fate.hpp).
inline constexpr Text by_rule{" (rule: {0})", " (규칙: {0})"};
inline constexpr Text by_chance{" (by chance, from the seed)", " (시드로 정해진 우연)"};

// {0} the host, {1} the program, {2} what it wrote
inline constexpr Text says{"{0}: {1} says: {2}", "{0}: {1} 출력: {2}"};
// {2} its exit status
inline constexpr Text ended{"{0}: {1} ended with status {2}", "{0}: {1} 종료, 상태 {2}"};
inline constexpr Text killed{"{0}: {1} was killed by signal {2}", "{0}: {1} 종료, 시그널 {2}"};

inline constexpr Text question{"Question: {0}", "질문: {0}"};
inline constexpr Text answer{"Answer: {0}", "답: {0}"};
inline constexpr Text rules{"The wire's rules: {0}", "와이어의 규칙: {0}"};
inline constexpr Text checks{"What should be seen", "확인할 것"};
inline constexpr Text missing{"not so: {0}", "그렇지 않음: {0}"};
// {0} how often it did what
inline constexpr Text wire{"The wire {0}.", "와이어가 한 일: {0}."};
// {0} how often
inline constexpr Text agreed{"Inference and kernels were compared {0} times and agreed.",
                             "추론과 커널을 {0}번 비교했고 모두 같았습니다."};
// {0} how often, {1} differences that are named, {2} that are not
inline constexpr Text differed{
    "Inference and kernels were compared {0} times; they differed {1} times for a reason "
    "named above, {2} times without one.",
    "추론과 커널을 {0}번 비교했습니다. 위에 이유를 밝힌 차이가 {1}번, 이유 없는 차이가 {2}번 있었습니다."};

}  // namespace echolab::lab::texts
