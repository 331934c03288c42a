#include "capture/explain/post.hpp"

namespace echolab::capture {
namespace {

using Verdict = PostView::Verdict;

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

}  // namespace echolab::capture
