// lab check FILE...: reads scenario files, runs nothing.
#include <fmt/format.h>

#include "capture/render/escape.hpp"
#include "tools/lab/program/program.hpp"
#include "tools/lab/program/program_texts.hpp"
#include "tools/lab/story/scenario.hpp"

namespace echolab::lab {

cli::Exit check(const LabOptions& options, const cli::Common& common) {
  auto end = cli::Exit::done;
  for (const std::string& file : options.files) {
    const auto loaded = load_scenario(file);
    if (const auto* error = std::get_if<ScenarioError>(&loaded)) {
      cli::error(program_name, sentence(*error, common.lang), common.lang);
      end = cli::Exit::failed;
      continue;
    }
    const auto& scenario = std::get<Scenario>(loaded);
    cli::print(fmt::format(fmt::runtime(texts::readable.in(common.lang)), capture::printable(file),
                           scenario.programs.size(), scenario.checks.size()) +
               "\n");
  }
  return end;
}

}  // namespace echolab::lab
