#include "tools/cli/usage_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>

#include "capture/render/escape.hpp"
#include "tools/cli/option_text.hpp"
#include "tools/cli/words.hpp"

namespace echolab::cli {
namespace {

template <class... Args>
std::string say(Text text, Language lang, const Args&... args) {
  return fmt::format(fmt::runtime(text.in(lang)), args...);
}

/// How many letters must be put in, taken out or exchanged to turn one word into the other.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t exchanged = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({exchanged, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

/// The long option that was most likely meant, "" if none is close.
std::string closest_option(const CLI::App& app, std::string_view given) {
  std::string best;
  std::size_t least = 3;  // two slips are a typing error, three are another word
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      const std::size_t distance = edit_distance("--" + name, given);
      if (distance >= least) continue;
      least = distance;
      best = "--" + name;
    }
  }
  return best;
}

/// A word that is a port, or the rest of a message whose quotes were forgotten.
std::string what_was_meant(const CLI::App& app, const std::string& word, Language lang) {
  const bool number = !word.empty() && std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c); });
  if (number && app.get_option_no_throw("--port") != nullptr) return say(words::a_port, lang, word);
  const CLI::Option* message = app.get_option_no_throw("--message");
  return message != nullptr && message->count() > 0 ? std::string(words::quote_message.in(lang)) : std::string();
}

std::string unexpected(const CLI::App& app, Language lang) {
  const auto extras = app.remaining(true);
  const std::string first = extras.empty() ? "" : extras.front();
  if (first.size() < 2 || first[0] != '-')
    return say(words::unexpected, lang, capture::printable(first)) + what_was_meant(app, first, lang);
  const std::string name = first.substr(0, first.find('='));
  std::string text = say(words::unknown_option, lang, capture::printable(name));
  if (const std::string meant = closest_option(app, name); !meant.empty())
    text += say(words::did_you_mean, lang, meant);
  return text;
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

std::string bad_value(const CLI::Option& option, std::string_view message, Language lang) {
  const std::string name = option.get_name();
  if (allowed(option, lang).empty()) return capture::printable(message);  // a validator of our own, in our own words
  // CLI11 checks the values in their order: the bad one is named in the message.
  std::string value;
  for (const std::string& given : option.results()) {
    if (value.empty() || message.find(given) != message.npos) value = given;
  }
  return with_allowed(say(words::bad_value, lang, name, capture::printable(value)), option, lang);
}

/// "A requires B", "A excludes B": the other option's name is the last word.
std::string_view last_word(std::string_view message) { return message.substr(message.rfind(' ') + 1); }
std::string_view first_word(std::string_view message) { return message.substr(0, message.find(' ')); }

template <class Kind>
bool is(const CLI::ParseError& error) {
  return dynamic_cast<const Kind*>(&error) != nullptr;
}

std::string reason(const CLI::App& app, const CLI::ParseError& error, Language lang) {
  const std::string message = error.what();
  if (is<CLI::ExtrasError>(error)) return unexpected(app, lang);
  if (is<CLI::RequiresError>(error)) return say(words::needs_other, lang, first_word(message), last_word(message));
  if (is<CLI::ExcludesError>(error)) return say(words::excludes, lang, first_word(message), last_word(message));
  const CLI::Option* option = find_option(app, message);
  if (!option) return is<CLI::RequiredError>(error) ? say(words::a_command, lang) : capture::printable(message);
  if (is<CLI::RequiredError>(error)) return say(words::is_required, lang, option->get_name());
  if (is<CLI::ArgumentMismatch>(error)) {
    const bool too_many = message.find("At Most") != message.npos;
    if (too_many) return say(words::only_once, lang, option->get_name());
    return with_allowed(say(words::needs_value, lang, option->get_name()), *option, lang);
  }
  return bad_value(*option, message, lang);
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
