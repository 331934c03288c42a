// lab run NAME: the whole story, then what was promised.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

#include "capture/explain/explain.hpp"
#include "net/stop_signal.hpp"
#include "tools/lab/program/library.hpp"
#include "tools/lab/program/program.hpp"
#include "tools/lab/program/program_texts.hpp"
#include "tools/lab/story/experiment.hpp"
#include "tools/lab/story/story.hpp"

namespace echolab::lab {
namespace {

using cli::Exit;
using namespace std::chrono_literals;

constexpr auto longest_run = 120s;   // a lesson that is not over then will not be
constexpr auto longest_ready = 10s;  // a program that has not said by then that it is ready will not
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

/// Looks at the program that is waited for.
class Patience {
 public:
  explicit Patience(std::chrono::nanoseconds delay) : longest_(longest_ready + 4 * delay) {}

  bool is_over(const Program* awaited) {
    const auto now = std::chrono::steady_clock::now();
    if (awaited != awaited_) since_ = now;
    awaited_ = awaited;
    return awaited != nullptr && now - since_ > longest_;
  }
  std::chrono::seconds longest() const { return std::chrono::ceil<std::chrono::seconds>(longest_); }

 private:
  std::chrono::nanoseconds longest_;
  const Program* awaited_ = nullptr;
  std::chrono::steady_clock::time_point since_{};
};

Exit fail(const std::string& why, Language lang) {
  cli::error(program_name, why, lang);
  return Exit::failed;
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

  Patience patience(scenario.model.delay);
  const Program* never_ready = nullptr;
  const bool played = go_on_until(experiment, longest_run, stop, [&] {
    if (patience.is_over(experiment.awaited())) never_ready = experiment.awaited();
    return !heard || never_ready != nullptr || experiment.over();
  });
  experiment.end_players();
  go_on_until(experiment, longest_ending, stop, [&] { return experiment.all_ended() && experiment.over(); });
  if (stop.requested()) return Exit::done;
  const auto words = [&](const Text& text, const auto&... values) {
    return fmt::format(fmt::runtime(text.in(common.lang)), values...);
  };
  if (never_ready != nullptr)
    return fail(words(texts::not_ready, never_ready->words.front(), never_ready->ready, patience.longest().count()),
                common.lang);
  if (!played) return fail(words(texts::not_over, longest_run.count()), common.lang);
  tell_unmet(experiment.wire().policy(), common.lang);
  const auto verdicts = judge.verdicts();
  cli::print(story->end(scenario, verdicts));
  for (const Judge::Verdict& verdict : verdicts)
    if (!verdict.held) return Exit::failed;
  return Exit::done;
}

}  // namespace

Exit run(const LabOptions& options, const cli::Common& common) {
  const auto chosen = chosen_scenario(options, common.lang);
  if (const auto* end = std::get_if<Exit>(&chosen)) return *end;
  return in_the_lab(options, common.lang, [&] { return play(std::get<Scenario>(chosen), options, common); });
}

}  // namespace echolab::lab
