#include "tools/lab/wire/rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <vector>

namespace echolab::lab {
namespace {

using std::chrono::nanoseconds;
using Expected = RuleError::Expected;
using Effect = ModelChange::Effect;

/// The first words of rules that are no fate's own.
constexpr std::array more_verbs{
    Verb{"swap", Action::swap, "swap client DATA 1"},
    Verb{"cut", Action::cut, "cut after client DATA 3 for 2s"},
};

/// Of all rules on a frame: the first for which `is` holds.
template <typename Is>
const Verb* find_verb(Is is) {
  for (const FateRow& row : fates)
    if (row.verb && is(*row.verb)) return &*row.verb;
  const auto* verb = std::ranges::find_if(more_verbs, is);
  return verb == more_verbs.end() ? nullptr : verb;
}

/// A rule on the whole line: its first word, what it asks for, and an example. "delay" begins a rule on a frame, too.
struct LineVerb {
  std::string_view word;
  Effect effect;
  std::string_view example;
};
constexpr std::array line_verbs{
    LineVerb{"delay", Effect::delay, "delay 50ms"},
    LineVerb{"loss", Effect::loss, "loss 10%"},
    LineVerb{"duplicate", Effect::duplication, "duplicate 5%"},
    LineVerb{"reorder", Effect::reordering, "reorder 5%"},
};

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};
constexpr std::array units{Unit{"s", 1'000'000'000}, Unit{"ms", 1'000'000}, Unit{"us", 1'000}};
constexpr nanoseconds longest = std::chrono::hours(24);

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& letter : result) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return result;
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// "2", "0.5": digits and at most a point, nothing else that from_chars would take.
std::optional<double> decimal(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!plain || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> ordinal(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value == 0) return std::nullopt;
  return value;
}

/// "2", "2..3", "2..".
bool read_range(std::string_view word, Rule& rule) {
  const auto dots = word.find("..");
  const auto first = ordinal(word.substr(0, dots));
  if (!first) return false;
  rule.first = rule.last = *first;
  if (dots == std::string_view::npos) return true;
  const auto rest = word.substr(dots + 2);
  const auto last = rest.empty() ? Rule::no_end : ordinal(rest);
  if (!last || *last < *first) return false;
  rule.last = *last;
  return true;
}

bool looks_like_a_range(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '.'; });
}

/// Reads word after word; the first that does not fit is the error.
class Parser {
 public:
  explicit Parser(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    for (auto from = text.find_first_not_of(blank); from != std::string_view::npos;) {
      const auto end = std::min(text.find_first_of(blank, from), text.size());
      words_.push_back(text.substr(from, end - from));
      from = text.find_first_not_of(blank, end);
    }
  }

  std::variant<Rule, ModelChange, RuleError> parse() {
    const std::string first = lower(word());
    const Verb* verb = find_verb([&](const Verb& one) { return one.word == first; });
    const auto* line_verb = std::ranges::find(line_verbs, first, &LineVerb::word);
    const bool line = line_verb != line_verbs.end();
    if (!verb && !line) return error(Expected::action);
    example_ = verb ? verb->example : line_verb->example;
    ++at_;
    if (line && (!verb || (!word().empty() && is_digit(word().front())))) {
      ModelChange rule{.effect = line_verb->effect};
      return read(rule) ? std::variant<Rule, ModelChange, RuleError>(rule) : error_;
    }
    Rule rule{.action = verb->action};
    return read(rule) ? std::variant<Rule, ModelChange, RuleError>(rule) : error_;
  }

 private:
  std::string_view word() const { return at_ < words_.size() ? words_[at_] : std::string_view(); }

  RuleError error(Expected expected) const { return {std::string(word()), expected, example_}; }
  /// Goes on to the next word where this one fitted.
  bool step(bool fits, Expected expected) {
    if (fits)
      ++at_;
    else
      error_ = error(expected);
    return fits;
  }
  bool end() { return at_ == words_.size() || step(false, Expected::end); }

