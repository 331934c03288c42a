// A sweep as a table: of text, of Markdown, of JSON.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "capture/render/width.hpp"
#include "tools/compare/transport/chart.hpp"

namespace echolab::compare {
namespace {

using json = nlohmann::ordered_json;

using Table = std::vector<std::vector<std::string>>;  // a row a point, a cell a client in each group of columns

constexpr std::array groups{Text{"time", "시간"}, Text{"delivered", "전달"}};

/// The cells of Markdown and of text.
Table table_of(const Chart& chart) {
  Table rows;
  for (std::size_t i = 0; i < chart.panels[0].groups.size(); ++i) {
    auto& row = rows.emplace_back();
    row.push_back(chart.panels[0].groups[i].name);
    for (const Panel& panel : chart.panels)
      for (const Client client : clients) row.push_back(panel.groups[i].bars[client].shown);
  }
  return rows;
}

/// The head of the table: what a column is of, with its group or without.
std::vector<std::string> head_of(const Chart& chart, Language language, bool with_group) {
  std::vector<std::string> head{chart.swept};
  for (const Text& group : groups)
    for (const Client client : clients)
      head.push_back(with_group ? fmt::format("{} {}", name_of(client, language), group.in(language))
                                : std::string(name_of(client, language)));
  return head;
}

std::vector<int> widths_of(const Table& rows) {
  std::vector<int> widths(rows.front().size());
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], capture::columns(row[i]));
  return widths;
}

/// The table as lines, the names of the groups above their last columns.
std::vector<std::string> lines_of(const Chart& chart, Language language) {
  constexpr int gap = 2;
  Table rows = table_of(chart);
  rows.insert(rows.begin(), head_of(chart, language, false));
  const auto widths = widths_of(rows);
  std::vector<std::string> lines(1);
  int end = widths.front();
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (std::size_t client = 0; client < std::size(clients); ++client)
      end += gap + widths[1 + i * std::size(clients) + client];
    lines.front() += capture::pad_left(groups[i].in(language), end - capture::columns(lines.front()));
  }
  for (const auto& row : rows) {
    std::string& line = lines.emplace_back(capture::pad_left(row.front(), widths.front()));
    for (std::size_t i = 1; i < row.size(); ++i) line += capture::pad_left(row[i], gap + widths[i]);
  }
  return lines;
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
    side["retransmissions_too_early"] = one.packets->too_early;
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
  const auto lines = lines_of(chart, look.language);
  if (capture::columns(lines.back()) <= look.columns)  // a narrow terminal has the chart
    for (const std::string& line : lines) out += line + "\n";
  return out + draw_text(chart, look);
}

std::string as_markdown(const Swept& swept, Language language) {
  const Chart chart = chart_of(swept, language);
  std::string out = fmt::format("## {}\n\n{}\n\n", chart.title, chart.subtitle);
  out += fmt::format("| {} |\n|--:|--:|--:|--:|--:|--:|--:|\n", fmt::join(head_of(chart, language, true), " | "));
  for (const auto& row : table_of(chart)) out += fmt::format("| {} |\n", fmt::join(row, " | "));
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
                    {"udp", side_object(point.sides.udp)},
                    {"udp_retry", side_object(point.sides.udp_retry)}};
    out += line.dump() + "\n";
  }
  return out + json{{"v", 1}, {"kind", "summary"}, {"points", swept.points.size()}}.dump() + "\n";
}

}  // namespace echolab::compare
