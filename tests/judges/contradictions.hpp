// Two sentences of one packet of which only one can be true: capture/explain/exclusive.hpp lists them.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "capture/explain/exclusive.hpp"
#include "capture/explain/explain.hpp"

namespace echolab::test {

class Contradictions {
 public:
  Contradictions() {
    const capture::ExclusiveSentences all = capture::exclusive_sentences();
    for (const auto& [one, other] : all.pairs()) pairs_.insert({std::min(one, other), std::max(one, other)});
  }

  /// The first two, in English; "": there are none.
  std::string of(const capture::Observation& seen) {
    capture::explain(seen, plan_);
    for (const auto& one : plan_.items())
      for (const auto& other : plan_.items())
        if (!one.part && !other.part && one.sentence < other.sentence &&
            pairs_.contains({one.sentence, other.sentence}))
          return std::string(one.sentence->text.en) + " / " + std::string(other.sentence->text.en);
    return {};
  }

 private:
  std::set<std::pair<const capture::Sentence*, const capture::Sentence*>> pairs_;  // the lesser address first
  capture::Plan plan_;
};

}  // namespace echolab::test
