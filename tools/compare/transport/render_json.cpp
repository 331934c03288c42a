#include <cmath>
#include <nlohmann/json.hpp>

#include "tools/compare/transport/render.hpp"

namespace echolab::compare {
namespace {

using json = nlohmann::ordered_json;

json object(std::string_view kind) { return {{"v", 1}, {"kind", kind}}; }

/// A count without a fraction, so that 40 is not written as 40.0.
json number_of(double value) {
  constexpr double exact = 9e15;
  if (value == std::floor(value) && std::abs(value) < exact) return static_cast<std::int64_t>(value);
  return value;
}
json value_of(const Value& value) {
  if (const auto* word = std::get_if<Word>(&value)) return texts_of(*word).name;
  if (const auto found = number(value)) return number_of(*found);
  return nullptr;
}
std::string_view place_of(Place place) {
  return place == Place::lab ? "lab" : place == Place::loopback ? "lo" : "foreign";
}

json plan_object(const Findings& findings) {
  const Plan& plan = findings.plan;
  json line = object("plan");
  line["on"] = place_of(plan.place);
  line["messages"] = plan.messages;
  line["size"] = plan.size;
  line["runs"] = plan.runs;
  if (plan.place == Place::lab) {
    line["delay_ms"] = milliseconds(plan.line.delay);
    line["loss"] = plan.line.loss;
    line["seed"] = plan.line.seed;
  }
  line["packets_seen"] = findings.blind.empty();
  if (!findings.blind.empty()) line["why_not"] = findings.blind;
  return line;
}

json row_object(const Row& row, const std::vector<Row>& rows, const Plan& plan, Language language) {
  const Measure& measure = *row.measure;
  json line = object("row");
  line["measure"] = measure.name;
  line["unit"] = to_string(measure.unit);
  for (const Client client : clients) line[std::string(to_string(client))] = value_of(row.value[client]);
  for (const Client client : clients) {
    const std::string name(to_string(client));
    if (const auto& spread = row.spread[client]) {
      line[name + "_median"] = number_of(spread->median);
      line[name + "_min"] = number_of(spread->least);
      line[name + "_max"] = number_of(spread->most);
    }
    const auto value = number(row.value[client]);
    if (measure.unit == Unit::milliseconds && value && plan.line.delay.count() > 0)
      line[name + "_delays"] = *value / milliseconds(plan.line.delay);
  }
  if (measure.claim) line["claim"] = static_cast<int>(*measure.claim);
  line["difference"] = difference(row, language);
  line["text"] = measure.because.in(language);
  if (const auto remark = remark_on(row, rows, language); !remark.empty()) line["remark"] = remark;
  return line;
}

json claim_object(Claim claim, const std::vector<Row>& rows, Language language) {
  json line = object("claim");
  line["claim"] = static_cast<int>(claim);
  line["post"] = said(claim).in(language);
  line["verdict"] = to_string(judge(claim, rows));
  line["text"] = found(claim, rows, language);
  return line;
}

std::string dumped(const json& line) { return line.dump(-1, ' ', false, json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string as_json(const Findings& findings, const std::vector<Row>& rows, Language language) {
  std::string out = dumped(plan_object(findings));
  for (const Row& row : rows) out += dumped(row_object(row, rows, findings.plan, language));
  for (const Claim claim : claims) out += dumped(claim_object(claim, rows, language));
  json summary = object("summary");
  summary["rows"] = rows.size();
  summary["claims"] = std::size(claims);
  return out + dumped(summary);
}

}  // namespace echolab::compare
