// Where scenarios are found, and the way into the lab: what the commands share.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tools/lab/program/program.hpp"
#include "tools/lab/story/scenario.hpp"
#include "tools/lab/story/story.hpp"
#include "tools/lab/wire/policy.hpp"

namespace echolab::lab {

/// What comes with the program: beside it where it is built, share/echolab where it is installed.
std::filesystem::path share_folder();
/// A scenario by name: one that is compiled in, or a file of --scenario-dir, which goes before one of the same name.
struct KnownScenario {
  std::string name;
  std::string_view toml;       // compiled in
  std::filesystem::path file;  // else
};
/// Sorted by name. nullopt: --scenario-dir cannot be read, and why has been said.
std::optional<std::vector<KnownScenario>> known_scenarios(const LabOptions& options, Language lang);

/// The scenario that was asked for, with the rules, the model and the seed of the command line; or what to end with:
/// it cannot be had, and why has been said.
std::variant<Scenario, cli::Exit> chosen_scenario(const LabOptions& options, Language lang);

/// No scenario: only the wire as the command line wants it.
std::optional<Scenario> bare_line(const LabOptions& options, Language lang);

/// The story as it was asked for, for this terminal.
std::unique_ptr<Story> make_story(const LabOptions& options, const cli::Common& common);

/// Says which rules no packet has met: the student waited for something that cannot come.
void tell_unmet(const Policy& policy, Language lang);

/// Calls `body` in namespaces of its own. Where the machine allows none it says so, and what mends it: exit 3.
cli::Exit in_the_lab(const LabOptions& options, Language lang, const std::function<cli::Exit()>& body);

}  // namespace echolab::lab
