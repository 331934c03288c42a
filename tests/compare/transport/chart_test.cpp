// The chart: what is decided, and what is drawn.
#include "tools/compare/transport/chart.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "capture/render/width.hpp"

namespace echolab::compare {
namespace {

using namespace std::chrono_literals;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Exchange exchange_of(std::uint64_t answered, Nanoseconds total) {
  Exchange one;
  one.talk = {.sent = 20, .answered = answered, .total = total};
  return one;
}

Swept loss_sweep() {
  Swept result{.plan = {.line = {.delay = 10ms}}, .of = Sweep::Of::loss, .points = {}};
  result.points.push_back({{.loss = 0}, {exchange_of(20, 440ms), exchange_of(20, 400ms), exchange_of(20, 400ms)}});
  result.points.push_back({{.loss = 0.05}, {exchange_of(20, 1230ms), exchange_of(17, 990ms), exchange_of(20, 1100ms)}});
  return result;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(Axis, EndsAtARoundNumberNotBelowTheLargest) {
  EXPECT_THAT(axis_up_to(20).marks, ElementsAre(0, 5, 10, 15, 20));
  EXPECT_THAT(axis_up_to(1230).marks, ElementsAre(0, 500, 1000, 1500));
  EXPECT_THAT(axis_up_to(100).marks, ElementsAre(0, 20, 40, 60, 80, 100));
  EXPECT_EQ(axis_up_to(0).end, 1);
  EXPECT_THAT(axis_up_to(2, 1).marks, ElementsAre(0, 1, 2));  // there are no half messages
}

TEST(Axis, HasAtMostSixMarksAtAnySize) {
  for (double largest = 0.001; largest < 1e7; largest *= 1.37) {
    const Axis axis = axis_up_to(largest);
    EXPECT_GE(axis.end, largest * (1 - 1e-9)) << largest;
    EXPECT_LE(axis.end, largest * 2.01) << largest;
    EXPECT_LE(axis.marks.size(), 6U) << largest;
    EXPECT_DOUBLE_EQ(axis.marks.back(), axis.end) << largest;
  }
}

TEST(LinesOfASweep, ChangeOneThingAndKeepTheRest) {
  Plan plan;
  plan.line = {.delay = 10ms, .loss = 0.02, .seed = 5};
  const auto lines = lines_of(plan, *parse_sweep("delay=0,50ms"));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1].delay, 50ms);
  EXPECT_EQ(lines[1].loss, 0.02);
  EXPECT_EQ(lines[1].seed, 5U);
}

TEST(Chart, HasAPanelOfTimeAndOneOfMessages) {
  const Chart chart = chart_of(loss_sweep(), Language::en);
  ASSERT_EQ(chart.panels.size(), 2U);
  EXPECT_EQ(chart.panels[0].groups[1].name, "5 %");
  EXPECT_EQ(chart.panels[0].groups[1].bars.tcp.shown, "1.23 s");
  EXPECT_EQ(chart.panels[0].groups[0].bars.udp.shown, "400 ms");
  EXPECT_EQ(chart.panels[1].groups[1].bars.udp.value, 17);
}

TEST(ChartOfCharacters, FitsTheTerminalAndIsAsciiWhereAsked) {
  for (const Language language : {Language::en, Language::ko})
    for (const int columns : {40, 80, 100})
      for (const std::string& line : lines_of(as_text(loss_sweep(), {.language = language, .columns = columns})))
        EXPECT_LE(capture::columns(line), columns) << line;
  const auto ascii = as_text(loss_sweep(), {.ascii = true});
  EXPECT_THAT(ascii, Each(::testing::Ge('\n')));  // char is signed: a byte beyond ASCII would be below
}

TEST(ChartOfCharacters, ABarIsAsLongAsItsValueOnTheAxis) {
  const auto lines = lines_of(draw_text(chart_of(loss_sweep(), Language::en), {.columns = 80, .ascii = true}));
  const auto blocks = [](const std::string& line) {
    return std::ranges::count_if(line, [](char c) { return c == '#' || c == '='; });
  };
  // The last panel's last bars: 20, 17 and 20 messages on an axis up to 20.
  const auto tcp = static_cast<double>(blocks(lines.at(lines.size() - 3)));
  const auto udp = static_cast<double>(blocks(lines.at(lines.size() - 2)));
  EXPECT_EQ(std::ranges::count(lines.back().substr(15), '+'), tcp);
  EXPECT_GT(tcp, 40);
  EXPECT_NEAR(udp / tcp, 17.0 / 20, 0.01);
}

TEST(SvgChart, EscapesWhatItIsGiven) {
  Chart chart = chart_of(loss_sweep(), Language::en);
  chart.title = "a <b> & \"c\"";
  const auto svg = draw_svg(chart, Language::en);
  EXPECT_THAT(svg, HasSubstr("a &lt;b&gt; &amp; &quot;c&quot;"));
  EXPECT_THAT(svg, Not(HasSubstr("<b>")));
}

TEST(SvgChart, SaysInTextWhatItDrawsAndInWhichLanguage) {
  const auto svg = draw_svg(chart_of(loss_sweep(), Language::ko), Language::ko);
  EXPECT_THAT(svg, HasSubstr(R"(xml:lang="ko")"));
  EXPECT_THAT(svg, HasSubstr(">1.23 s</text>"));
  EXPECT_THAT(svg, HasSubstr(">5 %</text>"));
  EXPECT_THAT(svg, HasSubstr("전달된 메시지"));
  EXPECT_THAT(svg, HasSubstr("prefers-color-scheme: dark"));
  EXPECT_THAT(svg, HasSubstr("@media print"));
}

/// Every element is closed, in the right order: enough of XML for a file that we write ourselves.
TEST(SvgChart, IsWellFormed) {
  const auto svg = draw_svg(chart_of(loss_sweep(), Language::en), Language::en);
  std::vector<std::string> open;
  for (std::size_t at = 0; (at = svg.find('<', at)) != std::string::npos;) {
    const auto end = svg.find('>', at);
    ASSERT_NE(end, std::string::npos);
    const std::string tag = svg.substr(at + 1, end - at - 1);
    at = end;
    EXPECT_EQ(std::ranges::count(tag, '"') % 2, 0) << tag;
    if (tag.starts_with('?') || tag.ends_with('/')) continue;
    const std::string name = tag.substr(tag.starts_with('/'), tag.find(' ') - tag.starts_with('/'));
    if (!tag.starts_with('/')) {
      open.push_back(name);
      continue;
    }
    ASSERT_FALSE(open.empty());
    EXPECT_EQ(open.back(), name);
    open.pop_back();
  }
  EXPECT_TRUE(open.empty());
}

TEST(JsonSweep, HasAPointForEachLine) {
  const auto lines = lines_of(as_json(loss_sweep()));
  ASSERT_EQ(lines.size(), 4U);
  const auto point = nlohmann::json::parse(lines[2]);
  EXPECT_EQ(point["kind"], "point");
  EXPECT_EQ(point["loss"], 0.05);
  EXPECT_EQ(point["udp"]["messages_lost"], 3);
  EXPECT_EQ(point["udp_retry"]["messages_lost"], 0);
  EXPECT_FALSE(point["udp"].contains("packets"));
}

}  // namespace
}  // namespace echolab::compare
