// What only packets of the handshake show: whether somebody listens, data in a SYN (RFC 7413), how the capture begins.
#include "capture/explain/exclusive.hpp"
#include "capture/explain/segment.hpp"

namespace echolab::capture {
namespace {

constexpr Fact takes_syn_data{"It acknowledges the {bytes} in the SYN as well.", "SYN에 실려 온 {bytes}도 함께 확인합니다."};
constexpr Fact leaves_syn_data{"It does not acknowledge the data in the SYN, which has to be sent again.",
                               "SYN에 실려 온 데이터는 확인하지 않았으므로 재전송해야 합니다."};
constexpr Fact data_at_once{"Where its Fast Open cookie is right, the program gets the data at once (RFC 7413).",
                            "Fast Open cookie가 맞으면 프로그램이 데이터를 곧바로 받습니다(RFC 7413)."};
constexpr Detail listener_unknown{"Only the answer will show whether the {peer} listens.",
                                  "{peer}가 연결을 기다리는지는 답이 와야 압니다."};
constexpr Fact joined_late{"The capture joined late: what came before this is not known.",
                           "캡처가 도중에 시작되어 그 전의 일은 알 수 없습니다."};
constexpr Fact only_reset_yet{"The capture has nothing before this RST: what it answers, and whether there was a connection at all, is not known.",
                              "캡처에 이보다 앞선 것이 없습니다. 이 RST가 무엇에 대한 것인지, 연결이 있기는 했는지 알 수 없습니다."};
constexpr Fact client_guessed{"No SYN was seen, so the side with the higher port counts as the client.",
                              "SYN을 보지 못해 포트 번호가 큰 쪽을 클라이언트로 봅니다."};
constexpr Fact client_guessed_by_order{"No SYN was seen, and both ports are the same, so the side seen first counts as the client.",
                                       "SYN을 보지 못했고 두 포트 번호가 같아 먼저 보인 쪽을 클라이언트로 봅니다."};

}  // namespace

void tell_handshake(const SegmentStory& story) {
  const TcpFlags flags = story.segment.flags;
  if (const auto* answers = story.found<finding::AnswersSynData>()) {
    if (answers->taken > 0)
      story.plan.say<takes_syn_data>(bytes(answers->taken));
    else
      story.plan.say<leaves_syn_data>();
  }
  if (story.has(Note::data_in_syn) && story.segment.options.fast_open_cookie.value_or(0) > 0)
    story.plan.say<data_at_once>();
  const bool first = flags.syn() && !story.sent_again() && !story.has(Note::illegal_flags);
  if (first && story.change(story.to()).after == State::listen) story.plan.say<listener_unknown>(peer(story.to()));
}

void tell_beginning(const SegmentStory& story) {
  Plan& plan = story.plan;
  const TcpFlags flags = story.segment.flags;
  if (!flags.syn()) {
    if (flags.rst())
      plan.say<only_reset_yet>();
    else
      plan.say<joined_late>();
  }
  if (!story.seen.stream->client_assumed) return;
  if (story.seen.stream->client.port == story.seen.stream->server.port)
    plan.say<client_guessed_by_order>();
  else
    plan.say<client_guessed>();
}

void list_handshake(ExclusiveSentences& all) {
  all.among({&takes_syn_data, &leaves_syn_data});
  all.among({&joined_late, &only_reset_yet});
  all.among({&client_guessed, &client_guessed_by_order});
  all.between({&listener_unknown}, {&joined_late, &sentence_of(Reason::nobody_listens)});
}

}  // namespace echolab::capture
