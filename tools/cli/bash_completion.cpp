#include "tools/cli/bash_completion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tools/cli/option_text.hpp"

namespace echolab::cli {
namespace {

/// What bash itself can list, by the name that help gives the value.
struct Listed {
  std::string_view placeholder, compgen;
};
constexpr auto listed = std::to_array<Listed>({
    {"FILE", "-f"},
    {"USER", "-u"},
    {"HOST", "-A hostname"},
    {"ADDRESS", "-A hostname"},
    {"INTERFACE", "-W \"any $(ls /sys/class/net)\""},
});

// {name} is "lab", or "lab_run" for a command of it; commands have functions of their own.
constexpr std::string_view function = R"(_echolab_{name}() {{
{commands}  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}
  if [[ $word == = ]]; then word=''  # bash takes --color=never apart
  elif [[ $before == = ]]; then before=${{COMP_WORDS[COMP_CWORD - 2]}}
  fi
  COMPREPLY=()
  case $before in
{values}    *) {words} ;;
  esac
}}
)";
constexpr std::string_view dispatch = R"(  local each
  for each in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case $each in
{}    esac
  done
)";

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& letter : option.get_snames()) names.push_back("-" + letter);
  for (const std::string& word : option.get_lnames()) names.push_back("--" + word);
  return names;
}

std::string reply(std::string_view compgen) {
  return fmt::format("mapfile -t COMPREPLY < <(compgen {} -- \"$word\")", compgen);
}

/// How the value after the option is completed; nothing where it is not for a shell to know.
std::string completed_value(const CLI::Option& option) {
  if (const auto words = choices(option); !words.empty()) return reply(fmt::format("-W '{}'", fmt::join(words, " ")));
  const std::string value = placeholder(option);
  for (const Listed& kind : listed) {
    if (kind.placeholder == value)
      return (value == "FILE" ? "compopt -o filenames 2>/dev/null; " : "") + reply(kind.compgen);
  }
  return {};
}

std::string value_case(const CLI::Option& option) {
  if (placeholder(option).empty()) return {};  // a flag
  return fmt::format("    {}) {} ;;\n", fmt::join(names_of(option), " | "), completed_value(option));
}

std::string identifier(const CLI::App& app) {
  std::string name = full_name(app);
  std::ranges::replace(name, ' ', '_');
  return name;
}

std::string functions(const CLI::App& app) {
  std::string before, cases, values;
  std::vector<std::string> words;
  for (const CLI::App* command : commands(app)) {
    before += functions(*command);
    cases += fmt::format("      {}) _echolab_{}; return ;;\n", command->get_name(), identifier(*command));
    words.push_back(command->get_name());
  }
  for (const OptionGroup& group : option_groups(app, Language::en)) {
    for (const CLI::Option* option : group.options) {
      values += value_case(*option);
      for (std::string& name : names_of(*option)) words.push_back(std::move(name));
    }
  }
  return before + fmt::format(function, fmt::arg("name", identifier(app)), fmt::arg("values", values),
                              fmt::arg("commands", cases.empty() ? "" : fmt::format(dispatch, cases)),
                              fmt::arg("words", reply(fmt::format("-W '{}'", fmt::join(words, " ")))));
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
  return fmt::format("# bash completion for {0}, made from its --help.\n{1}complete -F _echolab_{0} {0}\n",
                     app.get_name(), functions(app));
}

}  // namespace echolab::cli
