#include "capture/render/stream_table.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "capture/render/digits.hpp"
#include "capture/render/width.hpp"
#include "tests/render/scene.hpp"

namespace echolab::capture {
namespace {

using namespace std::chrono_literals;
using test::Scene;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::ResultOf;

/// An echo over TCP with a lost segment, a refused connection, and two datagrams.
std::vector<StreamSummary> three_streams() {
  Scene scene;
  scene.client("S 0:0(0)").wait(2ms).server("S. 0:0(0) ack 1").client(". 1:1(0) ack 1");
  scene.client("P. 1:6(5) ack 1", "hello").wait(1s).client("P. 1:6(5) ack 1", "hello");
  scene.server(". 1:1(0) ack 6").server("F. 1:1(0) ack 6").client("F. 6:6(0) ack 2").server(". 2:2(0) ack 7");
  scene.between(Scene::v4(40001), Scene::v4(9001)).client("S 0:0(0)").server("R. 0:0(0) ack 1");
  scene.client_datagram("hello").server_datagram("hello");
  return scene.finish();
}

std::string drawn(const StreamTable::Options& options) {
  StreamTable table(options);
  CaptureSummary summary;
  std::string out;
  for (const StreamSummary& stream : three_streams()) {
    out += table.row(stream);
    summary.stays.add(stream);
  }
  summary.count(NoteSet().add(Note::retransmission));
  summary.count(NoteSet().add(Note::retransmission).add(Note::never_delivered));
  return out + table.totals(summary);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(StreamTable, HasALineAConversationWhereThereIsRoom) {
  const auto lines = lines_of(drawn({.columns = 160}));
  EXPECT_THAT(lines[0], HasSubstr("client > server"));
  EXPECT_THAT(lines[1], AllOf(HasSubstr("TCP 0   127.0.0.1:40000 > 127.0.0.1:9000  complete "),
                              HasSubstr("server FIN  CLOSED?        TIME_WAIT  "), HasSubstr("5          0      1")));
  EXPECT_THAT(lines[2],
              AllOf(HasSubstr("TCP 1 "), HasSubstr(" refused             -  server RST  CLOSED?        CLOSED ")));
  EXPECT_THAT(lines[3], AllOf(HasSubstr("UDP 0 "), HasSubstr("-  -           1 datagram     1 datagram")));
}

TEST(StreamTable, SaysWhenAConversationBeganAndHowLongItLasted) {
  StreamTable table({.columns = 160});
  const auto streams = three_streams();
  table.begin_at(streams[0].first - 1s);
  EXPECT_THAT(table.row(streams[0]), HasSubstr("5          0      1  1.000000      1 s\n"));
}

TEST(StreamTable, SaysHowLongTheStatesLastedAndWhatWasNoted) {
  const std::string out = drawn({.columns = 140});
  EXPECT_THAT(out, HasSubstr("\nside        state          times left      least     median       most\n"));
  EXPECT_THAT(out, HasSubstr("\nclient      SYN_SENT                2 "));
  EXPECT_THAT(out, Not(HasSubstr("\nserver      TIME_WAIT"))) << "nobody left it: nothing is known of its length";
  EXPECT_THAT(out, HasSubstr("\nnote                          packets\nretransmission                      2\n"));
  EXPECT_THAT(out, HasSubstr("\nnever_delivered                     1\n"));
}

TEST(StreamTable, KeepsToTheWindowInBothLanguages) {
  for (const Language language : {Language::en, Language::ko})
    for (const int width : {60, 80, 100, 140, 200})
      EXPECT_THAT(lines_of(drawn({.columns = width, .language = language})),
                  Each(ResultOf([](const std::string& line) { return columns(line); }, Le(width))));
}

TEST(StreamTable, TakesTwoLinesARowInEightyColumnsAndAllBreakAtTheSamePlace) {
  const auto lines = lines_of(drawn({.columns = 80}));
  EXPECT_THAT(lines[0], HasSubstr("closed by"));
  EXPECT_THAT(lines[1], testing::StartsWith("    client         server"));
  EXPECT_THAT(lines[2], HasSubstr("server FIN"));
  EXPECT_THAT(lines[3], testing::StartsWith("    CLOSED?        TIME_WAIT"));
  EXPECT_THAT(lines[6], testing::StartsWith("UDP 0 "));
}

TEST(StreamTable, IsAsciiInEnglish) {
  for (const char c : drawn({.columns = 80})) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
  EXPECT_THAT(drawn({.columns = 80}), HasSubstr("ms"));
}

TEST(StreamTable, ExplainsTheQuestionMarkOnlyWhereOneStands) {
  EXPECT_THAT(drawn({}), HasSubstr("? assumed: follows"));
  StreamTable table({});
  table.row(three_streams().back());
  EXPECT_EQ(table.totals({}), "\n") << "a datagram has no state";
}

TEST(StreamTable, OfAnEmptyCaptureIsEmpty) { EXPECT_THAT(StreamTable({}).totals({}), IsEmpty()); }

TEST(Duration, HasThreeDigitsAndTheUnitThatSuits) {
  EXPECT_EQ(duration(0ns), "0 us");
  EXPECT_EQ(duration(400ns), "0.4 us");
  EXPECT_EQ(duration(13'812ns), "13.8 us");
  EXPECT_EQ(duration(999'499ns), "999 us");
  EXPECT_EQ(duration(999'500ns), "1 ms");
  EXPECT_EQ(duration(1'024ms), "1.02 s");
  EXPECT_EQ(duration(60s), "60 s");
  EXPECT_EQ(duration(86'400s), "86400 s");
  EXPECT_EQ(duration(-5s), "0 us");
}

}  // namespace
}  // namespace echolab::capture
