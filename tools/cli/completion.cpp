#include "tools/cli/completion.hpp"

#include <fmt/format.h>
#include <net/if.h>

#include <algorithm>
#include <array>

#include "tools/cli/option_text.hpp"

namespace echolab::cli {
namespace {

/// What has been typed so far: the command, the option that waits for its value, and how many arguments came.
struct Typed {
  const CLI::App* command;
  const CLI::Option* waiting = nullptr;
  std::size_t arguments = 0;
};

/// The last word, which begins what is offered. "--color=al" is offered "--color=always".
struct Begun {
  std::string_view word, before;
};

/// What a shell can list itself, by the name that help gives the value.
struct Listed {
  std::string_view placeholder, line;
};
constexpr auto listed = std::to_array<Listed>(
    {{"FILE", ":files"}, {"FOLDER", ":files"}, {"USER", ":users"}, {"HOST", ":hosts"}, {"ADDRESS", ":hosts"}});

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& letter : option.get_snames()) names.push_back("-" + letter);
  for (const std::string& word : option.get_lnames()) names.push_back("--" + word);
  return names;
}

/// The option of that name; for "-nnvi" the one of the last letter. A command takes the options of the program, too.
const CLI::Option* find_option(const CLI::App& command, std::string_view word) {
  const bool bundle = word.size() > 2 && word[1] != '-';
  const std::string name = bundle ? std::string{'-', word.back()} : std::string(word);
  for (const CLI::App* level = &command; level != nullptr; level = level->get_parent())
    if (const CLI::Option* option = level->get_option_no_throw(name)) return option;
  return nullptr;
}

const CLI::App* find_command(const CLI::App& app, std::string_view word) {
  const auto all = commands(app);
  const auto found = std::ranges::find_if(all, [word](const CLI::App* it) { return it->get_name() == word; });
  return found == all.end() ? nullptr : *found;
}

void read(Typed& typed, std::string_view word) {
  if (word == "=") return;  // bash takes --color=never apart
  if (typed.waiting != nullptr) {
    typed.waiting = nullptr;
  } else if (word.starts_with('-')) {
    const CLI::Option* option = find_option(*typed.command, word);
    if (option != nullptr && !placeholder(*option).empty()) typed.waiting = option;
  } else if (const CLI::App* command = find_command(*typed.command, word)) {
    typed = {command};
  } else {
    ++typed.arguments;
  }
}

std::string line(const Begun& begun, std::string_view word, std::string_view meaning = {}) {
  if (!word.starts_with(begun.word)) return {};
  return fmt::format("{}{}{}{}\n", begun.before, word, meaning.empty() ? "" : "\t", meaning);
}

std::string interfaces(const Begun& begun) {
  std::string out = line(begun, "any");
  struct if_nameindex* all = ::if_nameindex();
  for (const auto* each = all; each != nullptr && each->if_index != 0; ++each) out += line(begun, each->if_name);
  ::if_freenameindex(all);
  return out;
}

std::string values(const CLI::Option& option, const Begun& begun, const WordsOf& words_of) {
  const std::string name = option.get_positional() ? option.get_name(true) : placeholder(option);
  std::string out;
  for (const std::string& word : choices(option)) out += line(begun, word);
  if (!out.empty()) return out;
  if (name == "INTERFACE") return interfaces(begun);
  const auto known = std::ranges::find(listed, name, &Listed::placeholder);
  if (known != listed.end()) return fmt::format("{}\n", known->line);
  if (words_of)
    for (const std::string& word : words_of(name)) out += line(begun, word);
  return out;
}

std::string options(const CLI::App& command, const Begun& begun) {
  std::string out;
  for (const CLI::App* level = &command; level != nullptr; level = level->get_parent())
    for (const OptionGroup& group : option_groups(*level, Language::en))
      for (const CLI::Option* option : group.options)
        for (const std::string& name : names_of(*option)) out += line(begun, name, option->get_description());
  return out;
}

std::string commands_or_argument(const Typed& typed, const Begun& begun, const WordsOf& words_of) {
  std::string out;
  for (const CLI::App* command : commands(*typed.command))
    out += line(begun, command->get_name(), command->get_description());
  const auto all = arguments(*typed.command);
  if (all.empty() || !out.empty()) return out;
  if (typed.arguments < all.size()) return values(*all[typed.arguments], begun, words_of);
  return all.back()->get_expected_max() > 1 ? values(*all.back(), begun, words_of) : out;
}

}  // namespace

std::string complete(const CLI::App& app, std::span<const char* const> words, const WordsOf& words_of) {
  if (words.empty()) return {};
  Typed typed{&app};
  for (const char* word : words.first(words.size() - 1)) read(typed, word);
  const std::string_view last = words.back();
  Begun begun{last == "=" ? "" : last, ""};
  if (const auto sign = last.find('='); last.starts_with("--") && sign != last.npos) {
    typed.waiting = find_option(*typed.command, last.substr(0, sign));
    begun = {last.substr(sign + 1), last.substr(0, sign + 1)};
  }
  if (typed.waiting != nullptr) return values(*typed.waiting, begun, words_of);
  if (last.starts_with('-')) return options(*typed.command, begun);
  return commands_or_argument(typed, begun, words_of);
}

}  // namespace echolab::cli
