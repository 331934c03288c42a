#include "tools/lab/wire/policy.hpp"

#include <utility>

namespace echolab::lab {
namespace {

/// The finaliser of splitmix64 (Steele, Lea and Flood, 2014): each bit of the input turns half of the output's.
constexpr std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
  value = (value ^ value >> 27) * 0x94d049bb133111eb;
  return value ^ value >> 31;
}

void apply(const Rule& rule, Decision& decision) {
  for (const FateRow& row : fates)
    if (row.verb && row.verb->action == rule.action) decision.add(row.fate);
  if (rule.action == Action::delay) decision.delay += rule.duration;
  if (rule.action == Action::swap) decision.swap = true;
  if (rule.action == Action::cut) decision.cut = &rule;
  if (decision.rule == nullptr || rule.action == Action::drop) decision.rule = &rule;
}

}  // namespace

void ModelChange::apply(Model& model) const {
  switch (effect) {
    case Effect::loss: model.loss = share; break;
    case Effect::duplication: model.duplication = share; break;
    case Effect::reordering: model.reordering = share; break;
    case Effect::delay: model.delay = delay; break;
  }
}

std::optional<RuleError> add_rule(std::string_view text, std::vector<Rule>& rules, Model& model) {
  auto parsed = parse_rule(text);
  if (auto* error = std::get_if<RuleError>(&parsed)) return std::move(*error);
  if (const auto* rule = std::get_if<Rule>(&parsed)) rules.push_back(*rule);
  if (const auto* change = std::get_if<ModelChange>(&parsed)) change->apply(model);
  return std::nullopt;
}

double chance(std::uint64_t seed, Host from, std::uint32_t nth, Question question) {
  const auto place = static_cast<std::uint64_t>(nth) << 32 | static_cast<std::uint64_t>(question) << 8 |
                     static_cast<std::uint64_t>(from);
  // The seed is mixed first, so that neighbouring seeds do not share answers; 53 bits are what a double holds.
  return static_cast<double>(mixed(mixed(seed) ^ place) >> 11) * 0x1p-53;
}

Policy::Policy(std::vector<Rule> rules, const Model& model)
    : rules_(std::move(rules)), met_(rules_.size()), model_(model) {}

Decision Policy::decide(const Frame& frame) {
  seen_.add(frame.from, frame.decoded);
  Decision decision{.delay = model_.delay};
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const Rule& rule = rules_[i];
    const auto nth = seen_.of(rule.from, rule.kind);
    if (rule.from != frame.from || !is_kind(frame, rule.kind) || nth < rule.first || nth > rule.last) continue;
    met_[i] = true;
    apply(rule, decision);
  }
  if (decision.rule != nullptr) return decision;

  const auto happens = [&, nth = seen_.of(frame.from, Kind::any)](double share, Question question) {
    return chance(model_.seed, frame.from, nth, question) < share;
  };
  decision.add(Fate::dropped, happens(model_.loss, Question::loss));
  decision.add(Fate::doubled, happens(model_.duplication, Question::duplication));
  decision.swap = happens(model_.reordering, Question::reordering);
  return decision;
}

std::vector<const Rule*> Policy::unmet() const {
  std::vector<const Rule*> unmet;
  for (std::size_t i = 0; i < rules_.size(); ++i)
    if (!met_[i]) unmet.push_back(&rules_[i]);
  return unmet;
}

}  // namespace echolab::lab
