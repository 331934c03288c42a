#include "tools/cli/option_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tools/cli/words.hpp"

namespace echolab::cli {
namespace {

/// What stands between `open` and `close` in `text`, or nothing.
std::string_view between(std::string_view text, std::string_view open, std::string_view close) {
  const auto begin = text.find(open);
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin + open.size());
  const auto end = text.find(close);
  return end == std::string_view::npos ? std::string_view{} : text.substr(0, end);
}

/// CLI11's names of types: "INT", "UINT:POSITIVE", "FLOAT in [0 - 1]". A name of our own may begin alike: INTERFACE.
bool is_number(std::string_view type) {
  const std::string_view word = type.substr(0, type.find_first_of(" :"));
  return word == "INT" || word == "UINT" || word == "FLOAT";
}

}  // namespace

// CLI11 describes a set as "TEXT:{a,b}" and a map as "ENUM:value in {a->0,b->1} OR {0,1}".
std::vector<std::string> choices(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  std::vector<std::string> words;
  std::string_view rest = between(type, "{", "}");
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(','));
    words.emplace_back(word.substr(0, word.find("->")));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  }
  return words;
}

std::string placeholder(const CLI::Option& option) {
  if (option.get_type_size() == 0) return {};
  if (!option.get_option_text().empty()) return option.get_option_text();
  if (const auto words = choices(option); !words.empty()) return fmt::format("{}", fmt::join(words, "|"));
  const std::string type = option.get_type_name();
  if (is_number(type)) return "N";
  return type.substr(0, type.find(':'));
}

std::string allowed(const CLI::Option& option, Language lang) {
  if (const auto words = choices(option); !words.empty()) return fmt::format("{}", fmt::join(words, ", "));
  const std::string type = option.get_type_name();
  const std::string_view kind = (type.find("FLOAT") == type.npos ? words::whole_number : words::any_number).in(lang);
  if (const auto bounds = between(type, " in [", "]"); !bounds.empty()) {  // "INT in [0 - 65535]"
    const auto dash = bounds.find(" - ");
    return fmt::format(fmt::runtime(words::range.in(lang)), kind, bounds.substr(0, dash), bounds.substr(dash + 3));
  }
  if (type.find("NONNEGATIVE") != type.npos) return std::string(words::zero_or_more.in(lang));
  if (type.find("POSITIVE") != type.npos) return std::string(words::above_zero.in(lang));
  return is_number(type) ? std::string(kind) : std::string{};
}

std::string description(const CLI::Option& option, Language lang) {
  std::string remark;
  if (option.get_required()) remark = words::required.in(lang);
  if (option.get_type_size() != 0 && !option.get_default_str().empty())
    remark = fmt::format("{}{}", words::by_default.in(lang), option.get_default_str());
  const std::string text = option.get_description();
  return remark.empty() ? text : fmt::format("{} ({})", text, remark);
}

std::string argument_name(const CLI::Option& option) {
  return option.get_name(true) + (option.get_expected_max() > 1 ? "..." : "");
}

std::string full_name(const CLI::App& app) {
  return app.get_parent() ? full_name(*app.get_parent()) + " " + app.get_name() : app.get_name();
}

std::vector<const CLI::Option*> arguments(const CLI::App& app) {
  return app.get_options([](const CLI::Option* o) { return o->get_positional() && !o->get_group().empty(); });
}

std::vector<OptionGroup> option_groups(const CLI::App& app, Language lang) {
  std::vector<OptionGroup> groups;
  for (const std::string& name : app.get_groups()) {
    const auto belongs = [&](const CLI::Option* o) { return !o->get_positional() && o->get_group() == name; };
    auto options = app.get_options(belongs);
    if (name.empty() || options.empty()) continue;  // a group without a name is hidden
    groups.push_back({name == "Options" ? std::string(words::options.in(lang)) : name, std::move(options)});
  }
  std::stable_partition(groups.begin(), groups.end(),
                        [lang](const OptionGroup& group) { return group.title != words::common.in(lang); });
  return groups;
}

std::vector<const CLI::App*> commands(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* command) { return !command->get_group().empty(); });
}

}  // namespace echolab::cli
