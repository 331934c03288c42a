// The blog post beside the packet: which of its steps this is, and whether the wire agrees.
#include "capture/explain/post.hpp"

#include <array>

namespace echolab::capture {
namespace {

using Verdict = PostView::Verdict;

constexpr Sentence post_line{Level::post, "{number} {what}{copy}", "{number} {what}{copy}"};

using Says = OneOf<>;
constexpr std::array<Says, 4> steps{{
    {Level::post, "The client sends SYN and is in SYN_SENT", "클라이언트가 SYN을 보내고 SYN_SENT가 됨"},
    {Level::post, "The server sends SYN,ACK and is in SYN_RECEIVED", "서버가 SYN,ACK를 보내고 SYN_RECEIVED가 됨"},
    {Level::post, "The ACK makes the server ESTABLISHED", "ACK로 서버도 ESTABLISHED가 됨"},
    {Level::post, "Both sides may send", "양쪽 모두 보낼 수 있음"},
}};

struct VerdictText {
  Verdict verdict;
  Says says;
};
constexpr std::array<VerdictText, 9> verdicts{{
    {Verdict::agrees, {Level::post, ": so it is.", ": 실제로도 그렇습니다."}},
    {Verdict::client_was_first, {Level::post, ": yes; the client was first.", ": 맞지만 클라이언트가 먼저입니다."}},
    {Verdict::data_with_ack, {Level::post, ": yes, and step 4 with it, for data may ride on the ACK; the client was first.", ": 맞고, ACK에 데이터도 실려 4단계까지 한꺼번에 왔습니다. 클라이언트가 먼저입니다."}},
    {Verdict::data_in_syn, {Level::post, ": yes, and the data, which the post has in step 4, is already here.", ": 맞고, 글에서는 4단계에 나오는 데이터가 벌써 실려 있습니다."}},
    {Verdict::again, {Level::post, ": a retransmission of that step.", ": 그 단계를 재전송한 것입니다."}},
    {Verdict::refused, {Level::post, ": not here. An RST came in its place.", ": 여기서는 그 대신 RST가 왔습니다."}},
    {Verdict::crossed, {Level::post, ": here both ends asked at once, so both pass through SYN_RECEIVED; in the post only one asks.", ": 글에서는 한쪽만 요청하지만 여기서는 양쪽이 동시에 요청해 둘 다 SYN_RECEIVED를 거칩니다."}},
    {Verdict::aborted, {Level::post, ": not here. An RST ended the handshake first.", ": 여기서는 그 전에 RST로 끝났습니다."}},
    {Verdict::step_unseen, {Level::post, ": not known; an earlier step is not in the capture.", ": 앞 단계가 캡처에 없어 알 수 없습니다."}},
}};

consteval bool in_order() {
  for (std::size_t i = 0; i < verdicts.size(); ++i)
    if (verdicts[i].verdict != static_cast<Verdict>(i)) return false;
  return true;
}
static_assert(in_order());

Verdict verdict_on(Step step, const Observation& seen) {
  const Findings& findings = seen.tcp->findings;
  const bool data = std::get<Segment>(seen.decoded).payload_length > 0;
  const bool again = findings.has<finding::Repeats>();
  switch (step) {
    case Step::syn:
    case Step::syn_ack:
      if (again) return Verdict::again;
      if (seen.notes.has(Note::simultaneous_open) || findings.has<finding::AskedItself>()) return Verdict::crossed;
      if (findings.has<finding::StepUnseen>()) return Verdict::step_unseen;
      return data ? Verdict::data_in_syn : Verdict::agrees;
    case Step::ack:
      if (findings.has<finding::StepUnseen>()) return Verdict::step_unseen;
      return data ? Verdict::data_with_ack : Verdict::client_was_first;
    case Step::data: break;
  }
  return again ? Verdict::again : Verdict::agrees;
}

}  // namespace

std::optional<PostView> post_of(const Observation& seen) {
  if (!seen.tcp) return std::nullopt;
  if (const auto* ended = seen.tcp->findings.find<finding::HandshakeEnded>())
    return PostView{static_cast<Step>(ended->before_step),
                    ended->before_step == 2 ? Verdict::refused : Verdict::aborted, true};
  for (const Step step : {Step::syn, Step::syn_ack, Step::ack, Step::data})
    if (seen.tcp->is_step(step)) return PostView{step, verdict_on(step, seen), false};
  return std::nullopt;
}

void tell_post(Plan& plan, const Observation& seen) {
  const auto view = post_of(seen);
  if (!view) return;
  const auto step = static_cast<std::size_t>(view->step);
  plan.say<post_line>(number(step), plan.part<Blank::what>(steps[step - 1]),
                      plan.part<Blank::copy>(verdicts[static_cast<std::size_t>(view->verdict)].says));
}

}  // namespace echolab::capture
