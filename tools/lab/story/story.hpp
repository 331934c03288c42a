// What happens in the lab, told as it happens: the annotated ladder for people, a JSON object a line for programs.
#pragma once

#include <memory>
#include <string>

#include "capture/render/text.hpp"
#include "tools/lab/story/judge.hpp"
#include "tools/lab/story/scenario.hpp"
#include "tools/lab/wire/event.hpp"

namespace echolab::lab {

class Story {
 public:
  virtual ~Story() = default;
  /// What is about to be seen.
  virtual std::string begin(const Scenario& scenario) = 0;
  virtual std::string tell(const Event& event) = 0;
  /// What was promised and whether it held; what the wire did, in numbers.
  virtual std::string end(const Scenario& scenario, const std::vector<Judge::Verdict>& verdicts) = 0;
};

std::unique_ptr<Story> text_story(const capture::LadderOptions& options);
std::unique_ptr<Story> json_story(Language language);

/// The same story, and every frame as it passes in a nanosecond pcap file: delivered, doubled, dropped and corrupted
/// ones, in this order, with the time at which it happened. Throws std::runtime_error, from `tell` and `end` too, where
/// the file cannot be written.
std::unique_ptr<Story> written(std::unique_ptr<Story> story, const std::string& path, Language language);

/// How many frames met which fate, and how often inference and kernel differed.
struct Tally {
  std::array<std::uint64_t, fate_count> fates{};
  std::uint64_t agreed = 0, named = 0, unnamed = 0;
  void count(const Event& event);
  std::uint64_t of(Fate fate) const { return fates[static_cast<std::size_t>(fate)]; }
};

}  // namespace echolab::lab
