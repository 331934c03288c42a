// The receipt as it is read.
#include "tools/compare/transport/render.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "capture/render/width.hpp"
#include "tests/compare/transport/findings.hpp"

namespace echolab::compare {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Language languages[] = {Language::en, Language::ko};

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(WordsOfMeasures, AreThereInBothLanguagesAndFitTheirColumn) {
  for (std::size_t i = 0; i < measure_count; ++i) {
    const auto measure = static_cast<Measure>(i);
    for (const Language language : languages) {
      const auto& words = words_of(measure);
      EXPECT_FALSE(words.label.in(language).empty()) << to_string(measure);
      EXPECT_LE(capture::columns(words.label.in(language)), 26) << to_string(measure);
      EXPECT_FALSE(words.because.in(language).empty()) << to_string(measure);
    }
  }
}

TEST(WordsOfValues, AreThereInBothLanguagesAndFitTheirColumn) {
  for (const Language language : languages) {
    for (std::size_t i = 0; i < word_count; ++i) {
      const auto text = words_of(static_cast<Word>(i)).in(language);
      EXPECT_FALSE(text.empty());
      EXPECT_LE(capture::columns(text), 12) << text;
    }
    for (std::size_t i = 0; i < verdict_count; ++i)
      EXPECT_FALSE(words_of(static_cast<Verdict>(i)).in(language).empty());
  }
}

TEST(Headings, FitTheColumnOfTheLabels) {
  for (std::size_t i = 0; i < measure_count; ++i)
    for (const Language language : languages)
      EXPECT_LE(capture::columns(heading_before(static_cast<Measure>(i)).in(language)), 32);
}

TEST(WordsOfClaims, AreFilledInBothLanguages) {
  const auto rows = receipt(test::clean_findings());
  for (const Claim claim : claims) {
    for (const Language language : languages) {
      EXPECT_FALSE(said(claim).in(language).empty());
      EXPECT_THAT(found(claim, rows, language), Not(HasSubstr("{")));
    }
  }
  EXPECT_THAT(found(Claim::reliability_for_speed, rows, Language::en), HasSubstr("TCP 41.0 ms, UDP 20.0 ms"));
  EXPECT_THAT(found(Claim::goes_on_after_a_cut, rows, Language::ko), HasSubstr("UDP는 3개"));
}

TEST(Difference, IsACountOrARatio) {
  const auto rows = receipt(test::clean_findings());
  EXPECT_EQ(difference(row_of(rows, Measure::packets), Language::en), "TCP 8 more");
  EXPECT_EQ(difference(row_of(rows, Measure::first_answer), Language::en), "TCP 2.0 times");
  EXPECT_EQ(difference(row_of(rows, Measure::rate_1), Language::en), "much the same");
  EXPECT_EQ(difference(row_of(rows, Measure::closed_port), Language::ko), "같음");
  EXPECT_EQ(difference(row_of(rows, Measure::dead_server), Language::en), "");
}

TEST(SpreadWords, GiveTheRangeAndMultiplesOfTheDelay) {
  const auto findings = test::clean_findings();
  const auto rows = receipt(findings);
  EXPECT_EQ(spread_words(row_of(rows, Measure::first_answer), findings.plan, Language::en),
            "3 runs: TCP 40.0 ms to 42.0 ms, median 41.0 ms (4.1 times the delay)");
  EXPECT_EQ(spread_words(row_of(rows, Measure::handshake_packets), findings.plan, Language::en), "");
}

TEST(TextReceipt, FitsTheTerminalInBothLanguages) {
  const auto findings = test::clean_findings();
  const auto rows = receipt(findings);
  for (const Language language : languages)
    for (const int columns : {40, 60, 80, 120})
      for (const std::string& line : lines_of(as_text(findings, rows, {.language = language, .columns = columns})))
        EXPECT_LE(capture::columns(line), columns) << line;
}

TEST(TextReceipt, PutsTheValuesOfEachProtocolUnderItsName) {
  const auto findings = test::clean_findings();
  const auto lines = lines_of(as_text(findings, receipt(findings), {.language = Language::ko}));
  const auto head = std::ranges::find_if(lines, [](auto& line) { return line.starts_with("보낸 것"); });
  ASSERT_NE(head, lines.end());
  const auto end_of = [](const std::string& line, std::string_view word) {
    return capture::columns(line.substr(0, line.find(word) + word.size()));
  };
  EXPECT_EQ(end_of(*head, "TCP"), end_of(*(head + 1), " 12"));
  EXPECT_EQ(end_of(*head, "UDP"), end_of(*(head + 1), " 4"));
}

TEST(TextReceipt, SaysWhyPacketsWereNotSeenAndNothingSteersTheTerminal) {
  auto findings = test::clean_findings();
  findings.blind = "no \x1b[31mright";
  EXPECT_THAT(as_text(findings, receipt(findings), {}), HasSubstr("no \\x1b[31mright"));
}

TEST(JsonReceipt, IsAnObjectALineWithAllThatTheContractNames) {
  const auto findings = test::clean_findings();
  std::map<std::string, json> rows;
  std::vector<std::string> kinds;
  for (const std::string& line : lines_of(as_json(findings, receipt(findings), Language::en))) {
    EXPECT_TRUE(line.starts_with(R"({"v":1,"kind":)")) << line;
    const json object = json::parse(line);
    kinds.push_back(object["kind"]);
    if (object["kind"] == "row") rows[object["measure"]] = object;
  }
  EXPECT_EQ(kinds.front(), "plan");
  EXPECT_EQ(kinds.back(), "summary");
  EXPECT_EQ(std::ranges::count(kinds, "claim"), 6);
  for (const char* measure : {"packets", "bytes", "overhead", "handshake_packets", "first_answer_rtts", "messages_sent",
                              "messages_answered", "messages_lost", "messages_doubled", "retransmissions"})
    EXPECT_TRUE(rows.contains(measure)) << measure;
  EXPECT_EQ(rows["packets"]["tcp"].dump(), "12");
  EXPECT_EQ(rows["packets"]["udp"].dump(), "4");
  EXPECT_EQ(rows["closed_port"]["tcp"], "refused");
  EXPECT_NEAR(rows["first_answer"]["tcp_delays"].get<double>(), 4.1, 1e-9);
}

TEST(JsonReceipt, WhatWasNotMeasuredIsNull) {
  auto findings = test::clean_findings();
  findings.sides.udp.cut.reset();
  EXPECT_THAT(as_json(findings, receipt(findings), Language::en),
              HasSubstr(R"("measure":"cut_wire","unit":"word","tcp":"goes_on","udp":null)"));
}

TEST(MarkdownReceipt, HasFiveCellsInEveryRow) {
  auto findings = test::clean_findings();
  findings.blind = "a|b *c*";
  for (const Language language : languages) {
    const auto page = as_markdown(findings, receipt(findings), language);
    EXPECT_THAT(page, HasSubstr("a\\|b \\*c\\*"));
    for (const std::string& line : lines_of(page)) {
      if (!line.starts_with("|")) continue;
      EXPECT_EQ(std::ranges::count(line, '|'), 6) << line;
    }
  }
}

}  // namespace
}  // namespace echolab::compare
