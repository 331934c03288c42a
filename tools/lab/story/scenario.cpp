#include "tools/lab/story/scenario.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <iterator>

#include "tools/cli/near_miss.hpp"
#include "tools/lab/story/toml_depth.hpp"

namespace echolab::lab {
namespace {

/// What ends the reading: where, and what is wrong.
struct Wrong {
  int line;
  std::string en, ko;
};

constexpr std::size_t largest_file = 65536;  // bytes: ours have two thousand
constexpr int deepest = 64;

/// What the parser is not to be given.
void expect_bounds(std::string_view toml) {
  if (toml.size() > largest_file)
    throw Wrong{0, "it is larger than 64 KiB, and no scenario is: is it another file?",
                "64KiB보다 큽니다. 시나리오 파일이 맞는지 확인하세요"};
  if (const auto line = too_deep_line(toml, deepest))
    throw Wrong{*line, fmt::format("nested too deep: a scenario has two levels, and {} at most are read", deepest),
                fmt::format("중첩이 너무 깊습니다. 시나리오는 두 단계면 되고, {}단계까지만 읽습니다", deepest)};
}

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

/// Reads the tables of one file. A key that nobody asked for is an error: it is misspelt, or misunderstood.
class Reader {
 public:
  explicit Reader(Scenario& scenario) : scenario_(scenario) {}

  void read(const toml::table& file) {
    allow(file, {"title", "question", "answer", "ipv6", "rules", "program", "check"});
    scenario_.title = words(need(file, "title"), "title");
    if (const auto* node = file.get("question")) scenario_.question = words(*node, "question");
    if (const auto* node = file.get("answer")) scenario_.answer = words(*node, "answer");
    if (const auto* node = file.get("ipv6")) scenario_.ipv6 = as<bool>(*node, "ipv6", "true, false");
    for_each_text(file, "rules", [this](const std::string& text, int line) { rule(text, line); });
    for_each_table(file, "program", [this](const toml::table& table) { program(table); });
    for_each_table(file, "check", [this](const toml::table& table) { check(table); });
    // The programs' exit statuses are the last promises: a run that went wrong earlier says so first.
    std::move(exits_.begin(), exits_.end(), std::back_inserter(scenario_.checks));
    if (scenario_.programs.empty())
      throw Wrong{0, "no [[program]]: nothing runs on either host",
                  "[[program]]이 없습니다. 호스트에서 실행할 것이 없습니다"};
  }

 private:
  static void allow(const toml::table& table, std::initializer_list<std::string_view> keys) {
    for (const auto& [key, node] : table) {
      if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
      const std::vector<std::string> names(keys.begin(), keys.end());
      const auto known = fmt::format("{}", fmt::join(names, ", "));
      const std::string meant = cli::near_miss(key.str(), names);
      throw Wrong{static_cast<int>(key.source().begin.line),
                  fmt::format("there is no key \"{}\" here{}", key.str(),
                              meant.empty() ? ". There are: " + known : "; did you mean " + meant + "?"),
                  fmt::format("여기에는 \"{}\"(이)라는 키가 없습니다. {}", key.str(),
                              meant.empty() ? "쓸 수 있는 키: " + known : "혹시 " + meant + "?")};
    }
  }

  static const toml::node& need(const toml::table& table, std::string_view key) {
    if (const auto* node = table.get(key)) return *node;
    throw Wrong{line_of(table), fmt::format("\"{}\" is missing", key), fmt::format("\"{}\" 항목이 없습니다", key)};
  }

  static Wrong wrong_type(const toml::node& node, std::string_view key, std::string_view example) {
    return {line_of(node), fmt::format("\"{}\" cannot be that. For example: {}", key, example),
            fmt::format("\"{}\"에는 그런 값을 쓸 수 없습니다. 예: {}", key, example)};
  }

  template <typename Value>
  static Value as(const toml::node& node, std::string_view key, std::string_view example) {
    if (const auto value = node.value_exact<Value>()) return *value;
    throw wrong_type(node, key, example);
  }

  static OwnedText words(const toml::node& node, std::string_view key) {
    constexpr std::string_view example = R"({ en = "...", ko = "..." })";
    if (const auto* text = node.as_string()) return {text->get(), text->get()};
    const auto* both = node.as_table();
    if (both == nullptr) throw wrong_type(node, key, example);
    allow(*both, {"en", "ko"});
    return {as<std::string>(need(*both, "en"), "en", R"("...")"), as<std::string>(need(*both, "ko"), "ko", R"("...")")};
  }

  template <typename Each>
  static void for_each_text(const toml::table& table, std::string_view key, Each each) {
    const auto* node = table.get(key);
    if (node == nullptr) return;
    const auto* list = node->as_array();
    if (list == nullptr) throw wrong_type(*node, key, R"(["...", "..."])");
    for (const auto& one : *list) each(as<std::string>(one, key, R"(["...", "..."])"), line_of(one));
  }

  template <typename Each>
  static void for_each_table(const toml::table& table, std::string_view key, Each each) {
    const auto* node = table.get(key);
    if (node == nullptr) return;
    const auto* list = node->as_array();
    if (list == nullptr || !list->is_homogeneous(toml::node_type::table))
      throw wrong_type(*node, key, fmt::format("[[{}]]", key));
    for (const auto& one : *list) each(*one.as_table());
  }

