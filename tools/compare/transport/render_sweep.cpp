// A sweep as a table: of text, of Markdown, of JSON.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "capture/render/width.hpp"
#include "tools/compare/transport/chart.hpp"

namespace echolab::compare {
namespace {

using json = nlohmann::ordered_json;

constexpr Text time_of{"{} time", "{} 시간"}, delivered_of{"{} delivered", "{} 전달"};

double milliseconds(Nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

/// The head, then a row a point: the same cells for text and Markdown.
std::vector<std::vector<std::string>> table_of(const Swept& swept, Language language) {
  const Chart chart = chart_of(swept, language);
  std::vector<std::vector<std::string>> rows{{chart.swept}};
  for (const auto& heading : {time_of, delivered_of})
    for (const char* protocol : {"TCP", "UDP"})
      rows.front().push_back(fmt::format(fmt::runtime(heading.in(language)), protocol));
  for (std::size_t i = 0; i < swept.points.size(); ++i) {
    auto& row = rows.emplace_back();
    row.push_back(chart.panels[0].groups[i].name);
    for (const Panel& panel : chart.panels)
      for (const Protocol protocol : both) row.push_back(panel.groups[i].bars[protocol].shown);
  }
  return rows;
}

json side_object(const Exchange& one) {
  json side{{"time_ms", milliseconds(one.talk.total)},
            {"messages_sent", one.talk.sent},
            {"messages_answered", one.talk.answered},
            {"messages_lost", one.talk.lost()}};
  if (one.talk.first_answer) side["first_answer_ms"] = milliseconds(*one.talk.first_answer);
  if (one.packets) {
    side["packets"] = one.packets->packets;
    side["packets_dropped"] = one.packets->dropped;
    side["retransmissions"] = one.packets->retransmissions;
  }
  return side;
}

}  // namespace

std::string as_text(const Swept& swept, const Look& look) {
  const Chart chart = chart_of(swept, look.language);
  std::string out;
  for (const std::string& line : capture::wrap(chart.title + " · " + chart.subtitle, std::max(look.columns, 30)))
    out += line + "\n";
  if (look.ascii) out = chart.title + "\n" + chart.subtitle + "\n";
  out += "\n";
  const auto rows = table_of(swept, look.language);
  std::vector<int> widths(rows.front().size());
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], capture::columns(row[i]));
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += (i ? "  " : "") + capture::pad_left(row[i], widths[i]);
    out += capture::columns(line) <= look.columns ? line + "\n" : "";  // a narrow terminal has the chart
  }
  return out + draw_text(chart, look);
}

std::string as_markdown(const Swept& swept, Language language) {
  const Chart chart = chart_of(swept, language);
  std::string out = fmt::format("## {}\n\n{}\n\n", chart.title, chart.subtitle);
  const auto rows = table_of(swept, language);
  for (const auto& row : rows) {
    out += fmt::format("| {} |\n", fmt::join(row, " | "));
    if (&row == &rows.front()) out += "|--:|--:|--:|--:|--:|\n";
  }
  return out;
}

std::string as_json(const Swept& swept) {
  const Plan& plan = swept.plan;
  const bool of_loss = swept.of == Sweep::Of::loss;
  json head{{"v", 1},
            {"kind", "plan"},
            {"on", "lab"},
            {"sweep", of_loss ? "loss" : "delay"},
            {"messages", plan.messages},
            {"size", plan.size},
            {"seed", plan.line.seed}};
  std::string out = head.dump() + "\n";
  for (const Point& point : swept.points) {
    const json line{{"v", 1},
                    {"kind", "point"},
                    {"loss", point.line.loss},
                    {"delay_ms", milliseconds(point.line.delay)},
                    {"tcp", side_object(point.sides.tcp)},
                    {"udp", side_object(point.sides.udp)}};
    out += line.dump() + "\n";
  }
  return out + json{{"v", 1}, {"kind", "summary"}, {"points", swept.points.size()}}.dump() + "\n";
}

}  // namespace echolab::compare
