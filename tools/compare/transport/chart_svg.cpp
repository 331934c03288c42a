// The chart as SVG (W3C SVG 1.1; shapes, text and one pattern). Everything that is text stays text: it can be searched,
// copied and read aloud.
#include <fmt/format.h>

#include "capture/render/width.hpp"
#include "tools/compare/transport/chart.hpp"

namespace echolab::compare {
namespace {

// Pixels of the drawing; the page scales it.
constexpr int width = 520, margin = 16, name_width = 62, client_width = 74, value_width = 66;
constexpr int bar_height = 15, group_height = 63, panel_head = 50, panel_foot = 14;
constexpr int bars_left = margin + name_width + client_width;
constexpr int bars_width = width - bars_left - value_width - margin;

/// Colours that are told apart on both papers, by the colour-blind too; the pattern says the same without them.
constexpr std::string_view style = R"css(
  svg { --paper: #ffffff; --ink: #1b1f24; --faint: #57606a; --grid: #d8dee4; --tcp: #0b6bcb; --udp: #b45309; --retry: #2e7d32; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #14181d; --ink: #e6edf3; --faint: #9da7b3; --grid: #30363d; --tcp: #58a6ff; --udp: #f0a04b; --retry: #6cc070; }
  }
  @media print {
    svg { --paper: #ffffff; --ink: #000000; --faint: #333333; --grid: #bbbbbb; --tcp: #0b6bcb; --udp: #b45309; --retry: #2e7d32; }
  }
  svg { width: 100%; max-width: 780px; height: auto; display: block; margin: 0 auto; background: var(--paper); }
  text { fill: var(--ink); font: 13px system-ui, "Noto Sans KR", "Noto Sans CJK KR", "Apple SD Gothic Neo",
         "Malgun Gothic", sans-serif; }
  .title { font-size: 17px; font-weight: 600; }
  .panel { font-size: 14px; font-weight: 600; }
  .faint { fill: var(--faint); font-size: 12px; }
  .value { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
  .paper { fill: var(--paper); }
  .grid { stroke: var(--grid); stroke-width: 1; }
  .tcp { fill: var(--tcp); stroke: var(--tcp); }
  .udp { fill: url(#hatch); stroke: var(--udp); }
  .udp_retry { fill: url(#dots); stroke: var(--retry); }
  .dot { fill: var(--retry); }
  .hatch { stroke: var(--udp); stroke-width: 2.5; }
)css";

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char character : text) {
    switch (character) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      default: safe += character;
    }
  }
  return safe;
}

class Svg {
 public:
  void text(double x, double y, std::string_view kind, std::string_view anchor, std::string_view words) {
    out_ += fmt::format(R"(  <text x="{:g}" y="{:g}"{}{}>{}</text>)", x, y,
                        kind.empty() ? "" : fmt::format(R"( class="{}")", kind),
                        anchor.empty() ? "" : fmt::format(R"( text-anchor="{}")", anchor), escaped(words)) +
            "\n";
  }
  void bar(double y, double length, std::string_view kind) {
    out_ += fmt::format(R"(  <rect x="{}" y="{:g}" width="{:.1f}" height="{}" class="{}"/>)", bars_left, y, length,
                        bar_height, kind) +
            "\n";
  }
  void line(double x, double top, double bottom) {
    out_ +=
        fmt::format(R"(  <line x1="{0:.1f}" y1="{1:g}" x2="{0:.1f}" y2="{2:g}" class="grid"/>)", x, top, bottom) + "\n";
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

double height_of(const Panel& panel) {
  return panel_head + group_height * static_cast<double>(panel.groups.size()) + panel_foot;
}

void draw(Svg& svg, const Panel& panel, std::string_view swept, double top, Language language) {
  const double first = top + panel_head, bottom = first + group_height * static_cast<double>(panel.groups.size());
  svg.text(margin, top + 18, "panel", "", panel.title);
  svg.text(margin, top + 38, "faint", "", swept);
  for (std::size_t i = 0; i < panel.marks.size(); ++i) {
    const double x = bars_left + panel.axis.marks[i] / panel.axis.end * bars_width;
    svg.line(x, first - 6, bottom);
    svg.text(x, top + 38, "faint", "middle", panel.marks[i]);
  }
  double y = first;
  for (const Group& group : panel.groups) {
    svg.text(margin + name_width - 10, y + bar_height + 6, "", "end", group.name);
    double bar_top = y;
    for (const Client client : clients) {
      const Bar& bar = group.bars[client];
      const double length = bar.value / panel.axis.end * bars_width;
      svg.text(bars_left - 6, bar_top + 12, "faint", "end", name_of(client, language));
      svg.bar(bar_top, length, "paper");  // no grid shines through the pattern
      svg.bar(bar_top, length, to_string(client));
      svg.text(bars_left + length + 6, bar_top + 12, "value", "", bar.shown);
      bar_top += bar_height + 4;
    }
    y += group_height;
  }
}

}  // namespace

std::string draw_svg(const Chart& chart, Language language) {
  constexpr int columns = 64;  // of the subtitle: what fits beside each other
  constexpr double subtitle_line = 17;
  const auto subtitle = capture::wrap(chart.subtitle, columns);
  const double head = 48 + subtitle_line * static_cast<double>(subtitle.size());
  double height = head;
  for (const Panel& panel : chart.panels) height += height_of(panel);
  Svg svg;
  svg.text(margin, 28, "title", "", chart.title);
  double line = 48;
  for (const std::string& words : subtitle) {
    svg.text(margin, line, "faint", "", words);
    line += subtitle_line;
  }
  double top = head;
  for (const Panel& panel : chart.panels) {
    draw(svg, panel, chart.swept, top, language);
    top += height_of(panel);
  }
  return fmt::format(
      R"svg(<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1:g}" role="img" aria-labelledby="t d" xml:lang="{2}">
  <title id="t">{3}</title>
  <desc id="d">{4}</desc>
  <style>{5}</style>
  <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line x1="0" y1="0" x2="0" y2="6" class="hatch"/>
    </pattern>
    <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
      <circle cx="3" cy="3" r="1.6" class="dot"/>
    </pattern>
  </defs>
  <rect width="{0}" height="{1:g}" class="paper"/>
{6}</svg>
)svg",
      width, height, language == Language::ko ? "ko" : "en", escaped(chart.title), escaped(chart.subtitle), style,
      svg.take());
}

}  // namespace echolab::compare