  void rule(const std::string& text, int line) {
    if (const auto error = add_rule(text, scenario_.rules, scenario_.model))
      throw Wrong{line, sentence(*error, Language::en), sentence(*error, Language::ko)};
  }

  void program(const toml::table& table) {
    allow(table, {"host", "run", "ready", "ends", "end_with"});
    Program program;
    const auto& host = need(table, "host");
    const auto named = parse_host(as<std::string>(host, "host", R"("client", "server")"));
    if (!named) throw wrong_type(host, "host", R"("client", "server")");
    program.host = *named;
    const auto& run = need(table, "run");
    for_each_text(table, "run", [&](const std::string& word, int) { program.words.push_back(word); });
    if (program.words.empty() || program.words.front().empty())
      throw wrong_type(run, "run", R"(["tcp_client", "{server}"])");
    if (const auto* node = table.get("ready")) program.ready = as<std::string>(*node, "ready", R"("listening")");
    if (const auto* node = table.get("ends")) ends(*node, program);
    if (const auto* node = table.get("end_with")) {
      program.end_with = as<std::string>(*node, "end_with", R"("INT", "TERM", "KILL")");
      if (program.end_with != "INT" && program.end_with != "TERM" && program.end_with != "KILL")
        throw wrong_type(*node, "end_with", R"("INT", "TERM", "KILL")");
      program.ends = false;
    }
    scenario_.programs.push_back(std::move(program));
  }

  /// A status that is promised is a check like the others.
  void ends(const toml::node& node, Program& program) {
    if (const auto by_itself = node.value_exact<bool>()) {
      program.ends = *by_itself;
      return;
    }
    const auto status = as<std::int64_t>(node, "ends", "0, true, false");
    if (status < 0 || status > 255) throw wrong_type(node, "ends", "0, true, false");
    const auto name = std::filesystem::path(program.words.front()).filename().string();
    exits_.push_back(
        {.text = {fmt::format("{} ends with status {}", name, status), fmt::format("{}: 종료 상태 {}", name, status)},
         .order = {Ended{program.host, static_cast<int>(status), name}},
         .never = {}});
  }

  void check(const toml::table& table) {
    allow(table, {"text", "order", "never"});
    Check check{.text = words(need(table, "text"), "text"), .order = {}, .never = {}};
    for_each_text(table, "order",
                  [&](const std::string& text, int line) { check.order.push_back(pattern(text, line)); });
    for_each_text(table, "never",
                  [&](const std::string& text, int line) { check.never.push_back(pattern(text, line)); });
    if (check.order.empty() && check.never.empty())
      throw Wrong{line_of(table), "this check asks for nothing: it needs \"order\" or \"never\"",
                  "확인할 것이 없습니다. \"order\"나 \"never\"가 있어야 합니다"};
    scenario_.checks.push_back(std::move(check));
  }

  static EventPattern pattern(const std::string& text, int line) {
    auto parsed = parse_event_pattern(text);
    if (const auto* error = std::get_if<EventPatternError>(&parsed))
      throw Wrong{line, sentence(*error, Language::en), sentence(*error, Language::ko)};
    return std::get<EventPattern>(std::move(parsed));
  }

  Scenario& scenario_;
  std::vector<Check> exits_;
};

}  // namespace

std::vector<std::string> words_of(const Program& program, std::string_view client, std::string_view server) {
  auto words = program.words;
  for (auto& word : words)
    for (const auto& [name, address] :
         {std::pair<std::string_view, std::string_view>{"{client}", client}, {"{server}", server}})
      for (auto at = word.find(name); at != std::string::npos; at = word.find(name, at + address.size()))
        word.replace(at, name.size(), address);
  return words;
}

std::string sentence(const ScenarioError& error, Language language) {
  const auto& what = language == Language::ko ? error.what_ko : error.what_en;
  return error.line > 0 ? fmt::format("{}:{}: {}", error.file.string(), error.line, what)
                        : fmt::format("{}: {}", error.file.string(), what);
}

std::variant<Scenario, ScenarioError> parse_scenario(std::string_view toml, const std::filesystem::path& file) try {
  Scenario scenario;
  scenario.name = file.stem().string();
  expect_bounds(toml);
  Reader(scenario).read(toml::parse(toml));
  return scenario;
} catch (const Wrong& wrong) {
  return ScenarioError{file, wrong.line, wrong.en, wrong.ko};
} catch (const toml::parse_error& error) {
  return ScenarioError{file, static_cast<int>(error.source().begin.line),
                       fmt::format("this is no TOML: {}", error.description()),
                       fmt::format("TOML 문법에 맞지 않습니다: {}", error.description())};
}

std::variant<Scenario, ScenarioError> load_scenario(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(largest_file + 1, '\0');  // one byte too many is enough to see
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (std::error_code ignored; !in.is_open() || in.bad() || std::filesystem::is_directory(file, ignored))
    return ScenarioError{file, 0, "there is no such file, or it cannot be read. The scenarios that there are: lab list",
                         "파일이 없거나 읽을 수 없습니다. 있는 시나리오 보기: lab list"};
  return parse_scenario(text, file);
}

}  // namespace echolab::lab
