#include "tools/cli/usage_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <span>
#include <string>
#include <vector>

#include "capture/render/escape.hpp"
#include "tools/cli/near_miss.hpp"
#include "tools/cli/option_text.hpp"
#include "tools/cli/words.hpp"

namespace echolab::cli {
namespace {

template <class... Args>
std::string say(Text text, Language lang, const Args&... args) {
  return fmt::format(fmt::runtime(text.in(lang)), args...);
}

/// "; did you mean ...?", or nothing.
std::string suggestion(std::string_view given, std::span<const std::string> names, Language lang) {
  const std::string meant = near_miss(given, names);
  return meant.empty() ? meant : say(words::did_you_mean, lang, meant);
}

std::vector<std::string> long_options(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : commands(app)) names.push_back(command->get_name());
  return names;
}

/// What no option and no argument took; a command leaves it to the program above it, where words may stand in any
/// order.
std::string first_left_over(const CLI::App& app) {
  const CLI::App* outermost = &app;
  while (outermost->get_parent() != nullptr) outermost = outermost->get_parent();
  const auto words = outermost->remaining(true);
  return words.empty() ? "" : words.front();
}

/// A word that is a port, or the rest of a message whose quotes were forgotten.
std::string what_was_meant(const CLI::App& app, const std::string& word, Language lang) {
  const bool number = !word.empty() && std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c); });
  if (number && app.get_option_no_throw("--port") != nullptr) return say(words::a_port, lang, word);
  const CLI::Option* message = app.get_option_no_throw("--message");
  return message != nullptr && message->count() > 0 ? std::string(words::quote_message.in(lang)) : std::string();
}

std::string unexpected(const CLI::App& app, Language lang) {
  const std::string first = first_left_over(app);
  if (first.size() < 2 || first[0] != '-')
    return say(words::unexpected, lang, capture::printable(first)) + what_was_meant(app, first, lang);
  const std::string name = first.substr(0, first.find('='));
  return say(words::unknown_option, lang, capture::printable(name)) + suggestion(name, long_options(app), lang);
}

/// A command is missing, or was mistyped.
std::string no_command(const CLI::App& app, Language lang) {
  const std::string given = first_left_over(app);
  const auto names = command_names(app);
  const std::string meant = suggestion(given, names, lang);
  std::string text =
      given.empty() ? say(words::a_command, lang) : say(words::unknown_command, lang, capture::printable(given));
  return text + (meant.empty() ? say(words::allowed, lang, fmt::format("{}", fmt::join(names, ", "))) : meant);
}

/// CLI11 tells which option only inside its message: "--port: ...", "Could not convert: --port = x", "--port is
/// required". The longest name that occurs is the one.
const CLI::Option* find_option(const CLI::App& app, std::string_view message) {
  const CLI::Option* found = nullptr;
  for (const CLI::Option* option : app.get_options()) {
    const std::string name = option->get_name();
    const bool named = message.starts_with(name + ":") || message.starts_with(name + " ") ||
                       message.find(": " + name + " = ") != message.npos;
    if (named && (!found || name.size() > found->get_name().size())) found = option;
  }
  return found;
}

std::string with_allowed(std::string text, const CLI::Option& option, Language lang) {
  const std::string values = allowed(option, lang);
  return values.empty() ? text : text + say(words::allowed, lang, values);
}

template <class Kind>
bool is(const CLI::ParseError& error) {
  return dynamic_cast<const Kind*>(&error) != nullptr;
}

std::string bad_value(const CLI::Option& option, const CLI::ParseError& error, Language lang) {
  const std::string name = option.get_name(), message = error.what();
  // Only numbers are converted; anything else without a list of values has a validator of our own, in our own words.
  const bool unread = is<CLI::ConversionError>(error);
  const std::string values = allowed(option, lang);
  if (values.empty() && !unread) return capture::printable(message);
  // CLI11 checks the values in their order: the bad one is named in the message.
  std::string value;
  for (const std::string& given : option.results()) {
    if (value.empty() || message.find(given) != message.npos) value = given;
  }
  const std::string text = say(words::bad_value, lang, name, capture::printable(value));
  const std::string meant = suggestion(value, choices(option), lang);
  if (!meant.empty()) return text + meant;
  return text + say(words::allowed, lang, values.empty() ? words::any_number.in(lang) : std::string_view(values));
}

/// "A requires B", "A excludes B": the other option's name is the last word.
std::string_view last_word(std::string_view message) { return message.substr(message.rfind(' ') + 1); }
std::string_view first_word(std::string_view message) { return message.substr(0, message.find(' ')); }

std::string reason(const CLI::App& app, const CLI::ParseError& error, Language lang) {
  const std::string message = error.what();
  // The value of a mistyped option is taken for an argument, and complained of first.
  const bool mistyped_option = first_left_over(app).starts_with("--");
  if (is<CLI::ExtrasError>(error) || mistyped_option) return unexpected(app, lang);
  if (is<CLI::RequiresError>(error)) return say(words::needs_other, lang, first_word(message), last_word(message));
  if (is<CLI::ExcludesError>(error)) return say(words::excludes, lang, first_word(message), last_word(message));
  const CLI::Option* option = find_option(app, message);
  if (!option) return is<CLI::RequiredError>(error) ? no_command(app, lang) : capture::printable(message);
  if (is<CLI::RequiredError>(error)) return say(words::is_required, lang, option->get_name());
  if (is<CLI::ArgumentMismatch>(error)) {
    const bool too_many = message.find("At Most") != message.npos;
    if (too_many) return say(words::only_once, lang, option->get_name());
    return with_allowed(say(words::needs_value, lang, option->get_name()), *option, lang);
  }
  return bad_value(*option, error, lang);
}

/// The command whose line was wrong: `compare state`, else the app itself.
const CLI::App& innermost(const CLI::App& app) {
  const auto used = app.get_subcommands();
  return used.empty() ? app : innermost(*used.back());
}

}  // namespace

std::string usage_error(const CLI::App& app, const CLI::ParseError& error, Language lang) {
  const CLI::App& wrong = innermost(app);
  return reason(wrong, error, lang) + say(words::see_help, lang, full_name(wrong));
}

}  // namespace echolab::cli
