// lab: two hosts, and a wire that can be stopped.
#include <chrono>
#include <cstdlib>

#include "tools/cli/cli.hpp"
#include "tools/lab/program/library.hpp"
#include "tools/lab/program/program.hpp"
#include "tools/lab/program/program_texts.hpp"
#include "tools/lab/wire/rule.hpp"

namespace {

using namespace echolab;       // NOLINT: a main is a table of contents
using namespace echolab::lab;  // NOLINT

struct Commands {
  CLI::App *list, *check, *run, *step, *shell, *doctor;
};

/// "10%" as "10".
const CLI::Validator without_percent_sign(
    [](std::string& word) {
      if (word.ends_with('%')) word.pop_back();
      return std::string();
    },
    "");
/// "300ms", "2s" as milliseconds.
const CLI::Validator in_milliseconds(
    [](std::string& word) {
      if (const auto time = parse_duration(word))
        word = std::to_string(std::chrono::duration<double, std::milli>(*time).count());
      return std::string();
    },
    "");

void add_line(CLI::App& command, LabOptions& options, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  command.add_option("--rule", options.rules, in(texts::rule))->type_name("RULE")->allow_extra_args(false);
  command.add_option("--loss", options.loss, in(texts::loss))
      ->type_name("PERCENT")
      ->transform(without_percent_sign)
      ->check(CLI::Range(0.0, 100.0));
  command.add_option("--delay", options.delay, in(texts::delay))
      ->type_name("MS")
      ->transform(in_milliseconds)
      ->check(CLI::Range(0.0, 60000.0));
  command.add_option("-w,--write", options.write_file, in(texts::write))->type_name("FILE");
  command.add_option("--seed", options.seed, in(texts::seed))->type_name("N")->capture_default_str();
}

void add_scenario_folder(CLI::App& command, LabOptions& options, Language lang) {
  command.add_option("--scenario-dir", options.scenario_dir, std::string(texts::scenario_dir.in(lang)))
      ->type_name("FOLDER");
}

void add_scenario(CLI::App& command, LabOptions& options, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  auto* name = command.add_option("NAME", options.scenario, in(texts::scenario))->type_name("NAME");
  command.add_option("--scenario", options.scenario_file, in(texts::scenario_file))->type_name("FILE")->excludes(name);
  command.add_flag("-6,--ipv6", options.ipv6, in(texts::ipv6));
}

void add_host(CLI::App& command, LabOptions& options, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  command.add_option("HOST", options.host, in(texts::host))->required()->check(CLI::IsMember({"client", "server"}));
  command.add_option("COMMAND", options.command, in(texts::command))->type_name("COMMAND");
}

void add_format(CLI::App& command, LabOptions& options, Language lang) {
  command.add_option("--format", options.json, std::string(texts::format.in(lang)))
      ->type_name("text|json")
      ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, bool>>{{"text", false}, {"json", true}}));
}

Commands add_commands(CLI::App& app, LabOptions& options, Language lang) {
  const auto command = [&](const char* name, const Text& text) {
    return app.add_subcommand(name, std::string(text.in(lang)))->fallthrough();  // --lang may stand behind it, too
  };
  const Commands commands{command("list", texts::list),   command("check", texts::check),
                          command("run", texts::run),     command("step", texts::step),
                          command("shell", texts::shell), command("doctor", texts::doctor)};
  app.require_subcommand(1);
  for (CLI::App* played : {commands.run, commands.step}) {
    add_scenario(*played, options, lang);
    cli::add_footer(*played, texts::scenario_rights, lang);
  }
  for (CLI::App* named : {commands.list, commands.run, commands.step}) add_scenario_folder(*named, options, lang);
  commands.check->add_option("FILE", options.files, std::string(texts::checked_file.in(lang)))
      ->required()
      ->type_name("FILE");
  add_host(*commands.shell, options, lang);
  for (CLI::App* wired : {commands.run, commands.step, commands.shell}) add_line(*wired, options, lang);
  for (CLI::App* played : {commands.run, commands.step}) cli::add_verbosity(*played, options.verbosity, lang);
  for (CLI::App* told : {commands.list, commands.run, commands.doctor}) add_format(*told, options, lang);
  return commands;
}

/// What a shell offers for NAME.
std::vector<std::string> scenario_names(const LabOptions& options, Language lang) {
  std::vector<std::string> names;
  for (const KnownScenario& it : known_scenarios(options, lang).value_or(std::vector<KnownScenario>{}))
    names.push_back(it.name);
  return names;
}

}  // namespace

int main(int argc, char** argv) {
  const Language lang = cli::language(argc, argv);
  return cli::run(program_name, lang, [&] {
    cli::Common common;
    LabOptions options;
    options.started = cli::as_started(program_name, argc, argv);
    const auto app = cli::make_app(std::string(program_name), texts::description, lang, common);
    const Commands commands = add_commands(*app, options, lang);
    cli::add_footer(*app, texts::footer, lang);
    const auto words_of = [&](std::string_view value) {
      return value == "NAME" ? scenario_names(options, lang) : std::vector<std::string>{};
    };
    if (const auto ended = cli::parse(*app, argc, argv, lang, words_of)) return *ended;
    ::setenv("ECHOLAB_LANG", common.lang == Language::ko ? "ko" : "en", 1);  // the programs on the hosts, too
    if (*commands.list) return list(options, common);
    if (*commands.check) return check(options, common);
    if (*commands.run) return run(options, common);
    if (*commands.step) return step(options, common);
    if (*commands.shell) return shell(options, common);
    return doctor(options, common);
  });
}
