#include "capture/explain/exclusive.hpp"

namespace echolab::capture {

void ExclusiveSentences::with_any_move(Some these) {
  for (std::size_t i = 0; i < reason_count; ++i) between(these, {&sentence_of(static_cast<Reason>(i))});
}

ExclusiveSentences exclusive_sentences() {
  ExclusiveSentences all;
  for (const auto list : {list_moves, list_acks, list_handshake, list_options, list_findings, list_take_backs, list_notes,
                          list_segment})
    list(all);
  return all;
}

}  // namespace echolab::capture
