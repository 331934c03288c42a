// lab list: the scenarios, a line each.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "capture/render/escape.hpp"
#include "capture/render/json.hpp"
#include "capture/render/width.hpp"
#include "tools/lab/program/library.hpp"

namespace echolab::lab {
namespace {

std::string line(const Scenario& scenario, const std::string& title, bool json, int name_columns, int columns) {
  if (json)
    return fmt::format(R"({{"v":1,"kind":"scenario","name":{},"title":{}}})", capture::json_string(scenario.name),
                       capture::json_string(title)) +
           "\n";
  std::string out, begin = capture::pad_right(capture::printable(scenario.name), name_columns) + "  ";
  for (const std::string& part :
       capture::wrap(capture::printable_lines(title), std::max(20, columns - name_columns - 2))) {
    out += begin + part + "\n";
    begin.assign(static_cast<std::size_t>(name_columns) + 2, ' ');
  }
  return out;
}

}  // namespace

cli::Exit list(const LabOptions& options, const cli::Common& common) {
  const auto known = known_scenarios(options, common.lang);
  if (!known) return cli::Exit::usage;
  std::size_t longest = 0;
  for (const KnownScenario& it : *known) longest = std::max(longest, it.name.size());
  auto end = cli::Exit::done;
  for (const KnownScenario& it : *known) {
    LabOptions one = options;
    one.scenario = it.name;
    const auto chosen = chosen_scenario(one, common.lang);
    if (const auto* scenario = std::get_if<Scenario>(&chosen))
      cli::print(line(*scenario, scenario->title.in(common.lang), options.json, static_cast<int>(longest),
                      cli::terminal_columns(STDOUT_FILENO)));
    else
      end = cli::Exit::failed;
  }
  return end;
}

}  // namespace echolab::lab
