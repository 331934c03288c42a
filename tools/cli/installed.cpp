#include "tools/cli/installed.hpp"

#include "tools/cli/cli.hpp"

namespace echolab::cli {
namespace {

constexpr std::string_view toolkit = "echolab";

/// What of the columns between a command and its remark the longer name takes.
void take_back_columns(std::string& text, std::size_t from, std::size_t columns) {
  const auto end = text.find('\n', from);
  const auto gap = text.find(std::string(columns + 2, ' '), from);
  if (gap < end) text.erase(gap, columns);
}

/// A command in a footer begins its line, or stands behind a colon or a bracket: "  lab list", "(lab doctor".
bool begins_command(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  return before.ends_with("\n  ") || before.ends_with(": ") || before.ends_with("(");
}

std::string as_installed(std::string text, const std::string& name) {
  const std::string longer = std::string(toolkit) + " ";
  for (std::size_t at = 0; (at = text.find(name + " ", at)) != text.npos; at += name.size()) {
    if (!begins_command(text, at)) continue;
    text.insert(at, longer);
    at += longer.size();
    take_back_columns(text, at, longer.size());
  }
  constexpr std::string_view folder = "tools/";
  for (std::size_t at = 0; (at = text.find(folder, at)) != text.npos;) text.replace(at, folder.size(), longer);
  return text;
}

}  // namespace

bool is_installed_name(std::string_view started) {
  const auto space = started.rfind(' ');
  return space != started.npos && started.substr(0, space).ends_with(toolkit);
}

std::string beside(const std::string& started, std::string_view name) {
  const auto end = started.rfind(is_installed_name(started) ? ' ' : '/');
  return started.substr(0, end == started.npos ? 0 : end + 1).append(name);
}

void call_as_installed(CLI::App& app) {
  const std::string name = app.get_name();
  if (name == toolkit || is_installed_name(name)) return;
  app.name(std::string(toolkit) + " " + name);
  app.footer(as_installed(app.get_footer(), name));
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    command->footer(as_installed(command->get_footer(), name));
}

}  // namespace echolab::cli
