#include "tools/compare/transport/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace echolab::compare {
namespace {

constexpr Text title{"The same exchange over a wire that gets worse", "와이어가 나빠질 때 같은 교환은 어떻게 되나"};
constexpr Text of_loss{"loss", "손실"}, of_delay{"delay", "지연"};
constexpr Text one_way{"; the delay is one way", ", 지연은 한쪽 방향"};
constexpr Text time_title{"time of the whole exchange", "교환 전체에 걸린 시간"};
constexpr Text delivered_title{"messages delivered, of {}", "전달된 메시지, {}개 가운데"};
constexpr Text with_delay{"; {:g}ms each way", ", 한쪽 방향에 {:g}ms"};
constexpr Text with_loss{"; {:g}% lost, seed {}", ", {:g}% 손실, seed {}"};

std::string name_of(const Line& line, Sweep::Of of) {
  return of == Sweep::Of::loss ? fmt::format("{:g} %", line.loss * 100)
                               : fmt::format("{:g} ms", milliseconds(line.delay));
}

/// The marks of an axis, in its largest mark's unit.
std::string time_mark(double value, double end) {
  return end < 1000 ? fmt::format("{:g} ms", value) : fmt::format("{:g} s", value / 1000);
}
std::string count_mark(double value, double) { return fmt::format("{:g}", value); }

Bar time_bar(const Talk& talk) {
  const double value = milliseconds(talk.total);
  if (value < 1000) return {value, fmt::format("{:.{}f} ms", value, value < 100 ? 1 : 0)};
  return {value, fmt::format("{:.2f} s", value / 1000)};
}
Bar delivered_bar(const Talk& talk) { return {static_cast<double>(talk.answered), fmt::format("{}", talk.answered)}; }

template <typename MakeBar, typename NameMark>
Panel panel_of(const Swept& swept, std::string name, MakeBar make, NameMark name_mark, double closest = 0) {
  Panel panel{.title = std::move(name), .axis = {}, .marks = {}, .groups = {}};
  double largest = 0;
  for (const Point& point : swept.points) {
    Group& group = panel.groups.emplace_back(Group{.name = name_of(point.line, swept.of), .bars = {}});
    for (const Client client : clients) {
      group.bars[client] = make(point.sides[client].talk);
      largest = std::max(largest, group.bars[client].value);
    }
  }
  panel.axis = axis_up_to(largest, closest);
  for (const double mark : panel.axis.marks) panel.marks.push_back(name_mark(mark, panel.axis.end));
  return panel;
}

}  // namespace

Axis axis_up_to(double largest, double closest) {
  constexpr double most_steps = 5;
  if (!(largest > 0)) largest = 1;
  const double power = std::pow(10, std::floor(std::log10(largest / most_steps)));
  double step = 10 * power;
  for (const double times : {5.0, 2.0, 1.0})
    if (times * power * most_steps >= largest * (1 - 1e-9)) step = times * power;
  step = std::max(step, closest);
  Axis axis;
  const double steps = std::ceil(largest / step * (1 - 1e-9));
  axis.end = steps * step;
  for (double mark = 0; mark <= steps; ++mark) axis.marks.push_back(mark * step);
  return axis;
}

Chart chart_of(const Swept& swept, Language language) {
  const Plan& plan = swept.plan;
  Chart chart{.title = std::string(title.in(language)),
              .subtitle = work_words(plan, language),
              .swept = std::string((swept.of == Sweep::Of::loss ? of_loss : of_delay).in(language)),
              .panels = {}};
  if (swept.of == Sweep::Of::loss)
    chart.subtitle += fmt::format(fmt::runtime(with_delay.in(language)), milliseconds(plan.line.delay));
  else
    chart.subtitle += one_way.in(language);
  if (swept.of == Sweep::Of::loss || plan.line.loss > 0) {
    // The seed is the loss's, the share only where it does not change.
    chart.subtitle += swept.of == Sweep::Of::loss
                          ? fmt::format(", seed {}", plan.line.seed)
                          : fmt::format(fmt::runtime(with_loss.in(language)), plan.line.loss * 100, plan.line.seed);
  }
  chart.panels.push_back(panel_of(swept, std::string(time_title.in(language)), time_bar, time_mark));
  chart.panels.push_back(panel_of(swept, fmt::format(fmt::runtime(delivered_title.in(language)), plan.messages),
                                  delivered_bar, count_mark, 1));
  return chart;
}

}  // namespace echolab::compare
