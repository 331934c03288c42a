// Whether a scenario's promises held: it sees the events as they come.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tools/lab/story/scenario.hpp"

namespace echolab::lab {

class Judge {
 public:
  /// The scenario must outlive the judge.
  explicit Judge(const Scenario& scenario);
  void see(const Event& event);
  struct Verdict {
    const Check* check;
    bool held;
    std::string missing;  // the pattern that did not come, or came though it must not
  };
  std::vector<Verdict> verdicts() const;

 private:
  /// The numbers by kind that a frame got as it arrived.
  using Numbers = std::array<std::uint32_t, kind_count>;
  struct Progress {
    const Check* check;
    std::size_t met = 0;                      // of `order`
    const EventPattern* forbidden = nullptr;  // of `never`, that came
  };

  static void advance(Progress& progress, const Event& event, bool arrived, const Numbers& numbers);

  std::vector<Progress> progress_;
  FrameCounts counts_;
  std::map<std::uint64_t, Numbers> numbers_;  // of the frames that the wire may speak of again
  std::uint64_t gone_ = 0;                    // a frame that it may speak of once more: its copy
};

}  // namespace echolab::lab
