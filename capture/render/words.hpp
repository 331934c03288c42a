// The fixed words around the ladder, in both languages. The sentences about packets are explain's.
#pragma once

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "net/text.hpp"

namespace echolab::capture::words {

/// With the blanks filled.
template <class... Args>
std::string say(const Text& text, Language language, const Args&... args) {
  return fmt::format(fmt::runtime(text.in(language)), args...);
}

inline constexpr Text stream{"{} stream {}", "{} stream {}"};
inline constexpr Text client{"client {}", "클라이언트 {}"};
inline constexpr Text server{"server {}", "서버 {}"};
inline constexpr Text sender{"sender {}", "보내는 쪽 {}"};
inline constexpr Text group{"group {} (multicast)", "그룹 {} (멀티캐스트)"};
inline constexpr Text everybody{"everybody on the link {} (broadcast)", "링크 전체 {} (브로드캐스트)"};
inline constexpr Text legend{"? assumed: follows if the packet arrived", "? 추정: 패킷이 도착했다면"};
/// {} is the sign in front of such a line.
inline constexpr Text post_legend{"{}a step of the post (lesson 1)", "{}블로그 글의 단계(1과)"};

inline constexpr Text both_sides{"both", "양쪽"};
inline constexpr Text client_side{"client", "클라이언트"};
inline constexpr Text server_side{"server", "서버"};
inline constexpr Text handshake_unseen{"not seen", "보지 못함"};
inline constexpr Text handshake_none{"none", "없음"};
inline constexpr Text handshake_half{"not finished", "끝나지 않음"};
inline constexpr Text handshake_complete{"complete", "완료"};
inline constexpr Text handshake_refused{"refused", "거절됨"};

// The table of conversations and what is below it.
inline constexpr std::array<Text, 12> stream_columns{{{"stream", "stream"},
                                                      {"client > server", "클라이언트 > 서버"},
                                                      {"handshake", "핸드셰이크"},
                                                      {"RTT", "RTT"},
                                                      {"closed by", "닫은 쪽"},
                                                      {"client", "클라이언트"},
                                                      {"server", "서버"},
                                                      {"C>S bytes", "C>S 크기"},
                                                      {"S>C bytes", "S>C 크기"},
                                                      {"again", "재전송"},
                                                      {"start", "시작"},
                                                      {"lasted", "길이"}}};
inline constexpr Text one_datagram{"{} datagram", "데이터그램 {}"};
inline constexpr Text many_datagrams{"{} datagrams", "데이터그램 {}"};
inline constexpr std::array<Text, 6> stay_columns{{{"side", "쪽"},
                                                   {"state", "상태"},
                                                   {"times left", "나온 횟수"},
                                                   {"least", "최소"},
                                                   {"median", "중앙값"},
                                                   {"most", "최대"}}};
inline constexpr Text notes_column{"note", "표시"};
/// Of a note in the guide: in front of when it is set, what it stands with and in place of, and who rules it.
inline constexpr Text set_when{"Set when: ", "조건: "};
inline constexpr Text never_without{"Never without: ", "함께 붙는 표시: "};
inline constexpr Text in_place_of{"In place of: ", "대신하는 표시: "};
inline constexpr Text or_else{" or ", " 또는 "};
inline constexpr Text packets_column{"packets", "패킷"};

inline constexpr Text more_unfinished{"fragmented packets that cannot be reassembled, besides those above: {}",
                                      "그 밖에 재조립할 수 없는 패킷: {}개"};
inline constexpr Text let_go_early{
    "conversations dropped before they ended: {}. Memory holds no more at once; later packets of these count as new "
    "conversations",
    "끝나기 전에 추적을 그만둔 대화: {}개. 메모리에 한꺼번에 담을 수 있는 수를 넘었습니다. 그 뒤에 온 패킷은 새 대화로 셉니다"};
inline constexpr Text left_out{"conversations more than are shown: {}. --top N shows more", "더 보이지 않은 대화: {}개. --top N으로 더 볼 수 있습니다"};
inline constexpr Text after_end{
    "packets that came behind their conversation's row: {}. The row says how it stood at the end of the connection",
    "대화가 끝나 줄을 보인 뒤에 온 패킷: {}개. 그 줄은 연결이 끝났을 때의 것입니다"};
inline constexpr Text one_captured{"{} packet captured", "패킷 {}개를 캡처했습니다"};
inline constexpr Text captured{"{} packets captured", "패킷 {}개를 캡처했습니다"};
inline constexpr Text one_read{"{} packet read", "패킷 {}개를 읽었습니다"};  // from a file
inline constexpr Text read{"{} packets read", "패킷 {}개를 읽었습니다"};
inline constexpr Text other{"other", "기타"};
inline constexpr Text malformed{"malformed", "잘못된 패킷"};
inline constexpr Text shown{"{0} of {1} packets shown: those that were asked for",
                            "{1}개 가운데 조건에 맞는 패킷 {0}개를 보였습니다"};
inline constexpr Text not_followed{"other, content not followed: {}", "기타, 내용은 추적하지 않음: {}"};
/// In the order of Other::Kind.
inline constexpr std::array<Text, Other::kind_count> others{{{"not IP", "IP가 아님"},
                                                             {"neither TCP nor UDP", "TCP도 UDP도 아님"},
                                                             {"ICMP", "ICMP"},
                                                             {"later fragment", "뒤쪽 fragment"},
                                                             {"tunnel", "터널"},
                                                             {"truncated by the capture", "캡처에서 잘림"},
                                                             {"unread link layer", "읽지 않는 링크 계층"},
                                                             {"too many headers", "헤더가 너무 많음"},
                                                             {"wrapped in something else", "다른 것으로 감쌈"}}};
inline constexpr Text comment{"comment: \"{}{}", "주석: \"{}{}"};
inline constexpr Text no_time{"no time", "시각 없음"};
inline constexpr Text was_dropped{"{} dropped while it was captured, says the file: these are missing",
                                  "캡처할 때 버려진 패킷 {}개: 파일에 그렇게 적혀 있으며, 여기에는 없습니다"};
inline constexpr Text unfiltered{"{} left out: the filter means nothing for the link type of these",
                                 "필터를 적용할 수 없는 링크 계층이라 뺀 패킷 {}개"};
inline constexpr Text received{"{} received by the filter: the number that the kernel kept for this capture",
                               "{}개가 필터를 통과했습니다: 커널이 이 캡처를 위해 받아 둔 수입니다"};
inline constexpr Text none_dropped{"{} dropped by the kernel: nothing is missing",
                                   "{}개를 커널이 버렸습니다: 빠진 패킷이 없습니다"};
inline constexpr Text dropped{"{} dropped by the kernel: its buffer was full, so these were never seen",
                              "{}개를 커널이 버렸습니다: 버퍼가 가득 차서 볼 수 없었습니다"};

}  // namespace echolab::capture::words
