#include "tools/cli/man_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "tools/cli/option_text.hpp"
#include "tools/cli/words.hpp"

namespace echolab::cli {
namespace {

/// groff prints some ASCII characters as finer ones, which cannot be pasted into a shell: each is asked for by name. A
/// line that begins with a point or an apostrophe would be a request.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool line_begins = out.empty() || out.back() == '\n';
    switch (c) {
      case '\\': out += "\\(rs"; break;
      case '-': out += "\\-"; break;
      case '\'': out += "\\(aq"; break;
      case '`': out += "\\(ga"; break;
      case '^': out += "\\(ha"; break;
      case '~': out += "\\(ti"; break;
      case '.': out += line_begins ? "\\&." : "."; break;
      default: out += c;
    }
  }
  return out;
}

/// "echolab-lab" for `echolab lab`, as man finds it.
std::string page_name(const CLI::App& app) {
  std::string name = app.get_name();
  std::ranges::replace(name, ' ', '-');
  return escaped(name);
}

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", escaped(text)); }
std::string italic(std::string_view text) { return fmt::format("\\fI{}\\fR", escaped(text)); }

std::string heading(Text title, Language lang) { return fmt::format(".SH \"{}\"\n", title.in(lang)); }

/// The description's first sentence as whatis(1) lists it: no capital, no full stop.
std::string in_one_line(std::string_view description) {
  description = description.substr(0, description.find('\n'));
  description = description.substr(0, description.find(". "));
  if (description.ends_with('.')) description.remove_suffix(1);
  std::string line(description);
  const auto is_lower = [&](std::size_t i) {
    return i < line.size() && std::islower(static_cast<unsigned char>(line[i]));
  };
  if (is_lower(1)) line[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(line[0])));
  return line;
}

/// "-p, --port N" with names and value in their types.
std::string tag(const CLI::Option& option) {
  if (option.get_positional()) return italic(argument_name(option));
  std::string names;
  const auto add = [&](const std::string& name) { names += (names.empty() ? "" : ", ") + bold(name); };
  for (const std::string& letter : option.get_snames()) add("-" + letter);
  for (const std::string& word : option.get_lnames()) add("--" + word);
  if (const std::string value = placeholder(option); !value.empty()) names += " " + italic(value);
  return names;
}

std::string entry(const std::string& tag, std::string_view text) {
  return fmt::format(".TP\n{}\n{}\n", tag, escaped(text));
}

std::string synopsis(const CLI::App& app, Language lang) {
  std::string line = fmt::format("{} [{}]", bold(full_name(app)), italic(words::options_in_usage.in(lang)));
  for (const CLI::Option* option : arguments(app)) {
    const std::string name = italic(argument_name(*option));
    line += option->get_required() ? " " + name : " [" + name + "]";
  }
  if (!commands(app).empty()) line += " " + italic(words::command_in_usage.in(lang));
  return line + "\n";
}

std::string entries(const CLI::App& app, Language lang) {
  std::string out;
  for (const CLI::Option* option : arguments(app)) out += entry(tag(*option), description(*option, lang));
  for (const OptionGroup& group : option_groups(app, lang)) {
    if (group.title == words::common.in(lang)) out += fmt::format(".SS \"{}\"\n", group.title);
    for (const CLI::Option* option : group.options) out += entry(tag(*option), description(*option, lang));
  }
  return out;
}

std::string environment(Language lang) {
  return heading(words::environment_section, lang) + entry(bold("ECHOLAB_LANG"), words::echolab_lang.in(lang)) +
         entry(bold("NO_COLOR") + ", " + bold("FORCE_COLOR"), words::color_variables.in(lang));
}

}  // namespace

std::string man_page(const CLI::App& app, Language lang) {
  // No hyphens and no wide spaces: they hide what can be copied.
  std::string out = fmt::format(".TH \"{}\" 1 \"\" \"echolab {}\"\n.nh\n.ad l\n", page_name(app), ECHOLAB_VERSION);
  out += heading(words::name_section, lang) +
         fmt::format("{} \\- {}\n", page_name(app), escaped(in_one_line(app.get_description())));
  out += heading(words::synopsis_section, lang) + synopsis(app, lang);
  out += heading(words::description_section, lang) + escaped(app.get_description()) + "\n";
  out += heading(words::options_section, lang) + entries(app, lang);
  if (const auto all = commands(app); !all.empty()) {
    out += heading(words::commands_section, lang);
    for (const CLI::App* command : all)
      out += fmt::format(".SS \"{}\"\n{}\n.PP\n{}{}", escaped(full_name(*command)), escaped(command->get_description()),
                         synopsis(*command, lang), entries(*command, lang));
  }
  out += environment(lang);
  // The footer is laid out by hand: its lines stay as they are.
  if (!app.get_footer().empty())
    out += heading(words::notes_section, lang) + fmt::format(".nf\n{}\n.fi\n", escaped(app.get_footer()));
  return out;
}

}  // namespace echolab::cli
