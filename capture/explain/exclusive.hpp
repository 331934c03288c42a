// Sentences that exclude each other: of one packet no two of them are told. Each file lists its own beside them, and
// those of others that they cannot stand with; a test holds the lists over every capture at hand.
#pragma once

#include <initializer_list>
#include <utility>
#include <vector>

#include "capture/explain/sentence.hpp"
#include "capture/track/note.hpp"
#include "capture/track/transition.hpp"

namespace echolab::capture {

class ExclusiveSentences {
 public:
  using Some = std::initializer_list<const Sentence*>;

  /// No two of these.
  void among(Some sentences) {
    for (const Sentence* one : sentences)
      for (const Sentence* other : sentences)
        if (one < other) pairs_.emplace_back(one, other);
  }
  /// None of these with any of those.
  void between(Some these, Some those) {
    for (const Sentence* one : these)
      for (const Sentence* other : those) pairs_.emplace_back(one, other);
  }
  /// None of these with any of a rule's reasons.
  void with_any_move(Some these);

  const std::vector<std::pair<const Sentence*, const Sentence*>>& pairs() const { return pairs_; }

 private:
  std::vector<std::pair<const Sentence*, const Sentence*>> pairs_;
};

/// All pairs of them.
ExclusiveSentences exclusive_sentences();

/// What is said of a rule that fired, and of a note.
const Sentence& sentence_of(Reason reason);
const Sentence& sentence_of(Note note);

// Those of a file.
void list_moves(ExclusiveSentences& all);
void list_acks(ExclusiveSentences& all);
void list_handshake(ExclusiveSentences& all);
void list_options(ExclusiveSentences& all);
void list_findings(ExclusiveSentences& all);
void list_take_backs(ExclusiveSentences& all);
void list_notes(ExclusiveSentences& all);
void list_segment(ExclusiveSentences& all);

}  // namespace echolab::capture
