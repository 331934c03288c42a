// Where scenarios are found, and the way into the lab: what the commands share.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "tools/lab/program.hpp"
#include "tools/lab/scenario.hpp"
#include "tools/lab/story.hpp"

namespace echolab::lab {

/// What comes with the program: beside it where it is built, share/echolab where it is installed.
std::filesystem::path share_folder();
/// The scenarios among it.
std::filesystem::path scenario_folder();
/// The names in it, sorted.
std::vector<std::string> scenario_names();

/// The scenario that was asked for, with the rules, the model and the seed of the command line. nullopt: it cannot be
/// had, and why has been said.
std::optional<Scenario> chosen_scenario(const LabOptions& options, Language lang);

/// No scenario: only the wire as the command line wants it.
std::optional<Scenario> bare_line(const LabOptions& options, Language lang);

/// The story as it was asked for, for this terminal.
std::unique_ptr<Story> make_story(const LabOptions& options, const cli::Common& common);

/// Calls `body` in namespaces of its own. Where the machine allows none it says so, and what mends it: exit 3.
cli::Exit in_the_lab(const LabOptions& options, Language lang, const std::function<cli::Exit()>& body);

}  // namespace echolab::lab
