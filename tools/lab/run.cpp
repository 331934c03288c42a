// lab run NAME: the whole story, then what was promised.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

#include "capture/explain/explain.hpp"
#include "net/stop_signal.hpp"
#include "tools/lab/experiment.hpp"
#include "tools/lab/library.hpp"
#include "tools/lab/program.hpp"
#include "tools/lab/program_texts.hpp"
#include "tools/lab/story.hpp"

namespace echolab::lab {
namespace {

using cli::Exit;
using namespace std::chrono_literals;

constexpr auto longest_run = 120s;   // a lesson that is not over then will not be
constexpr auto longest_ending = 5s;  // programs that do not end when they are asked to

/// Goes on until `done`, or for `longest`. Whether it is done.
template <class Done>
bool go_on_until(Experiment& experiment, std::chrono::seconds longest, const net::StopSignal& stop, Done done) {
  const auto end = std::chrono::steady_clock::now() + longest;
  while (!done()) {
    if (stop.requested() || std::chrono::steady_clock::now() > end) return false;
    experiment.go_on(50ms);
    cli::flush_output();  // what happens is seen as it happens
  }
  return true;
}

Exit play(const Scenario& scenario, const LabOptions& options, const cli::Common& common) {
  const auto story = make_story(options, common);
  const net::StopSignal stop;
  Judge judge(scenario);
  bool heard = true;  // the reader is still there
  Experiment experiment(Wire(Policy(scenario.rules, scenario.model), false), [&](const Event& event) {
    judge.see(event);
    heard = cli::print(story->tell(event)) && heard;
  });
  cli::print(story->begin(scenario));
  experiment.begin(scenario.programs, false);

  const bool played = go_on_until(experiment, longest_run, stop, [&] { return !heard || experiment.over(); });
  experiment.end_players();
  go_on_until(experiment, longest_ending, stop, [&] { return experiment.all_ended() && experiment.over(); });
  if (stop.requested()) return Exit::done;
  if (!played) {
    cli::error(program_name, fmt::format(fmt::runtime(texts::not_over.in(common.lang)), longest_run.count()),
               common.lang);
    return Exit::failed;
  }
  const auto verdicts = judge.verdicts();
  cli::print(story->end(scenario, verdicts));
  for (const Judge::Verdict& verdict : verdicts)
    if (!verdict.held) return Exit::failed;
  return Exit::done;
}

}  // namespace

Exit run(const LabOptions& options, const cli::Common& common) {
  const auto scenario = chosen_scenario(options, common.lang);
  if (!scenario) return Exit::failed;
  return in_the_lab(options, common.lang, [&] { return play(*scenario, options, common); });
}

}  // namespace echolab::lab
