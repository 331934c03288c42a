#include "tools/lab/program/library.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "net/privileges.hpp"
#include "tools/cli/near_miss.hpp"
#include "tools/lab/host/network.hpp"
#include "tools/lab/host/process.hpp"
#include "tools/lab/program/built_in.hpp"
#include "tools/lab/program/program_texts.hpp"

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

/// --scenario-dir's files among those that are known; false: it cannot be read.
bool add_folder(const std::string& folder, std::vector<KnownScenario>& known) {
  std::error_code unread;
  for (const auto& entry : std::filesystem::directory_iterator(folder, unread)) {
    if (entry.path().extension() != ".toml") continue;
    const std::string name = entry.path().stem().string();
    std::erase_if(known, [&](const KnownScenario& it) { return it.name == name; });
    known.push_back({name, {}, entry.path()});
  }
  return !unread;
}

std::optional<KnownScenario> scenario_named(const LabOptions& options, Language lang) {
  const auto known = known_scenarios(options, lang);
  if (!known) return std::nullopt;
  const auto found = std::ranges::find(*known, options.scenario, &KnownScenario::name);
  if (found != known->end()) return *found;
  std::vector<std::string> names;
  for (const KnownScenario& it : *known) names.push_back(it.name);
  const std::string meant = cli::near_miss(options.scenario, names);
  const auto all = fmt::format("{}", fmt::join(names, ", "));
  const std::string why = options.scenario.empty() ? fmt::format(fmt::runtime(texts::which_scenario.in(lang)), all)
                          : meant.empty()
                              ? fmt::format(fmt::runtime(texts::no_such_scenario.in(lang)), options.scenario, all)
                              : fmt::format(fmt::runtime(texts::meant_scenario.in(lang)), options.scenario, meant);
  cli::error(program_name, why, lang);
  return std::nullopt;
}

std::variant<Scenario, ScenarioError> read(const KnownScenario& it) {
  return it.file.empty() ? parse_scenario(it.toml, it.name + ".toml") : load_scenario(it.file);
}

}  // namespace

std::filesystem::path share_folder() { return program_folder().parent_path() / "share" / "echolab"; }

std::optional<std::vector<KnownScenario>> known_scenarios(const LabOptions& options, Language lang) {
  std::vector<KnownScenario> known;
  for (const BuiltInScenario& it : built_in_scenarios()) known.push_back({std::string(it.name), it.toml, {}});
  if (!options.scenario_dir.empty() && !add_folder(options.scenario_dir, known)) {
    cli::error(program_name, fmt::format(fmt::runtime(texts::no_such_folder.in(lang)), options.scenario_dir), lang);
    return std::nullopt;
  }
  std::ranges::sort(known, {}, &KnownScenario::name);
  return known;
}

std::variant<Scenario, Exit> chosen_scenario(const LabOptions& options, Language lang) {
  const auto chosen =
      options.scenario_file.empty() ? scenario_named(options, lang) : KnownScenario{"", {}, options.scenario_file};
  if (!chosen) return Exit::usage;
  auto loaded = read(*chosen);
  if (const auto* error = std::get_if<ScenarioError>(&loaded)) {
    cli::error(program_name, sentence(*error, lang), lang);
    return Exit::failed;
  }
  if (!chosen->file.empty() && net::is_root_outside())
    cli::note(program_name, fmt::format(fmt::runtime(texts::scenario_as_root.in(lang)), chosen->file.string()));
  auto& scenario = std::get<Scenario>(loaded);
  if (!change_line(scenario, options, lang)) return Exit::usage;
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

void tell_unmet(const Policy& policy, Language lang) {
  for (const Rule* rule : policy.unmet())
    cli::note(program_name,
              fmt::format(fmt::runtime(texts::rule_not_met.in(lang)), to_string(*rule), policy.seen(*rule)));
}

Exit in_the_lab(const LabOptions& options, Language lang, const std::function<Exit()>& body) try {
  return static_cast<Exit>(isolated([&] { return cli::run(program_name, lang, body); }));
} catch (const Unavailable& why) {
  cli::error(program_name, fmt::format(fmt::runtime(texts::unavailable.in(lang)), why.what(), options.started), lang);
  return Exit::missing;
}

}  // namespace echolab::lab
