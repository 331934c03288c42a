#include "tools/cli/cli.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "tools/cli/completion.hpp"
#include "tools/cli/formatter.hpp"
#include "tools/cli/installed.hpp"
#include "tools/cli/man_page.hpp"
#include "tools/cli/usage_error.hpp"
#include "tools/cli/words.hpp"

namespace echolab::cli {
namespace {

constexpr int page_width = 80;  // wider lines are hard to read; a narrower terminal gets narrower help

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::optional<Language> parse_lang(std::string_view word) {
  if (word == "ko") return Language::ko;
  if (word == "en") return Language::en;
  return std::nullopt;
}

/// The last --lang of the command line, before CLI11 has checked it.
std::optional<Language> lang_in(int argc, const char* const* argv) {
  std::optional<Language> found;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    std::optional<Language> lang;
    if (word.starts_with("--lang=")) lang = parse_lang(word.substr(7));
    if (word == "--lang" && i + 1 < argc) lang = parse_lang(argv[i + 1]);
    if (lang) found = lang;
  }
  return found;
}

void add_common_options(CLI::App& app, Language lang, Common& common) {
  const std::string group(words::common.in(lang));
  app.set_help_flag("-h,--help", std::string(words::help.in(lang)))->group(group);
  const std::string_view of = app.get_name() == "echolab" ? "" : " (echolab)";
  app.set_version_flag("--version", fmt::format("{}{} {}", app.get_name(), of, ECHOLAB_VERSION),
                       std::string(words::version.in(lang)))
      ->group(group);
  app.add_option("--lang", common.lang, std::string(words::lang.in(lang)))
      ->transform(CLI::CheckedTransformer(
          std::vector<std::pair<std::string, Language>>{{"ko", Language::ko}, {"en", Language::en}}))
      ->group(group);
  app.add_option("--color", common.color, std::string(words::color.in(lang)))
      ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, Color>>{
          {"auto", Color::automatic}, {"always", Color::always}, {"never", Color::never}}))
      ->default_str("auto")
      ->group(group);
  app.add_flag("--ascii", common.ascii, std::string(words::ascii.in(lang)))->group(group);
}

/// What others than people ask for: the build a man page, a shell the words that may follow. Only as the first word:
/// further on it may be a message to send.
std::optional<std::string> page(CLI::App& app, int argc, const char* const* argv, Language lang,
                                const WordsOf& words_of) {
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first == "--complete") return complete(app, {argv + 2, argv + argc}, words_of);
  if (first != "--help=man") return std::nullopt;
  call_as_installed(app);
  return man_page(app, lang);
}

}  // namespace

Language language(int argc, const char* const* argv) {
  if (const auto lang = lang_in(argc, argv)) return *lang;
  if (const auto lang = parse_lang(environment("ECHOLAB_LANG"))) return *lang;
  // POSIX: the first of the three that is not empty decides.
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string_view locale = environment(name);
    if (!locale.empty()) return locale.starts_with("ko") ? Language::ko : Language::en;
  }
  return Language::en;
}

std::unique_ptr<CLI::App> make_app(std::string name, Text description, Language lang, Common& common) {
  common.lang = lang;
  auto app = std::make_unique<CLI::App>(std::string(description.in(lang)), std::move(name));
  app->formatter(std::make_shared<Formatter>(lang, std::clamp(terminal_columns(1, page_width), 40, page_width)));
  add_common_options(*app, lang, common);
  return app;
}

void add_verbosity(CLI::App& app, Verbosity& verbosity, Language lang) {
  const auto set = [&verbosity](Verbosity to) { return [&verbosity, to](std::int64_t) { verbosity = to; }; };
  auto* quiet = app.add_flag_function("-q,--quiet", set(Verbosity::quiet), std::string(words::quiet.in(lang)));
  app.add_flag_function("-v,--verbose", set(Verbosity::verbose), std::string(words::verbose.in(lang)))->excludes(quiet);
}

void add_footer(CLI::App& app, Text footer, Language lang) { app.footer(std::string(footer.in(lang))); }

std::optional<Exit> parse(CLI::App& app, int argc, const char* const* argv, Language lang, const WordsOf& words_of) {
  if (is_installed_name(as_started(app.get_name(), argc, argv))) call_as_installed(app);
  if (const auto wanted = page(app, argc, argv, lang, words_of)) {
    fmt::print("{}", *wanted);
    return Exit::done;
  }
  try {
    app.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::Success& wanted) {  // help, version
    if (dynamic_cast<const CLI::CallForVersion*>(&wanted)) {
      fmt::print("{}\n", wanted.what());
    } else {
      fmt::print("{}", app.help());
    }
    return Exit::done;
  } catch (const CLI::ParseError& wrong) {
    error(app.get_name(), usage_error(app, wrong, lang), lang);
    return Exit::usage;
  }
}

}  // namespace echolab::cli
