// lab step NAME: the wire is in the student's hand.
#include <unistd.h>

#include "tools/lab/program/library.hpp"
#include "tools/lab/program/stepper.hpp"

namespace echolab::lab {

using cli::Exit;

cli::Exit step(const LabOptions& options, const cli::Common& common) {
  const auto chosen = chosen_scenario(options, common.lang);
  if (const auto* end = std::get_if<Exit>(&chosen)) return *end;
  const auto* scenario = &std::get<Scenario>(chosen);
  return in_the_lab(options, common.lang, [&] {
    const auto story = make_story(options, common);
    cli::print(story->begin(*scenario));
    Stepper stepper(*scenario, *story, common);
    if (!stepper.play()) return Exit::done;
    tell_unmet(stepper.experiment().wire().policy(), common.lang);
    cli::print(story->end(*scenario, {}));
    return Exit::done;
  });
}

}  // namespace echolab::lab
