#include "tools/cli/formatter.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "capture/render/width.hpp"
#include "tools/cli/option_text.hpp"
#include "tools/cli/words.hpp"

namespace echolab::cli {
namespace {

constexpr int indent = 2, gap = 2;
constexpr int widest_name = 30;  // a longer one gets a line of its own

std::string joined(const std::vector<std::string>& lines, int left) {
  return fmt::format("{}\n", fmt::join(lines, "\n" + capture::repeat(" ", left)));
}

/// "-p, --port N"; a name without a short form starts where the long ones do.
std::string option_name(const CLI::Option& option) {
  std::string name;
  for (const auto& letter : option.get_snames()) name += (name.empty() ? "-" : ", -") + letter;
  if (name.empty()) name = capture::repeat(" ", 4);
  for (const auto& word : option.get_lnames()) name += (name.back() == ' ' ? "--" : ", --") + word;
  const std::string value = placeholder(option);
  if (!value.empty()) name += " " + value;
  if (option.get_type_size() != 0 && option.get_expected_max() > 1 && option.get_allow_extra_args()) name += " ...";
  return name;
}

}  // namespace

std::string Formatter::usage(const CLI::App& app, const std::string& name) const {
  std::string line = fmt::format("{}: {} [{}]", words::usage.in(lang_), name.empty() ? app.get_name() : name,
                                 words::options_in_usage.in(lang_));
  for (const CLI::Option* option : arguments(app)) {
    const std::string shown = argument_name(*option);
    line += option->get_required() ? " " + shown : " [" + shown + "]";
  }
  const std::string command(words::command_in_usage.in(lang_));
  if (!commands(app).empty()) line += app.get_require_subcommand_min() > 0 ? " " + command : " [" + command + "]";
  return joined(capture::wrap(line, width_), indent * 2);
}

std::vector<Formatter::Section> Formatter::sections(const CLI::App& app) const {
  Section commands_here{std::string(words::commands.in(lang_)), {}};
  for (const CLI::App* command : commands(app))
    commands_here.rows.push_back({command->get_name(), command->get_description()});
  Section arguments_here{std::string(words::arguments.in(lang_)), {}};
  for (const CLI::Option* option : arguments(app))
    arguments_here.rows.push_back({argument_name(*option), description(*option, lang_)});
  std::vector<Section> all{std::move(commands_here), std::move(arguments_here)};
  for (OptionGroup& group : option_groups(app, lang_)) {
    Section& section = all.emplace_back();
    section.title = std::move(group.title);
    for (const CLI::Option* option : group.options)
      section.rows.push_back({option_name(*option), description(*option, lang_)});
  }
  return all;
}

std::string Formatter::draw(const Section& section, int column) const {
  if (section.rows.empty()) return {};
  std::string out = fmt::format("\n{}:\n", section.title);
  for (const Row& row : section.rows) {
    std::string left = capture::repeat(" ", indent) + row.name;
    if (capture::columns(left) + gap > column) {
      out += left + "\n";
      left.clear();
    }
    out += capture::pad_right(left, column) + joined(capture::wrap(row.description, width_ - column), column);
  }
  return out;
}

std::string Formatter::make_help(const CLI::App* app, std::string name, CLI::AppFormatMode) const {
  const auto all = sections(*app);
  int column = 0;  // where descriptions begin
  for (const Section& section : all) {
    for (const Row& row : section.rows) {
      if (const int name_columns = capture::columns(row.name); name_columns <= widest_name)
        column = std::max(column, indent + name_columns + gap);
    }
  }
  std::string out = joined(capture::wrap(app->get_description(), width_), 0) + "\n" + usage(*app, name);
  for (const Section& section : all) out += draw(section, column);
  if (!app->get_footer().empty()) out += "\n" + app->get_footer() + "\n";
  return out;
}

}  // namespace echolab::cli
