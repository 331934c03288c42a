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

std::string positional_name(const CLI::Option& option) {
  const bool many = option.get_expected_max() > 1;
  return option.get_name(true) + (many ? "..." : "");
}

/// "-p, --port N"; a name without a short form starts where the long ones do.
std::string option_name(const CLI::Option& option) {
  std::string name;
  for (const auto& letter : option.get_snames()) name += (name.empty() ? "-" : ", -") + letter;
  if (name.empty()) name = capture::repeat(" ", 4);
  for (const auto& word : option.get_lnames()) name += (name.back() == ' ' ? "--" : ", --") + word;
  const std::string value = placeholder(option);
  if (!value.empty()) name += " " + value;
  if (option.get_type_size() != 0 && option.get_expected_max() > 1) name += " ...";
  return name;
}

}  // namespace

Formatter::Row Formatter::row(const CLI::Option& option) const {
  std::string remark;
  if (option.get_required()) remark = words::required.in(lang_);
  if (option.get_type_size() != 0 && !option.get_default_str().empty())
    remark = fmt::format("{}{}", words::by_default.in(lang_), option.get_default_str());
  std::string description = option.get_description();
  if (!remark.empty()) description += fmt::format(" ({})", remark);
  return {option.get_positional() ? positional_name(option) : option_name(option), std::move(description)};
}

std::string Formatter::usage(const CLI::App& app, const std::string& name) const {
  std::string line = fmt::format("{}: {} [{}]", words::usage.in(lang_), name.empty() ? app.get_name() : name,
                                 words::options_in_usage.in(lang_));
  for (const CLI::Option* option : app.get_options([](const CLI::Option* o) { return o->get_positional(); })) {
    const std::string shown = positional_name(*option);
    line += option->get_required() ? " " + shown : " [" + shown + "]";
  }
  if (!app.get_subcommands([](const CLI::App*) { return true; }).empty())
    line += fmt::format(" {}", words::command_in_usage.in(lang_));
  return joined(capture::wrap(line, width_), indent * 2);
}

std::string Formatter::section(std::string_view title, const std::vector<Row>& rows, int column) const {
  if (rows.empty()) return {};
  std::string out = fmt::format("\n{}:\n", title);
  for (const Row& row : rows) {
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
  std::vector<Row> arguments, commands;
  std::vector<std::pair<std::string, std::vector<Row>>> groups;
  int column = 0;
  const auto add = [&column](std::vector<Row>& rows, Row row) {
    const int needed = indent + capture::columns(row.name) + gap;
    if (needed <= indent + widest_name + gap) column = std::max(column, needed);
    rows.push_back(std::move(row));
  };
  for (const std::string& group : app->get_groups()) groups.emplace_back(group, std::vector<Row>{});
  // The options that every program has come last, though they were made first.
  std::stable_partition(groups.begin(), groups.end(),
                        [this](const auto& group) { return group.first != words::common.in(lang_); });
  for (const CLI::Option* option : app->get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    if (option->get_positional()) {
      add(arguments, row(*option));
      continue;
    }
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const auto& known) { return known.first == option->get_group(); });
    add(group->second, row(*option));
  }
  for (const CLI::App* command : app->get_subcommands([](const CLI::App* a) { return !a->get_group().empty(); }))
    add(commands, {command->get_name(), command->get_description()});

  std::string out = joined(capture::wrap(app->get_description(), width_), 0) + "\n" + usage(*app, name);
  out += section(words::commands.in(lang_), commands, column);
  out += section(words::arguments.in(lang_), arguments, column);
  for (const auto& [title, rows] : groups)
    out += section(title == "Options" ? words::options.in(lang_) : title, rows, column);
  if (!app->get_footer().empty()) out += "\n" + app->get_footer() + "\n";
  return out;
}

}  // namespace echolab::cli
