// A sweep as a chart: two panels of bars, how long it took and how much came back. What is drawn is decided here; the
// terminal and SVG only draw it.
#pragma once

#include <string>
#include <vector>

#include "tools/compare/transport/render.hpp"
#include "tools/compare/transport/sweep.hpp"

namespace echolab::compare {

/// Where an axis ends, and its marks: round numbers (1, 2 or 5 times a power of ten apart, and not closer than
/// `closest`), at most six of them.
struct Axis {
  double end = 1;
  std::vector<double> marks;  // from 0 to `end`
};
Axis axis_up_to(double largest, double closest = 0);

struct Bar {
  double value = 0;
  std::string shown;  // with its unit
};
struct Group {
  std::string name;  // "5 %", "50 ms"
  Each<Bar> bars;
};
struct Panel {
  std::string title;
  Axis axis;
  std::vector<std::string> marks;  // the axis's, with their unit
  std::vector<Group> groups;
};
struct Chart {
  std::string title, subtitle, swept;  // "loss each way"
  std::vector<Panel> panels;
};
Chart chart_of(const Swept& swept, Language language);

/// Bars of blocks, a line each; of #, = and + in ASCII.
std::string draw_text(const Chart& chart, const Look& look);
/// A whole SVG file: for light and dark screens and for print, as wide as there is room. The bars differ in pattern as
/// in colour, and each has its client and its value beside it.
std::string draw_svg(const Chart& chart, Language language);

/// The sweep in full: a table and, in the terminal, the chart below it.
std::string as_text(const Swept& swept, const Look& look);
std::string as_markdown(const Swept& swept, Language language);
/// "kind":"plan", a "point" each, "summary".
std::string as_json(const Swept& swept);

}  // namespace echolab::compare