  bool read(ModelChange& rule) {
    if (rule.effect == Effect::delay) return read_duration(rule.delay) && end();
    const auto share = parse_share(word());
    rule.share = share.value_or(0);
    return step(share.has_value(), Expected::share) && end();
  }

  bool read(Rule& rule) {
    const bool cut = rule.action == Action::cut, timed = cut || rule.action == Action::delay;
    if (cut && !step(lower(word()) == "after", Expected::after)) return false;
    const auto host = parse_host(word());
    if (!step(host.has_value(), Expected::host)) return false;
    const auto kind = parse_kind(word());
    if (!step(kind.has_value(), Expected::kind)) return false;
    rule.from = *host;
    rule.kind = *kind;
    if (looks_like_a_range(word()) || (!timed && !word().empty())) {
      if (!step(read_range(word(), rule), Expected::count)) return false;
    }
    if (cut && !step(lower(word()) == "for", Expected::for_)) return false;
    if (timed && !read_duration(rule.duration)) return false;
    return end();
  }

  bool read_duration(nanoseconds& into) {
    const auto duration = parse_duration(word());
    into = duration.value_or(nanoseconds());
    return step(duration.has_value(), Expected::duration);
  }

  std::vector<std::string_view> words_;
  std::size_t at_ = 0;
  std::string_view example_ = row_of(Fate::dropped).verb->example;
  RuleError error_;
};

}  // namespace

std::string_view to_string(Action action) {
  return find_verb([action](const Verb& one) { return one.action == action; })->word;
}

std::string all_actions() {
  std::string all;
  for (const FateRow& row : fates)
    if (row.verb) all.append(row.verb->word).append(", ");
  return all + fmt::format("{}, {}", more_verbs[0].word, more_verbs[1].word);
}

std::string to_string(nanoseconds duration) {
  for (const Unit& unit : units)
    if (duration.count() % unit.nanoseconds == 0)
      return fmt::format("{}{}", duration.count() / unit.nanoseconds, unit.name);
  auto text = fmt::format("{}.{:03}", duration.count() / 1000, duration.count() % 1000);
  return text.substr(0, text.find_last_not_of('0') + 1) + "us";
}

std::string to_string(const Rule& rule) {
  const bool cut = rule.action == Action::cut;
  std::string text = fmt::format("{}{} {} {} {}", to_string(rule.action), cut ? " after" : "",
                                 capture::to_string(rule.from), to_string(rule.kind), rule.first);
  if (rule.last == Rule::no_end)
    text += "..";
  else if (rule.last != rule.first)
    text += fmt::format("..{}", rule.last);
  if (cut) text += " for";
  if (cut || rule.action == Action::delay) text.append(" ").append(to_string(rule.duration));
  return text;
}

std::string to_string(const ModelChange& rule) {
  const auto* verb = std::ranges::find(line_verbs, rule.effect, &LineVerb::effect);
  if (rule.effect == Effect::delay) return fmt::format("{} {}", verb->word, to_string(rule.delay));
  return fmt::format("{} {:.10g}%", verb->word, rule.share * 100);
}

std::variant<Rule, ModelChange, RuleError> parse_rule(std::string_view text) { return Parser(text).parse(); }

std::optional<nanoseconds> parse_duration(std::string_view text) {
  const auto unit_at = std::min(text.find_first_not_of("0123456789."), text.size());
  const auto value = decimal(text.substr(0, unit_at));
  const auto unit_name = lower(text.substr(unit_at));
  const auto* unit = std::find_if(units.begin(), units.end(), [&](const Unit& one) { return one.name == unit_name; });
  if (!value || unit == units.end()) return std::nullopt;
  const double nanos = *value * static_cast<double>(unit->nanoseconds);
  if (nanos > static_cast<double>(longest.count())) return std::nullopt;
  return nanoseconds(std::llround(nanos));
}

std::optional<double> parse_share(std::string_view text) {
  if (text.empty() || text.back() != '%') return std::nullopt;
  const auto percent = decimal(text.substr(0, text.size() - 1));
  if (!percent || *percent > 100) return std::nullopt;
  return *percent / 100;
}

}  // namespace echolab::lab
