#include "tools/lab/library.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "net/privileges.hpp"
#include "tools/lab/network.hpp"
#include "tools/lab/process.hpp"
#include "tools/lab/program_texts.hpp"

namespace echolab::lab {
namespace {

using cli::Exit;

/// What the command line says of the wire, after what the scenario says. False: a rule is wrong, and why has been said.
bool change_line(Scenario& scenario, const LabOptions& options, Language lang) {
  for (const std::string& text : options.rules) {
    if (const auto error = add_rule(text, scenario.rules, scenario.model)) {
      const std::string why = sentence(*error, lang);
      cli::error(program_name, fmt::format(fmt::runtime(texts::bad_rule.in(lang)), text, why), lang);
      return false;
    }
  }
  if (options.loss > 0) scenario.model.loss = options.loss / 100;
  if (options.delay > 0)
    scenario.model.delay = std::chrono::nanoseconds(static_cast<std::int64_t>(options.delay * 1e6));
  scenario.model.seed = options.seed;
  return true;
}

/// The program's words with the hosts' addresses.
std::vector<std::string> played_words(const Program& program, bool ipv6) {
  const auto [client, server] = std::pair(address_of(Host::client), address_of(Host::server));
  return words_of(program, ipv6 ? client.v6 : client.v4, ipv6 ? server.v6 : server.v4);
}

bool has_scenario(const std::string& name) {
  const auto names = scenario_names();
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::filesystem::path share_folder() { return program_folder().parent_path() / "share" / "echolab"; }
std::filesystem::path scenario_folder() { return share_folder() / "scenarios"; }

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(scenario_folder(), missing))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem());
  std::ranges::sort(names);
  return names;
}

std::optional<Scenario> chosen_scenario(const LabOptions& options, Language lang) {
  const auto file = options.scenario_file.empty() ? scenario_folder() / (options.scenario + ".toml")
                                                  : std::filesystem::path(options.scenario_file);
  if (options.scenario_file.empty() && !has_scenario(options.scenario)) {
    std::string names;
    for (const std::string& name : scenario_names()) names += (names.empty() ? "" : ", ") + name;
    cli::error(program_name, fmt::format(fmt::runtime(texts::no_such_scenario.in(lang)), options.scenario, names),
               lang);
    return std::nullopt;
  }
  auto loaded = load_scenario(file);
  if (const auto* error = std::get_if<ScenarioError>(&loaded)) {
    cli::error(program_name, sentence(*error, lang), lang);
    return std::nullopt;
  }
  if (!options.scenario_file.empty() && net::is_root_outside())
    cli::note(program_name, fmt::format(fmt::runtime(texts::scenario_as_root.in(lang)), options.scenario_file));
  auto& scenario = std::get<Scenario>(loaded);
  if (!change_line(scenario, options, lang)) return std::nullopt;
  scenario.ipv6 = scenario.ipv6 || options.ipv6;
  for (Program& program : scenario.programs) program.words = played_words(program, scenario.ipv6);
  return std::move(scenario);
}

std::optional<Scenario> bare_line(const LabOptions& options, Language lang) {
  Scenario scenario;
  if (!change_line(scenario, options, lang)) return std::nullopt;
  return scenario;
}

std::unique_ptr<Story> make_story(const LabOptions& options, const cli::Common& common) {
  const auto words = common.lang;
  auto story = options.json ? json_story(words)
                            : text_story({.columns = cli::terminal_columns(STDOUT_FILENO),
                                          .color = common.use_color(STDOUT_FILENO),
                                          .ascii = common.ascii,
                                          .language = words,
                                          .verbosity = options.verbosity});
  return options.write_file.empty() ? std::move(story) : written(std::move(story), options.write_file, words);
}

Exit in_the_lab(const LabOptions& options, Language lang, const std::function<Exit()>& body) try {
  return static_cast<Exit>(isolated([&] { return cli::run(program_name, lang, body); }));
} catch (const Unavailable& why) {
  cli::error(program_name, fmt::format(fmt::runtime(texts::unavailable.in(lang)), why.what(), options.started), lang);
  return Exit::missing;
}

}  // namespace echolab::lab
