// Any bytes as what a student and a teacher write for the lab: a rule, an event pattern, a scenario. Each is read, or
// refused with a sentence; what was read is written in a form that reads the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tools/lab/story/scenario.hpp"

using namespace echolab::lab;
using echolab::Language;

namespace {

void must(bool held) {
  if (!held) std::abort();
}

void read_rule(std::string_view text) {
  const auto parsed = parse_rule(text);
  if (const auto* error = std::get_if<RuleError>(&parsed)) must(!sentence(*error, Language::ko).empty());
  if (const auto* rule = std::get_if<Rule>(&parsed)) must(parse_rule(to_string(*rule)) == parsed);
  if (const auto* change = std::get_if<ModelChange>(&parsed)) {
    const auto again = parse_rule(to_string(*change));  // a share may be rounded once
    must(to_string(std::get<ModelChange>(again)) == to_string(*change));
  }
}

void read_event_pattern(std::string_view text) {
  const auto parsed = parse_event_pattern(text);
  if (const auto* error = std::get_if<EventPatternError>(&parsed)) must(!sentence(*error, Language::ko).empty());
  if (const auto* pattern = std::get_if<EventPattern>(&parsed))
    must(parse_event_pattern(to_string(*pattern)) == parsed);
}

void read_scenario(std::string_view text) {
  const auto parsed = parse_scenario(text, "fuzz.toml");
  if (const auto* error = std::get_if<ScenarioError>(&parsed)) must(!sentence(*error, Language::en).empty());
  if (const auto* scenario = std::get_if<Scenario>(&parsed)) must(!scenario->programs.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_rule(text);
  read_event_pattern(text);
  read_scenario(text);
  return 0;
}
